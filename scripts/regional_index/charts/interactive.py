"""Specifications of Vega-Lite that a reader's browser draws when a chart is touched.

It is compiled beforehand, so that the browser needs no Vega-Lite; its colours are the page's own variables, so that it
follows the scheme of the page; and every mark of a region dims when another region is highlighted.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regional_index.charts.palette import PALETTE, colour, variable

# A datum's field that names its region, and the signal that holds the name of the one to stand out.
REGION, HIGHLIGHT = "region", "highlight"
DIMMED = 0.3


@dataclass(frozen=True)
class Live:
    """Texts of a page about a chart that a browser draws; see `Figure` for each."""

    title: str
    description: str
    status: str
    variants: Mapping[str, str]


def interactive_spec(vega_lite: str, live: Live) -> str:
    """The Vega specification of a chart as JSON.

    Its `usermeta` holds what the page shows next to it: `title`, `description`, `status`, and the names of the regions
    that can be highlighted, in the order of the data.
    """
    import vl_convert

    spec = _name_colours(vl_convert.vegalite_to_vega(vega_lite))
    regions = list(
        dict.fromkeys(row[REGION] for data in spec["data"] for row in data.get("values", ()) if REGION in row)
    )
    if regions:
        spec.setdefault("signals", []).append({"name": HIGHLIGHT, "value": ""})
        _dim_others(spec["marks"])
        _dim_other_names(spec)
    spec["usermeta"] = {
        "title": live.title,
        "description": live.description,
        "status": live.status,
        "regions": regions,
        "variants": [{"id": name, "label": label} for name, label in live.variants.items()],
    }
    return json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _dim_others(marks: list[dict[str, Any]]) -> None:
    """Give every mark that has a datum a lower opacity while another region is highlighted."""
    for mark in marks:
        _dim_others(mark.get("marks", []))
        if mark["type"] == "group":
            continue
        update = mark["encode"].setdefault("update", {})
        usual = update.get("opacity", {"value": 1})
        test = f"{HIGHLIGHT} && isDefined(datum.{REGION}) && datum.{REGION} !== {HIGHLIGHT}"
        update["opacity"] = [{"test": test, "value": DIMMED}, *(usual if isinstance(usual, list) else [usual])]


def _dim_other_names(spec: dict[str, Any]) -> None:
    """The same for the names of regions on an axis."""
    field = json.dumps({"field": REGION})[1:-1]
    of_regions = {scale["name"] for scale in spec["scales"] if field in json.dumps(scale["domain"])}
    for axis in spec.get("axes", ()):
        if axis["scale"] in of_regions:
            update = axis.setdefault("encode", {}).setdefault("labels", {}).setdefault("update", {})
            test = f"{HIGHLIGHT} && datum.value !== {HIGHLIGHT}"
            update["opacity"] = [{"test": test, "value": DIMMED}, {"value": 1}]


def _name_colours(part: Any) -> Any:
    """Replace every colour of the palette by the variable of its token."""
    if isinstance(part, dict):
        return {key: _name_colours(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_name_colours(value) for value in part]
    return _VARIABLES.get(part.lower(), part) if isinstance(part, str) and part.startswith("#") else part


_VARIABLES = {colour(token): variable(token) for token in PALETTE}
