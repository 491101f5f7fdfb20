"""One canvas of fixed size in pixels. Every kind of chart draws its marks on it; Altair makes the specification.

The plot fills the canvas and scales have ranges in pixels, so nothing is measured or moved when it is drawn.
Data stand once by name, channels are given as classes: both keep Altair at about 10 ms a chart instead of 100.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt

from regional_index.figures.palette import colour
from regional_index.figures.text import FONT, SIZE

WIDTH = 340
Row = Mapping[str, Any]

_CHANNELS = {"x": alt.X, "y": alt.Y, "x2": alt.X2, "y2": alt.Y2}
_VALUES = {"x": alt.XValue, "y": alt.YValue, "x2": alt.X2Value, "y2": alt.Y2Value}
_STYLES = {"fill": alt.Fill, "stroke": alt.Stroke}


class At(NamedTuple):
    """A place read from a field of the data on a scale; a bare number is a place in pixels."""

    field: str
    scale: alt.Scale


class Canvas:
    """Collects marks from back to front."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._datasets: dict[str, list[Row]] = {}
        self._names: dict[int, str] = {}
        self._layers: list[alt.Chart] = []

    def add(
        self,
        mark: str,
        rows: list[Row] | None = None,
        *,
        text: str = "",
        line_of: str = "",
        tips: Mapping[str, str] | None = None,
        **style: Any,
    ) -> None:
        """Add a layer of marks.

        Args:
            mark: `bar`, `rect`, `rule`, `line`, `point`, `tick` or `text`.
            rows: The data; left out for a single mark that stands at given pixels.
            text: Field to write, or the text itself when there are no rows.
            line_of: Field that says which line a row belongs to.
            tips: Title by field of what the interactive chart says about a mark.
            style: Places `x, y, x2, y2` (number or `At`); `fill` and `stroke` as token, or `@field` that holds
                colours; anything else is a property of the mark.
        """
        single = rows is None
        if mark == "text":
            style.setdefault("fill", "ink")
        if mark in ("point", "tick"):
            style.setdefault("opacity", 1)
        style["filled"] = "fill" in style
        channels = _places(style) | _colours(style)
        if mark == "text":
            style["text" if single else "_"] = text
            channels |= {} if single else {"text": alt.Text(field=text, type="nominal")}
        if line_of:
            channels["detail"] = alt.Detail(field=line_of, type="nominal")
        if tips:
            channels["tooltip"] = [alt.Tooltip(field=f, type="nominal", title=title) for f, title in tips.items()]
        style.pop("_", None)
        self._layers.append(
            alt.Chart(
                alt.NamedData(name=self._store([{}] if rows is None else rows)),
                mark=alt.MarkDef(type=mark, **style),
                encoding=alt.FacetedEncoding(**channels),
            )
        )

    def chart(self) -> alt.LayerChart:
        """The specification of all marks added."""
        return alt.LayerChart(
            layer=self._layers,
            datasets=self._datasets,
            width=self.width,
            height=self.height,
            padding=0,
            autosize="none",
            background="transparent",
            config=_config(),
        )

    def _store(self, rows: list[Row]) -> str:
        name = self._names.setdefault(id(rows), f"d{len(self._names)}")
        self._datasets[name] = rows
        return name


def linear(low: float, high: float, start: float, stop: float, kind: str = "linear") -> alt.Scale:
    """A scale from values to pixels; `kind` may be `sqrt` or `log`."""
    return alt.Scale(type=kind, domain=[low, high], range=[start, stop], nice=False, zero=False)  # type: ignore[arg-type]


def bands(names: Sequence[str], start: float, stop: float, gap: float = 0.3) -> alt.Scale:
    """A scale of equal bands, one for each name in this order."""
    return alt.Scale(domain=list(names), range=[start, stop], paddingInner=gap, paddingOuter=gap / 2)


def _places(style: dict[str, Any]) -> dict[str, Any]:
    found = {name: style.pop(name) for name in ("x", "y", "x2", "y2") if style.get(name) is not None}
    return {name: _place(name, place) for name, place in found.items()}


def _place(name: str, place: "At | float") -> Any:
    if not isinstance(place, At):
        return _VALUES[name](place)
    if name in ("x2", "y2"):
        return _CHANNELS[name](field=place.field)
    kind = "quantitative" if hasattr(place.scale, "type") and place.scale.type is not alt.Undefined else "nominal"
    more = {"sort": None} if kind == "nominal" else {"stack": None}
    return _CHANNELS[name](field=place.field, type=kind, scale=place.scale, axis=None, **more)


def _colours(style: dict[str, Any]) -> dict[str, Any]:
    channels = {}
    for name, channel in _STYLES.items():
        token = style.pop(name, None)
        if token and token.startswith("@"):
            channels[name] = channel(field=token[1:], type="nominal", scale=None, legend=None)
        elif token:
            style[name] = colour(token)
    return channels


def _config() -> alt.Config:
    return alt.Config(
        aria=False,
        font=FONT,
        view=alt.ViewConfig(stroke=None),
        text=alt.MarkConfig(fontSize=SIZE, fill=colour("ink"), baseline="middle"),
    )
