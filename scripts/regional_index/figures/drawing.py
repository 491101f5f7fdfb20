"""Drawing of figures as SVG and for the browser, once for the same specification, fonts and tools."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from regional_index.cache import Cache, key_of
from regional_index.figures.interactive import Live, interactive_spec
from regional_index.figures.model import Drawing, Figure
from regional_index.figures.svg import inline_svg, slim_marks, stand_alone_svg
from regional_index.files import digest, list_files, read_bytes
from regional_index.processes import Run

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CHARTS, SPECIFICATIONS = "charts", "specifications"
# A process starts in the time of some ten drawings.
WORTH_PROCESSES = 60
# As in has_fonts of scripts/ensure_system.sh; letters in any case.
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_NAMES = ("notosanscjk", "notosanssc")
STAND_ALONE, INLINE, VEGA = "chart.svg", "inline.svg", "chart.vg.json"


class Drawings(Mapping[str, Drawing]):
    """Figures by id, each made and drawn when it is first asked for.

    Args:
        makers: What makes each figure.
        cache: Holds finished drawings.
    """

    def __init__(self, makers: Mapping[str, Callable[[], Figure]], cache: Cache) -> None:
        self._makers = makers
        self._cache = cache
        self._figures: dict[str, Figure] = {}

    def figure(self, name: str) -> Figure:
        """A figure, not drawn."""
        if name not in self._figures:
            self._figures[name] = self._makers[name]()
        return self._figures[name]

    def __getitem__(self, name: str) -> Drawing:
        return draw(self.figure(name), self._cache)

    def draw_all(self, run: Run = map) -> Iterator[tuple[str, Drawing]]:
        """Every figure by its id, as soon as it is drawn.

        Args:
            run: Draws what is not in the cache, if that is much; from now on, whenever the drawings are asked for.
        """
        orders = {name: _order(self.figure(name)) for name in self}
        missing = {name: order for name, order in orders.items() if self._cache.find(CHARTS, order.key) is None}
        draw_into = partial(_draw_into, folder=self._cache.folder)
        drawing = (run if len(missing) >= WORTH_PROCESSES else map)(draw_into, missing.values())
        return self._drawn(orders, missing, drawing)

    def _drawn(
        self, orders: Mapping[str, "_Order"], missing: Collection[str], drawing: Iterator[None]
    ) -> Iterator[tuple[str, Drawing]]:
        for name, order in orders.items():
            if name in missing:
                next(drawing)
            yield name, _draw(self.figure(name), order, self._cache)

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __contains__(self, name: object) -> bool:
        return name in self._makers


def draw(figure: Figure, cache: Cache) -> Drawing:
    """Draw a figure, or take what was drawn before from the cache."""
    return _draw(figure, _order(figure), cache)


@dataclass(frozen=True)
class _Order:
    """Input of a drawing, without the objects of its figure, so that another process can make it."""

    vega_lite: str
    id: str
    credit: str
    size: tuple[float, float]
    live: Live

    @property
    def key(self) -> str:
        """All that the drawing depends on."""
        return key_of(__name__, asdict(self), font_digest())


def _order(figure: Figure) -> _Order:
    spec = figure.chart.to_dict(validate=False)
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    live = Live(figure.title, figure.description, figure.status, dict(figure.variants))
    return _Order(text, figure.id, figure.credit, (spec["width"], spec["height"]), live)


def _draw(figure: Figure, order: _Order, cache: Cache) -> Drawing:
    files = cache.get(CHARTS, order.key, partial(_make, order))
    return Drawing(
        figure=figure,
        svg=files[STAND_ALONE].decode(),
        inline_svg=files[INLINE].decode(),
        vega_lite=order.vega_lite,
        vega=files[VEGA].decode(),
    )


def _draw_into(order: _Order, folder: Path) -> None:
    """Draw in any process; what is drawn is in the cache."""
    Cache(folder).get(CHARTS, order.key, partial(_make, order))


def _make(order: _Order) -> dict[str, bytes]:
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(order.vega_lite)
    marks: list[Element] = slim_marks(drawn)
    named = (order.id, order.live.title, order.live.description)
    return {
        STAND_ALONE: stand_alone_svg(*named, order.credit, marks, order.size).encode(),
        INLINE: inline_svg(*named, marks, order.size).encode(),
        VEGA: interactive_spec(order.vega_lite, order.live).encode(),
    }


def draw_interactive(figure: Figure, cache: Cache) -> str:
    """Only what a browser draws, for a figure that takes the place of another; see `interactive_spec`."""
    order = _order(figure)
    key = key_of(interactive_spec.__module__, order.vega_lite, asdict(order.live))
    return cache.get(SPECIFICATIONS, key, lambda: {VEGA: interactive_spec(order.vega_lite, order.live).encode()})[
        VEGA
    ].decode()


@lru_cache(maxsize=1)
def font_digest() -> str:
    """A hash of the fonts that text is measured and drawn with, as far as they can be found."""
    folders = [folder for folder in (Path(name).expanduser() for name in FONT_FOLDERS) if folder.is_dir()]
    files = [path for folder in folders for path in list_files(folder)]
    return digest([read_bytes(path) for path in files if path.name.lower().startswith(FONT_NAMES)])
