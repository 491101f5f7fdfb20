"""One canvas of fixed size in pixels. Every kind of chart draws its marks on it; Altair makes the spec.

The plot fills the canvas and scales have ranges in pixels, so nothing is measured or moved when it is drawn.
Altair's schema classes are used directly, data are there once by name, and what need not be converted again is
`_Ready`: together that takes Altair from 100 ms a chart to 5.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar

import altair as alt
from altair.utils.schemapi import SchemaBase

from regional_index.figures.palette import colour
from regional_index.figures.scale import At, Scale
from regional_index.figures.text import FONT, SIZE

WIDTH = 340
Row = Mapping[str, Any]

_CHANNELS = {"x": alt.X, "y": alt.Y, "x2": alt.X2, "y2": alt.Y2}
_VALUES = {"x": alt.XValue, "y": alt.YValue, "x2": alt.X2Value, "y2": alt.Y2Value}
_DEFAULTS: dict[str, dict[str, Any]] = {
    "text": {"fill": "ink"},
    "point": {"opacity": 1},
    "tick": {"opacity": 1},
}
_STYLES = {"fill": alt.Fill, "stroke": alt.Stroke}


class _Ready(SchemaBase):
    """A part of a spec that is plain already and need not be converted value by value."""

    _schema: ClassVar[dict[str, Any]] = {}

    def __init__(self, content: Any) -> None:
        object.__setattr__(self, "_args", ())
        object.__setattr__(self, "_kwds", {})
        object.__setattr__(self, "_content", content)

    def to_dict(self, *_: Any, **__: Any) -> Any:
        return self._content


class Canvas:
    """Collects marks from back to front."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._datasets: dict[str, Sequence[Row]] = {}
        self._names: dict[int, str] = {}
        self._layers: list[alt.UnitSpec] = []

    def add(
        self,
        mark: str,
        rows: Sequence[Row] | None = None,
        *,
        text: str = "",
        line_of: str = "",
        tips: Mapping[str, str] | None = None,
        **style: Any,
    ) -> None:
        """Add a layer of marks.

        Args:
            mark: `bar`, `rect`, `rule`, `line`, `point`, `tick` or `text`.
            rows: The data; left out for a single mark at given pixels.
            text: Field to write, or the text itself when there are no rows.
            line_of: Field that says which line a row belongs to.
            tips: Title by field of what the downloaded specification says about a mark when it is pointed at.
            style: Places `x, y, x2, y2` (number or `At`); `fill` and `stroke` as token, or as `@field` of
                the data that holds colours; anything else is a property of the mark.
        """
        style = _DEFAULTS.get(mark, {}) | style
        style["filled"] = "fill" in style
        channels = _places(style) | _colours(style)
        if text and rows is None:
            style["text"] = text
        elif text:
            channels["text"] = alt.Text(field=text, type="nominal")
        if line_of:
            channels["detail"] = alt.Detail(field=line_of, type="nominal")
        if tips:
            channels["tooltip"] = [alt.Tooltip(field=f, type="nominal", title=title) for f, title in tips.items()]
        self._layers.append(
            alt.UnitSpec(
                data=alt.NamedData(name=self._store([{}] if rows is None else rows)),
                mark=alt.MarkDef(**{"type": mark, **style}),
                encoding=alt.Encoding(**channels),
            )
        )

    def chart(self) -> alt.TopLevelLayerSpec:
        """The specification of all marks added."""
        schema: dict[str, Any] = {"$schema": alt.SCHEMA_URL}
        return alt.TopLevelLayerSpec(
            layer=self._layers,
            datasets=_Ready(self._datasets),
            width=self.width,
            height=self.height,
            padding=0,
            autosize="none",
            background="transparent",
            config=_config(),
            **schema,
        )

    def _store(self, rows: Sequence[Row]) -> str:
        name = self._names.setdefault(id(rows), f"d{len(self._names)}")
        self._datasets[name] = rows
        return name


def _places(style: dict[str, Any]) -> dict[str, Any]:
    found = {name: style.pop(name) for name in ("x", "y", "x2", "y2") if style.get(name) is not None}
    return {name: _place(name, place) for name, place in found.items()}


def _place(name: str, place: At | float) -> Any:
    if not isinstance(place, At):
        return _VALUES[name](place)
    if name in ("x2", "y2"):
        return _CHANNELS[name](field=place.field)
    more: dict[str, Any] = {"type": "quantitative", "stack": None}
    if place.scale.kind == "band":
        more = {"type": "nominal", "sort": None}
    return _CHANNELS[name](field=place.field, scale=_scale(place.scale), axis=None, **more)


@lru_cache(maxsize=512)
def _scale(scale: Scale) -> _Ready:
    ends: dict[str, Any] = {"domain": list(scale.domain), "range": list(scale.range)}
    if scale.kind == "band":
        made = alt.Scale(**ends, paddingInner=scale.gap, paddingOuter=scale.gap / 2)
    else:
        made = alt.Scale(**ends, type=scale.kind, nice=False, zero=False)  # type: ignore[arg-type]
    return _Ready(made.to_dict(validate=False))


def _colours(style: dict[str, Any]) -> dict[str, Any]:
    channels = {}
    for name, channel in _STYLES.items():
        token = style.pop(name, None)
        if token and token.startswith("@"):
            channels[name] = channel(field=token[1:], type="nominal", scale=None, legend=None)
        elif token:
            style[name] = colour(token)
    return channels


@lru_cache(maxsize=1)
def _config() -> _Ready:
    config = alt.Config(
        aria=False,
        font=FONT,
        view=alt.ViewConfig(stroke=None),
        text=alt.MarkConfig(fontSize=SIZE, fill=colour("ink"), baseline="middle"),
    )
    return _Ready(config.to_dict(validate=False))
