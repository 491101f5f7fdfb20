"""From a specification to SVG and PNG, at most once for the same specification, fonts and tools."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regional_index.figures import interactive, palette, png, svg, text
from regional_index.figures.interactive import interactive_spec
from regional_index.figures.model import Drawing, Figure
from regional_index.figures.png import pack_png
from regional_index.figures.svg import inline_svg, slim_marks, stand_alone_svg
from regional_index.files import cached, digest, list_files, read_bytes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PNG_SCALE = 2
# As in has_fonts of scripts/ensure_system.sh; letters in any case.
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_NAMES = ("notosanscjk", "notosanssc")


class Drawings(Mapping[str, Drawing]):
    """Figures by id, each made and drawn when it is first asked for.

    Args:
        makers: What makes each figure.
        cache_folder: Where drawings are kept.
    """

    def __init__(self, makers: Mapping[str, Callable[[], Figure]], cache_folder: Path) -> None:
        self._makers = makers
        self._cache_folder = cache_folder
        self._drawn: dict[str, Drawing] = {}

    def __getitem__(self, name: str) -> Drawing:
        if name not in self._drawn:
            self._drawn[name] = draw(self._makers[name](), self._cache_folder)
        return self._drawn[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __contains__(self, name: object) -> bool:
        return name in self._makers


def draw(figure: Figure, cache_folder: Path) -> Drawing:
    """Draw a figure, or take what was drawn before from the cache.

    Args:
        figure: What to draw.
        cache_folder: Where drawings are kept, one file for each result.
    """
    spec, vega_lite = _specify(figure)
    key = [vega_lite, figure.id, figure.title, figure.description, figure.credit, *surroundings()]
    size = (spec["width"], spec["height"])

    def make_both() -> bytes:
        return json.dumps(_make_svgs(figure, vega_lite, size), ensure_ascii=False).encode()

    stand_alone, inline = json.loads(cached(cache_folder, key, ".svg.json", make_both))
    picture = cached(cache_folder, key, ".png", lambda: _make_png(stand_alone))
    live = _draw_live(figure, vega_lite, cache_folder)
    return Drawing(figure=figure, svg=stand_alone, inline_svg=inline, png=picture, vega_lite=vega_lite, vega=live)


def draw_interactive(figure: Figure, cache_folder: Path) -> str:
    """Only what a browser draws, for a figure that takes the place of another; see `interactive_spec`."""
    return _draw_live(figure, _specify(figure)[1], cache_folder)


def _specify(figure: Figure) -> tuple[dict[str, Any], str]:
    """The specification, and the same as JSON."""
    spec = figure.chart.to_dict(validate=False)
    return spec, json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _draw_live(figure: Figure, vega_lite: str, cache_folder: Path) -> str:
    said = json.dumps([figure.title, figure.description, figure.status, *figure.variants.items()], ensure_ascii=False)
    key = [vega_lite, said, *surroundings()]
    return cached(cache_folder, key, ".vg.json", lambda: interactive_spec(vega_lite, figure).encode()).decode()


def _make_svgs(figure: Figure, vega_lite: str, size: tuple[float, float]) -> tuple[str, str]:
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(vega_lite)
    marks: list[Element] = slim_marks(drawn)
    named = (figure.id, figure.title, figure.description)
    return stand_alone_svg(*named, figure.credit, marks, size), inline_svg(*named, marks, size)


def _make_png(svg: str) -> bytes:
    import vl_convert

    return pack_png(vl_convert.svg_to_png(svg, scale=PNG_SCALE))


@lru_cache(maxsize=1)
def surroundings() -> tuple[str, ...]:
    """Whatever else the bytes of a drawing depend on: tools, fonts, and how we finish what the tools draw."""
    tools = [f"{name} {version(name)}" for name in ("altair", "vl-convert-python")]
    own = digest(read_bytes(Path(str(module.__file__))) for module in (svg, png, palette, text, interactive))
    return (*tools, _font_digest(), own, f"png x {PNG_SCALE}")


def _font_digest() -> str:
    """A hash of the fonts that text is measured and drawn with, as far as they can be found."""
    folders = [folder for folder in (Path(name).expanduser() for name in FONT_FOLDERS) if folder.is_dir()]
    files = [path for folder in folders for path in list_files(folder)]
    return digest([read_bytes(path) for path in files if path.name.lower().startswith(FONT_NAMES)])
