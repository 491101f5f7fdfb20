"""The tables that others build on: names and columns that never change, and the numbers of the second index."""

from dataclasses import replace

import pandas as pd
import pytest

from regional_index.facts import Facts
from regional_index.read import read_project
from tests.computed import api_of, build_facts
from tests.conftest import SECOND
from tests.reading import document, table

# Once published, names of files and columns stay; `ring` and `treaty` are groupings of the second index alone.
COLUMNS = {
    "scores.csv": "series,year,index,region,score,rank,lower,upper,rank_lower,rank_upper,status",
    "coverage.csv": "series,year,index,region,weight_present,partial",
    "indicators.csv": "indicator,region,year,value,unit,status,source",
    "steps.csv": "series,year,index,region,part,raw,treated,normalised,weight,contribution",
    "lenses.csv": "lens,index,year,region,score,rank,rank_lower,rank_upper",
    "expected.csv": "index,region,expected,difference,rank_expected,explained",
    "rank_changes.csv": "index,region,base_year,year,rank_change,rose,fell",
    "sensitivity.csv": "index,output,factor,first,first_lower,first_upper,total,total_lower,total_upper",
    "regions.csv": "code,iso,name,full_name,name_en,slug,evaluated,ring,treaty",
}
DOCUMENTS = {
    "claims.json", "context.json", "audit.json", "index.json", "coherence.json", "compare.json", "normalised.json",
    "robustness.json",
}  # fmt: skip
CELL = ["indicator", "region", "year"]


@pytest.fixture(scope="module")
def scores(second_api: dict[str, bytes]) -> pd.DataFrame:
    """Both series."""
    return table(second_api, "scores.csv")


def test_names_and_columns_are_those_that_were_published(second_api: dict[str, bytes]) -> None:
    """UTF-8 without a byte-order mark, `\\n` at every line end."""
    assert set(second_api) == {*COLUMNS, *DOCUMENTS}
    for name, columns in COLUMNS.items():
        assert second_api[name].decode().split("\n", 1)[0] == columns
        assert b"\r" not in second_api[name]
        assert second_api[name].endswith(b"\n")


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_json_is_written_in_plain_letters(second_api: dict[str, bytes], name: str) -> None:
    """Readable in an editor: no escapes, no NaN, a line end."""
    document(second_api, name)
    assert "\\u" not in second_api[name].decode()
    assert second_api[name].endswith(b"\n")


def test_the_index_says_what_there_is(second_api: dict[str, bytes]) -> None:
    """Series, years, indices with their parents, regions, statuses."""
    index = document(second_api, "index.json")
    assert index["version"] == 1
    assert index["series"] == {"published": {"edition": "Third", "years": [2030]}, "open": {"years": [2030, 2031]}}
    assert {entry["code"]: entry["parent"] for entry in index["indices"]} == {
        "harbour": None, "traffic": "harbour", "goods": "traffic", "density": "traffic",
        "speed": "harbour", "shore": None,
    }  # fmt: skip
    assert [region["code"] for region in index["regions"] if not region["evaluated"]] == ["F6"]
    used = {*table(second_api, "scores.csv")["status"], *table(second_api, "indicators.csv")["status"]}
    assert used <= set(index["statuses"])


# ---- scores


def test_both_series_have_a_row_for_every_year_index_and_region(scores: pd.DataFrame, second_facts: Facts) -> None:
    """Each once, in the order of the tree; the published series is above the open one."""
    nodes, regions = list(second_facts.framework.nodes), set(second_facts.regions.evaluated)
    assert list(dict.fromkeys(scores["series"])) == ["published", "open"]
    for series, years in (("published", [2030]), ("open", [2030, 2031])):
        rows = scores[scores["series"] == series]
        assert len(rows) == len(rows.drop_duplicates(["year", "index", "region"]))
        assert len(rows) == len(years) * len(nodes) * len(regions)
        assert (sorted(set(rows["year"])), list(dict.fromkeys(rows["index"]))) == (years, nodes)
        assert set(rows["region"]) == regions


def test_every_score_has_its_status(scores: pd.DataFrame) -> None:
    """Stated, computed or missing."""
    status = {("published", True): "published", ("open", True): "computed"}
    expected = [
        status.get((series, there), "not_published")
        for series, there in zip(scores["series"], scores["score"].notna(), strict=True)
    ]
    assert scores["status"].tolist() == expected


def test_what_is_not_published_has_an_interval_but_no_score(scores: pd.DataFrame) -> None:
    """Two scores of harbours and three of their ranks are stated; a score that is stated is its own interval."""
    rows = scores[scores["series"] == "published"].set_index(["index", "region"]).sort_index()
    assert rows["score"].dropna().to_dict() == {("harbour", "A1"): 72.5, ("harbour", "B2"): 61}
    assert rows["rank"].dropna().to_dict() == {("harbour", "A1"): 1, ("harbour", "B2"): 2, ("harbour", "D4"): 3}
    assert rows[["lower", "upper", "rank_lower", "rank_upper"]].notna().all(axis=None)
    assert rows.loc[("traffic", "D4"), ["lower", "upper"]].tolist() == [20, 40]
    assert rows.loc[("harbour", "A1"), ["lower", "upper", "rank_lower", "rank_upper"]].tolist() == [72.5, 72.5, 1, 1]
    assert (rows["lower"] <= rows["upper"]).all()
    assert rows[["lower", "upper"]].stack().between(0, 100).all()
    assert rows[["rank_lower", "rank_upper"]].stack().between(1, 5).all()


def test_what_a_solver_found_has_four_decimals_at_most(second_api: dict[str, bytes]) -> None:
    """More would differ from machine to machine."""
    rows = [line.split(",") for line in second_api["scores.csv"].decode().splitlines() if line.startswith("published")]
    assert [row for row in rows for place in (4, 6, 7) if len(row[place].partition(".")[2]) > 4] == []


def test_open_scores_are_those_of_the_facts(scores: pd.DataFrame, second_facts: Facts) -> None:
    """The same number everywhere."""
    rows = scores[(scores["series"] == "open") & scores["score"].notna()]
    for year, index, region, score, rank in rows[["year", "index", "region", "score", "rank"]].itertuples(index=False):
        assert score == second_facts.open.score(index, region, year)
        assert rank == second_facts.open.rank(index, region, year)


def test_zero_has_no_sign(second_results: dict[str, bytes]) -> None:
    """A solver may return -0.0, or a little less than 0, as well as 0."""
    cells = {cell for name in second_results if name.endswith(".csv") for cell in second_results[name].split(b",")}
    assert not {b"-0", b"-0.0", b"-0\n"} & cells


# ---- the other tables


def test_coverage_says_how_much_of_a_score_has_data(second_api: dict[str, bytes], scores: pd.DataFrame) -> None:
    """For every open score; where any is missing, it says `yes`. Elm has no cargo: a third of its harbour."""
    coverage = table(second_api, "coverage.csv")
    assert len(coverage) == (scores["series"] == "open").sum()
    assert ((coverage["weight_present"] == 1) == (coverage["partial"] == "no")).all()
    rows = coverage[coverage["year"] == 2031].set_index(["index", "region"])["weight_present"]
    assert (rows["traffic", "E5"], rows["harbour", "E5"], rows["harbour", "B2"]) == pytest.approx((0, 1 / 3, 1))


def test_indicators_equal_the_facts(second_api: dict[str, bytes], second_facts: Facts) -> None:
    """Values after division, in the unit of the indicator; a row for every region and declared year."""
    rows = table(second_api, "indicators.csv")
    assert list(dict.fromkeys(rows["indicator"])) == list(second_facts.framework.indicators)
    assert not rows.duplicated(CELL).any()
    for code, group in rows.groupby("indicator"):
        declared = second_facts.indicator(str(code))
        assert len(group) == len(second_facts.regions.evaluated) * len(declared.years or second_facts.framework.years)
        assert set(group["unit"]) == {declared.unit}
        values = group.dropna(subset=["value"]).set_index(["region", "year"])["value"]
        assert values.to_dict() == second_facts.values.values(str(code)).dropna().to_dict()


def test_an_indicator_says_why_a_value_is_missing(second_api: dict[str, bytes]) -> None:
    """Elm publishes no cargo, which is divided as well; Corsa's time of 2031 is left out by a decision."""
    rows = table(second_api, "indicators.csv").set_index(CELL)["status"]
    assert rows[("cargo", "E5", 2030)] == rows[("cargo_per_resident", "E5", 2030)] == "not_published"
    assert rows[("waiting_time", "C3", 2031)] == "excluded"
    assert rows[("waiting_time", "C3", 2030)] == "published"


def test_regions_hold_those_not_evaluated_too(second_api: dict[str, bytes]) -> None:
    """A region without a group has an empty cell."""
    rows = table(second_api, "regions.csv").set_index("code")
    assert rows["evaluated"].to_dict() == {**dict.fromkeys(["A1", "B2", "C3", "D4", "E5"], "yes"), "F6": "no"}
    assert rows.loc["A1", ["slug", "ring", "treaty"]].tolist() == ["arden", "Inner ring", "Old treaty"]
    assert rows.loc[["B2", "F6"], "treaty"].isna().all()


# ---- all of it


def test_the_same_input_gives_the_same_bytes(
    second_api: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    """Computed again from the data, with nothing in a cache: no clock, no order of a set."""
    monkeypatch.setattr("tests.computed.CACHE", tmp_path)
    assert api_of(read_project(SECOND)) == second_api


def test_values_that_are_all_equal_give_no_scores_and_no_ranges() -> None:
    """Nothing can be drawn, and nothing stops."""
    project = read_project(SECOND)
    values = project.values.assign(value=project.values["value"].where(project.values["value"].isna(), 1.0))
    facts = build_facts(replace(project, values=values))
    scores = facts.tables["scores"].query("series == 'open'")
    assert len(scores)
    assert scores[["score", "rank", "lower", "upper", "rank_lower", "rank_upper"]].isna().all(axis=None)
    assert all(facts.tables[name].empty for name in ("medians", "tiers", "first_place", "ahead", "sensitivity"))
