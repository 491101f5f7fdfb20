"""Drawing of figures as SVG and for the browser, once for the same specification and tools."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from regional_index.cache import Cache, key_of
from regional_index.charts.figure import HALF, WIDE, Drawing, Figure
from regional_index.charts.interactive import Live, interactive_spec
from regional_index.charts.metrics import FONT, MEASURED, break_lines, register_metrics
from regional_index.charts.svg import TITLE_SIZE, Picture, inline_svg, stand_alone_svg
from regional_index.charts.theme import NAME_ROOM, NAME_SHARE
from regional_index.processes import Run

CHARTS, SPECIFICATIONS = "charts", "specifications"
# A process starts in the time of some thirty drawings.
WORTH_PROCESSES = 30
STAND_ALONE, INLINE, VEGA, HEIGHT = "chart.svg", "inline-{}.svg", "chart.vg.json", "height"


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

    def only(self, names: Collection[str]) -> "Drawings":
        """Some of the figures; those made already are not made again."""
        chosen = Drawings({name: make for name, make in self._makers.items() if name in names}, self._cache)
        chosen._figures = self._figures
        return chosen

    def __getitem__(self, name: str) -> Drawing:
        return draw(self.figure(name), self._cache)

    def draw_all(self, run: Run = map) -> Iterator[tuple[str, Drawing]]:
        """Every figure by its id, as soon as it is drawn.

        Args:
            run: Draws what is not in the cache, if that is much; from now on, whenever the drawings are asked for.
        """
        orders: dict[str, _Order] = {}
        missing: set[str] = set()

        def undrawn() -> Iterator[_Order]:
            for name in self:
                orders[name] = order = _order(self.figure(name))
                if self._cache.find(CHARTS, order.key) is None:
                    missing.add(name)
                    yield order

        # Drawing begins while figures are still being made.
        waiting = undrawn()
        first = list(islice(waiting, WORTH_PROCESSES))
        draw_into = partial(_draw_into, folder=self._cache.folder)
        if len(first) == WORTH_PROCESSES and run is not map:
            return self._drawn(orders, missing, run(draw_into, chain(first, waiting)))
        return self._drawn(orders, missing, map(draw_into, [*first, *waiting]))

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


def draw_interactive(figure: Figure, cache: Cache) -> str:
    """Only what a browser draws, for a figure that takes the place of another; see `interactive_spec`."""
    order = _order(figure)
    key = key_of(interactive_spec.__module__, order.vega_lite, asdict(order.live))
    return cache.get(SPECIFICATIONS, key, lambda: {VEGA: order.interactive().encode()})[VEGA].decode()


def raw_svg(figure: Figure, width: int, cache: Cache) -> str:
    """What Vega draws at a width, before it is made smaller for a page."""
    return _order(figure).draw(width, cache)


@dataclass(frozen=True)
class _Order:
    """Input of a drawing, without the objects of its figure, so that another process can make it."""

    vega_lite: str
    id: str
    credit: str
    live: Live

    @property
    def key(self) -> str:
        """All that the drawing depends on."""
        return key_of(__name__, asdict(self))

    def at(self, width: int, font: str = FONT) -> dict[str, Any]:
        """The specification without its title, for a width."""
        spec = json.loads(self.vega_lite)
        del spec["title"]
        spec["width"] = width
        room = next(parameter for parameter in spec["params"] if parameter["name"] == NAME_ROOM)
        room["value"] = round(width * NAME_SHARE)
        spec["config"]["font"] = font
        return spec

    def draw(self, width: int, cache: Cache) -> str:
        """What Vega draws at a width."""
        import vl_convert

        register_metrics(cache)
        return vl_convert.vegalite_to_svg(self.at(width, MEASURED))

    def interactive(self) -> str:
        """What a browser draws."""
        return interactive_spec(json.dumps(self.at(WIDE)), self.live)


def _order(figure: Figure) -> _Order:
    spec = figure.chart.to_dict(validate=False)
    spec["title"] = break_lines(figure.title, WIDE, TITLE_SIZE)
    spec["description"] = figure.description
    spec["usermeta"] = {"credit": figure.credit}
    spec["params"] = [*spec.get("params", []), {"name": NAME_ROOM, "value": round(WIDE * NAME_SHARE)}]
    spec["width"] = WIDE
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    live = Live(figure.title, figure.description, figure.status, dict(figure.variants))
    return _Order(text, figure.id, figure.credit, live)


def _draw(figure: Figure, order: _Order, cache: Cache) -> Drawing:
    files = cache.get(CHARTS, order.key, partial(_make, order, cache))
    return Drawing(
        figure=figure,
        svg=files[STAND_ALONE].decode(),
        inline={width: files[INLINE.format(width)].decode() for width in (WIDE, HALF)},
        height=float(files[HEIGHT]),
        vega_lite=order.vega_lite,
        vega=files[VEGA].decode(),
    )


def _draw_into(order: _Order, folder: Path) -> None:
    """Draw in any process; what is drawn is in the cache."""
    cache = Cache(folder)
    cache.get(CHARTS, order.key, partial(_make, order, cache))


def _make(order: _Order, cache: Cache) -> dict[str, bytes]:
    pictures = {width: Picture(order.draw(width, cache)) for width in (WIDE, HALF)}
    said = (order.live.title, order.live.description)
    return {
        STAND_ALONE: stand_alone_svg(order.id, *said, order.credit, pictures[WIDE]).encode(),
        **{
            INLINE.format(width): inline_svg(f"{order.id}-{width}", *said, picture).encode()
            for width, picture in pictures.items()
        },
        HEIGHT: f"{max(picture.height for picture in pictures.values()):g}".encode(),
        VEGA: order.interactive().encode(),
    }
