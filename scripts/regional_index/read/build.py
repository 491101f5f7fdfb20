"""The frozen objects of the framework, built from checked documents and tables.

Works on what has passed its schema, though perhaps not yet the checks across files, for those need the
objects too.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from regional_index.framework import (
    Claim,
    ContextFigure,
    ControlTotal,
    Correction,
    Decision,
    Denominator,
    Divided,
    Edition,
    Expectation,
    Framework,
    Gap,
    Group,
    Indicator,
    Lens,
    Method,
    Node,
    Place,
    Region,
    Regions,
    Revision,
    Robustness,
    Rule,
    Source,
    Trend,
)
from regional_index.method.rules import make_rule
from regional_index.read.edition_names import fill_edition_name
from regional_index.read.references import find_region
from regional_index.read.rules import OF_INDICATORS, as_levels
from regional_index.read.yaml_files import Document

_CLAIM_FIELDS = ("id", "index", "kind", "place", "value", "regions", "note")


def build_regions(cells: pd.DataFrame, groups: tuple[str, ...]) -> Regions:
    """The regions of the table; what is not a number or yes or no is replaced by a default until it is corrected."""
    return Regions([_region(row, groups) for row in cells.to_dict("records")])


def _region(row: Mapping[Any, str], groups: tuple[str, ...]) -> Region:
    row = {column: cell.strip() for column, cell in row.items()}
    return Region(
        code=row["code"],
        iso=row.get("iso") or row["code"],
        name=row["name"],
        full_name=row.get("full_name") or row["name"],
        name_en=row.get("name_en") or row["name"],
        slug=row["slug"],
        groups={group: row[group] for group in groups if row.get(group)},
        evaluated=row["evaluated"].casefold() != "no",
        tile=(_whole(row["tile_column"]), _whole(row["tile_row"])) if row.get("tile_column") else None,
        aliases=tuple(alias.strip() for alias in row["aliases"].split("|") if alias.strip()),
        short=row.get("label", ""),
    )


def build_framework(data: Mapping[str, Any], regions: Regions | None) -> Framework:
    """The framework; names of regions become codes, unknown ones are left out."""
    published = data["series"].get("published", {"edition": "", "year": 0})
    names = published.get("name", {})
    data = fill_edition_name(data, next(iter(names.values()), published["edition"]))
    indicators = data["indicators"]
    lenses = tuple(_lens(lens) for lens in data.get("lenses", ()))
    return Framework(
        lenses=lenses,
        lens=lenses[0].code if lenses else "",
        title=data["title"],
        language=data["language"],
        edition=published["edition"],
        edition_names=names,
        edition_year=int(published["year"]),
        years=tuple(sorted(int(year) for year in data["series"]["open"]["years"])),
        method=_method(data["method"], regions),
        groups=tuple(Group(group["code"], group["name"], tuple(group["order"])) for group in data["groups"]),
        bands=tuple(float(band) for band in data["bands"]),
        indices=tuple(_node(node) for node in data["indices"]),
        indicators={indicator["code"]: _indicator(indicator, regions) for indicator in indicators},
        robustness=_robustness(data["robustness"], regions) if "robustness" in data else None,
        expectation=_expectation(data["expectation"]) if "expectation" in data else None,
    )


def _method(data: Mapping[str, Any], regions: Regions | None) -> Method:
    single: dict[str, Any] = {
        step: _rule(step, data[step], regions) for step in ("screen", "impute", "treat", "normalise") if step in data
    }
    shares = tuple(float(share) for share in as_levels(data["minimum_weight_share"]))
    by_level: dict[str, Any] = {
        step: _rules(step, data[step], regions) for step in ("weight", "aggregate") if step in data
    }
    return Method(**single, **by_level, minimum_weight_share=shares)


def _robustness(data: Mapping[str, Any], regions: Regions | None) -> Robustness:
    vary = data["vary"]
    chosen: dict[str, Any] = {key: data[key] for key in ("base", "range_width") if key in data}
    chosen |= {step: tuple(_rule(step, given, regions) for given in vary.get(step, ())) for step in OF_INDICATORS}
    return Robustness(
        draws=data["draws"],
        seed=data["seed"],
        noise=float(vary["weights"]["noise"]) if "weights" in vary else 0.0,
        noise_levels=tuple(sorted(vary["weights"]["levels"])) if "weights" in vary else (),
        aggregate=tuple(_rules("aggregate", given, regions) for given in vary.get("aggregate", ())),
        leave_out=vary.get("leave_out", False),
        incomplete=vary.get("incomplete", False),
        tiers=tuple(data.get("tiers", ())),
        **chosen,
    )


def _rules(step: str, given: Any, regions: Regions | None) -> tuple[Rule, ...]:
    return tuple(_rule(step, rule, regions) for rule in as_levels(given))


def _rule(step: str, given: Any, regions: Regions | None) -> Rule:
    """A rule; a region that it names becomes its code."""
    rule = make_rule(step, given)
    name = rule.options.get("region")
    return Rule(rule.name, {**rule.options, "region": "".join(_codes([name], regions))}) if name else rule


def _node(data: Mapping[str, Any]) -> Node:
    return Node(
        code=data["code"],
        name=data["name"],
        short=data["short"],
        definition=data["definition"],
        weight=float(data.get("weight", 1)),
        aliases=tuple(data.get("aliases", ())),
        children=tuple(_node(child) for child in data.get("children", ())),
        indicators={code: float(weight) for code, weight in data.get("indicators", {}).items()},
        not_computed=data.get("not_computed", ""),
    )


def _indicator(data: Mapping[str, Any], regions: Regions | None) -> Indicator:
    per = dict(data.get("per", {}))
    fields = {"file": per.pop("file", data["code"]), **data}
    fields["per"] = Denominator(**{**per, "scale": float(per["scale"])}) if per else None
    fields |= {name: tuple(sorted(int(year) for year in data.get(name, ()))) for name in ("years", "calculated")}
    fields["breaks"] = {int(each["year"]): each["note"] for each in data.get("breaks", ())}
    fields["aliases"] = tuple(data.get("aliases", ()))
    fields |= {step: _rule(step, data[step], regions) for step in OF_INDICATORS if step in data}
    fields["not_published"] = tuple(_gap(entry, regions) for entry in data.get("not_published", ()))
    return Indicator(**fields)


def _lens(data: Mapping[str, Any]) -> Lens:
    divided = {
        code: Divided(Denominator(how["per"], float(how["scale"])), how["unit"], how["decimals"])
        for code, how in data.get("indicators", {}).items()
    }
    return Lens(data["code"], data["name"], data["definition"], divided)


def _expectation(data: Mapping[str, Any]) -> Expectation:
    return Expectation(data["peers"], tuple(data["by"]))


def _gap(entry: str | Mapping[str, Any], regions: Regions | None) -> Gap:
    name, years = (entry, ()) if isinstance(entry, str) else (entry["region"], entry["years"])
    return Gap("".join(_codes([name], regions)), tuple(sorted(years)))


def build_sources(data: Mapping[str, Any]) -> tuple[dict[str, Source], tuple[ControlTotal, ...]]:
    """The sources by id, and the control totals."""
    totals = (
        ControlTotal(**{**total, "total": float(total["total"]), "tolerance": float(total["tolerance"])})
        for total in data.get("control_totals", ())
    )
    return {source["id"]: Source(**source) for source in data["sources"]}, tuple(totals)


def build_corrections(data: Mapping[str, Any], regions: Regions) -> tuple[Correction, ...]:
    """The corrections, with the code of the region; empty where the name is unknown."""
    return tuple(
        Correction(**{**entry, "region": _code(entry["region"], regions), "value": float(entry["value"])})
        for entry in data["corrections"]
    )


def build_revisions(data: Mapping[str, Any], regions: Regions) -> tuple[Revision, ...]:
    """The revisions, with the code of the region; empty where the name is unknown."""
    numbers = ("old", "new")
    return tuple(
        Revision(
            **{
                **entry,
                "region": _code(entry["region"], regions),
                **{name: float(entry[name]) for name in numbers if name in entry},
            }
        )
        for entry in data["revisions"]
    )


def build_edition(document: Document, regions: Regions) -> Edition:
    """The published edition, its regions as codes; `details` has every field that `Claim` itself has not."""
    data = document.data
    return Edition(
        edition=data["edition"],
        data_year=int(data["data_year"]),
        source=data["source"],
        places={place["id"]: Place(**place) for place in data["places"]},
        claims={claim["id"]: _claim(claim, regions) for claim in data["claims"]},
        context={
            figure["id"]: ContextFigure(**{**figure, "regions": _codes(figure.get("regions", ()), regions)})
            for figure in data["context"]
        },
        trends={
            trend["id"]: Trend(trend["id"], trend["place"], trend["from"], trend["to"], tuple(trend["context"]))
            for trend in data["trends"]
        },
        score_range=build_score_range(data),
        set_aside={decision["claim"]: Decision(**decision) for decision in data.get("set_aside", ())},
        file=document.file,
    )


def build_score_range(edition: Mapping[str, Any]) -> tuple[float, float]:
    """Least and greatest score that an edition can have, as it says itself or by default."""
    ends = edition.get("score_range")
    return (float(ends["lower"]), float(ends["upper"])) if ends else Edition.score_range


def _claim(data: Mapping[str, Any], regions: Regions) -> Claim:
    fields = {key: data[key] for key in _CLAIM_FIELDS if key in data}
    fields["regions"] = _codes(data.get("regions", ()), regions)
    details = {key: value for key, value in data.items() if key not in _CLAIM_FIELDS}
    if "tiers" in details:
        details["tiers"] = tuple(_codes(tier, regions) for tier in details["tiers"])
    if isinstance(details.get("of"), list):
        details["of"] = _codes(details["of"], regions)
    if "groups" in details:
        details["groups"] = tuple(details["groups"])
    for side in {"greater", "less"} & details.keys():
        if "regions" in details[side]:
            details[side] = {**details[side], "regions": _codes(details[side]["regions"], regions)}
    return Claim(**fields, details=details)


def _codes(names: Any, regions: Regions | None) -> tuple[str, ...]:
    codes = [_code(name, regions) for name in names] if regions is not None else []
    return tuple(code for code in codes if code)


def _code(name: str, regions: Regions) -> str:
    return find_region(regions, name, evaluated=False)[0]


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("999") else 0
