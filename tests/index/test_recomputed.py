"""Scores of this index computed again from the CSVs and the declared rules with pandas alone, by every lens."""

from typing import Any

import pandas as pd
import pytest
import yaml

from regional_index.facts import Facts
from tests.conftest import ROOT

DATA = ROOT / "data"
DECLARED = yaml.safe_load((DATA / "framework.yml").read_text(encoding="utf-8"))
LENSES = DECLARED["lenses"]
YEARS = DECLARED["series"]["open"]["years"]
KNOWN = {"impute": "none", "treat": "none", "normalise": "min-max", "weight": "declared", "aggregate": "arithmetic"}
"""What this script can do; where another rule is declared, it is to be written here as well."""


def read(file: str) -> pd.Series:
    """A CSV as it is, without what is excluded, over all years."""
    rows = pd.read_csv(DATA / "indicators" / f"{file}.csv").set_index(["region", "year"])["value"]
    for entry in yaml.safe_load((DATA / "corrections.yml").read_text(encoding="utf-8"))["corrections"]:
        if entry["indicator"] == file and entry["decision"] == "exclude":
            rows[entry["region"], entry["year"]] = float("nan")
    return rows


def measure(indicator: dict[str, Any], lens: dict[str, Any]) -> pd.DataFrame:
    """Values in the unit of a lens: rows regions, columns the years of the series."""
    per = dict(indicator.get("per", {}))
    values = read(per.get("file", indicator.get("file", indicator["code"])))
    if indicator["code"] in lens.get("indicators", {}):
        divided = lens["indicators"][indicator["code"]]
        per = {"indicator": divided["per"], "scale": divided["scale"]}
    if per:
        values = values / read(per["indicator"]) * per["scale"]
    wide = values.unstack("year").reindex(columns=YEARS)
    if indicator.get("impute") == "last-observation":
        return wide.ffill(axis="columns")
    assert "impute" not in indicator, "a rule that is not written here"
    return wide


def score(node: dict[str, Any], scored: dict[str, pd.DataFrame], found: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The weighted mean of what has a score, where that is enough of the weight; `found` gets every node below."""
    parts = {child["code"]: (child.get("weight", 1), score(child, scored, found)) for child in node.get("children", [])}
    parts |= {code: (weight, scored[code]) for code, weight in node.get("indicators", {}).items()}
    if not parts:
        return next(iter(scored.values())) * float("nan")
    whole = sum(weight for weight, _ in parts.values())
    present = sum(part.notna() * weight for weight, part in parts.values())
    total = sum(part.fillna(0) * weight for weight, part in parts.values())
    enough = present / whole >= DECLARED["method"]["minimum_weight_share"] - 1e-4
    found[node["code"]] = (total / present).where(enough)
    return found[node["code"]]


def recompute(lens: dict[str, Any]) -> pd.Series:
    """The score of every index, region and year by a lens."""
    nodes = [each for top in DECLARED["indices"] for each in (top, *top.get("children", []))]
    used = {code for each in nodes for code in each.get("indicators", {})}
    scored = {}
    for indicator in DECLARED["indicators"]:
        if indicator["code"] in used:
            values = measure(indicator, lens)
            low, high = values.min().min(), values.max().max()
            share = (values - low) / (high - low)
            scored[indicator["code"]] = 100 * (share if indicator["direction"] > 0 else 1 - share)
    found: dict[str, pd.DataFrame] = {}
    for top in DECLARED["indices"]:
        score(top, scored, found)
    return pd.concat({code: frame.stack() for code, frame in found.items()}, names=["index"]).dropna()


@pytest.mark.parametrize("lens", LENSES, ids=[lens["code"] for lens in LENSES])
def test_every_score_is_found_again(lens: dict[str, Any], real_facts: Facts) -> None:
    """To 1e-9, and no other score is there."""
    assert {step: rule for step, rule in DECLARED["method"].items() if step in KNOWN} == KNOWN
    rows: pd.DataFrame = real_facts.tables["lenses"].query("lens == @lens['code']")
    rows = rows.assign(region=[real_facts.regions[code].name for code in rows["region"]])
    computed = rows.set_index(["index", "region", "year"])["score"].dropna()
    again = recompute(lens).rename_axis(["index", "region", "year"])
    assert set(computed.index) == set(again.index)
    assert (computed - again).abs().max() < 1e-9
    assert set(computed.index.get_level_values("year")) == set(YEARS)


def test_the_publishers_lens_is_the_series(real_facts: Facts) -> None:
    """What `scores.csv` has of the open series."""
    first: pd.DataFrame = real_facts.tables["lenses"].query("lens == @LENSES[0]['code']")
    series = real_facts.tables["scores"].query("series == 'open'")
    key = ["index", "region", "year"]
    assert first.set_index(key)["score"].sort_index().equals(series.set_index(key)["score"].sort_index())
