"""From a specification to SVG and PNG, at most once for the same specification, fonts and tools."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regional_index.figures import interactive, palette, png, svg, text
from regional_index.figures.interactive import interactive_spec
from regional_index.figures.model import Drawing, Figure
from regional_index.figures.png import pack_png
from regional_index.figures.svg import inline_svg, slim_marks, stand_alone_svg
from regional_index.files import cached, digest, list_files, read_bytes, recall
from regional_index.processes import work_through

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PNG_SCALE = 2
# A process starts in the time of some ten drawings.
WORTH_PROCESSES = 60
PNG = ".png"
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

    def draw_all(self) -> Iterator[tuple[str, Drawing]]:
        """Every figure by its id, as soon as it is drawn; many that are not in the cache are drawn on all cores."""
        figures = {name: make() for name, make in self._makers.items() if name not in self._drawn}
        orders = {name: _order(figure) for name, figure in figures.items()}
        missing = {name: order for name, order in orders.items() if not _is_drawn(order, self._cache_folder)}
        draw_into = partial(_draw_into, cache_folder=self._cache_folder)
        with closing(work_through(draw_into, [*missing.values()], WORTH_PROCESSES)) as drawing:
            for name in self:
                if name in missing:
                    next(drawing)
                if name in figures:
                    self._drawn[name] = _draw(figures[name], orders[name], self._cache_folder)
                yield name, self._drawn[name]

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
    return _draw(figure, _order(figure), cache_folder)


@dataclass(frozen=True)
class _Order:
    """What a drawing is made from, without the objects of its figure, so that another process can make it."""

    vega_lite: str
    id: str
    title: str
    description: str
    credit: str
    size: tuple[float, float]
    surroundings: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """All that the drawing depends on; its size follows from the specification."""
        return (self.vega_lite, self.id, self.title, self.description, self.credit, *self.surroundings)


def _order(figure: Figure) -> _Order:
    spec, vega_lite = _specify(figure)
    return _Order(
        vega_lite=vega_lite,
        id=figure.id,
        title=figure.title,
        description=figure.description,
        credit=figure.credit,
        size=(spec["width"], spec["height"]),
        surroundings=surroundings(),
    )


def _draw(figure: Figure, order: _Order, cache_folder: Path) -> Drawing:
    stand_alone, inline, picture = _draw_still(order, cache_folder)
    live = _draw_live(figure, order.vega_lite, cache_folder)
    return Drawing(figure=figure, svg=stand_alone, inline_svg=inline, png=picture, vega_lite=order.vega_lite, vega=live)


def _draw_still(order: _Order, cache_folder: Path) -> tuple[str, str, bytes]:
    """The two SVGs and the PNG, made unless the cache has them."""

    def make_both() -> bytes:
        return json.dumps(_make_svgs(order), ensure_ascii=False).encode()

    stand_alone, inline = json.loads(cached(cache_folder, order.key, ".svg.json", make_both))
    return stand_alone, inline, cached(cache_folder, order.key, PNG, lambda: _make_png(stand_alone))


def _draw_into(order: _Order, cache_folder: Path) -> None:
    """Draw in any process; what is drawn is in the cache."""
    _draw_still(order, cache_folder)


def _is_drawn(order: _Order, cache_folder: Path) -> bool:
    return recall(cache_folder, order.key, PNG) is not None


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


def _make_svgs(order: _Order) -> tuple[str, str]:
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(order.vega_lite)
    marks: list[Element] = slim_marks(drawn)
    named = (order.id, order.title, order.description)
    return stand_alone_svg(*named, order.credit, marks, order.size), inline_svg(*named, marks, order.size)


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
