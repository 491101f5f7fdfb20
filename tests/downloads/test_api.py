"""The files that others build on: names, columns and numbers as DESIGN promises them, on the real data."""

import json
from io import BytesIO
from typing import Any

import pandas as pd
import pytest

from regional_index.downloads import API_FOLDER, make_api
from regional_index.facts import Facts

FILES = {"scores.csv", "coverage.csv", "indicators.csv", "regions.csv", "claims.json", "context.json", "index.json"}
COLUMNS = {
    "scores.csv": "series,year,index,region,score,rank,lower,upper,rank_lower,rank_upper,status",
    "coverage.csv": "series,year,index,region,weight_present,partial",
    "indicators.csv": "indicator,region,year,value,unit,status,source",
    "regions.csv": "code,iso,name,full_name,name_en,slug,evaluated,area,pilot_zone",
}
INDICES = [
    "industry", "scale", "firms", "innovation", "data",
    "application", "government", "industrial", "key", "livelihood",
]  # fmt: skip


@pytest.fixture(scope="module")
def api(real_facts: Facts) -> dict[str, bytes]:
    """Every file by its name."""
    return {path.removeprefix(f"{API_FOLDER}/"): content for path, content in make_api(real_facts).items()}


def table(api: dict[str, bytes], name: str) -> pd.DataFrame:
    """A CSV file as others read it; codes are text."""
    return pd.read_csv(BytesIO(api[name]), dtype={"region": str, "code": str}, keep_default_na=False, na_values=[""])


def document(api: dict[str, bytes], name: str) -> Any:
    """A JSON file."""
    return json.loads(api[name])


def test_the_files_are_those_that_the_design_names(real_facts: Facts, api: dict[str, bytes]) -> None:
    """All below one address that carries the version."""
    assert set(api) == FILES
    assert all(path.startswith("api/v1/") for path in make_api(real_facts))


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_those_that_the_design_names(api: dict[str, bytes], name: str) -> None:
    """In this order; UTF-8 without a byte-order mark, `\\n` at every line end."""
    assert api[name].decode().split("\n", 1)[0] == COLUMNS[name]
    assert b"\r" not in api[name]
    assert api[name].endswith(b"\n")


def test_the_index_lists_every_file_with_its_columns(api: dict[str, bytes]) -> None:
    """But itself."""
    listed = document(api, "index.json")["files"]
    assert set(listed) == FILES - {"index.json"}
    assert {name: ",".join(columns) for name, columns in listed.items() if columns} == COLUMNS


def test_the_index_says_what_there_is(real_facts: Facts, api: dict[str, bytes]) -> None:
    """Series, years, indices with their parents, regions."""
    index = document(api, "index.json")
    assert index["version"] == 1
    assert index["series"] == {
        "published": {"edition": "2020", "years": [2019]},
        "open": {"years": [2018, 2019, 2020, 2021, 2022]},
    }
    assert [entry["code"] for entry in index["indices"]] == INDICES
    parents = {entry["code"]: entry["parent"] for entry in index["indices"]}
    assert parents["industry"] is parents["application"] is None
    assert {parents[code] for code in INDICES[1:5]} == {"industry"}
    assert sum(region["evaluated"] for region in index["regions"]) == 31
    assert len(index["regions"]) == len(real_facts.regions) == 34


# ---- scores


@pytest.fixture(scope="module")
def scores(api: dict[str, bytes]) -> pd.DataFrame:
    """Both series."""
    return table(api, "scores.csv")


def test_the_published_series_has_310_rows_and_twenty_scores(scores: pd.DataFrame) -> None:
    """31 regions x 10 indices of 2019; what is not stated is not there."""
    rows = scores[scores["series"] == "published"]
    assert len(rows) == 310
    assert set(rows["year"]) == {2019}
    assert (rows["status"] == "published").sum() == rows["score"].notna().sum() == 20
    assert set(rows.loc[rows["score"].isna(), "status"]) == {"not_published"}


def test_the_open_series_has_a_row_for_every_year_region_and_index(scores: pd.DataFrame) -> None:
    """5 x 31 x 10, each once; a score that cannot be computed is an empty cell with its reason."""
    rows = scores[scores["series"] == "open"]
    assert len(rows) == len(rows.drop_duplicates(["year", "index", "region"])) == 5 * 31 * 10
    assert list(dict.fromkeys(rows["index"])) == INDICES
    assert set(rows.loc[rows["score"].notna(), "status"]) == {"computed"}
    assert set(rows.loc[rows["score"].isna(), "status"]) == {"not_published"}
    assert rows.loc[rows["index"] == "government", "score"].isna().all()


def test_every_series_and_status_is_one_that_the_design_names(scores: pd.DataFrame) -> None:
    """And every region a code of six digits."""
    assert set(scores["series"]) == {"published", "open"}
    assert set(scores["status"]) <= {"published", "computed", "estimated", "not_published"}
    assert scores["region"].str.fullmatch(r"\d{6}").all()


def test_bounds_equal_the_score_where_it_was_published(scores: pd.DataFrame) -> None:
    """And are empty where no interval is known."""
    published, computed = (scores[scores["series"] == series] for series in ("published", "open"))
    for bound, of in [("lower", "score"), ("upper", "score"), ("rank_lower", "rank"), ("rank_upper", "rank")]:
        assert published[bound].equals(published[of].rename(bound).astype(published[bound].dtype))
        assert computed[bound].isna().all()


def test_scores_equal_the_facts_to_six_decimals(scores: pd.DataFrame, real_facts: Facts) -> None:
    """The same number everywhere."""
    rows = scores[(scores["series"] == "open") & (scores["year"] == 2020) & scores["score"].notna()]
    for index, region, score, rank in rows[["index", "region", "score", "rank"]].itertuples(index=False):
        assert score == pytest.approx(real_facts.score(index, region, 2020), abs=5e-7)
        assert rank == real_facts.rank(index, region, 2020)


def test_ranks_are_written_as_whole_numbers(api: dict[str, bytes]) -> None:
    """1, not 1.0, although some are missing."""
    ranks = [line.split(",")[5] for line in api["scores.csv"].decode().splitlines()[1:]]
    assert [rank for rank in ranks if rank and not rank.isdigit()] == []


def test_numbers_have_six_decimals_at_most(api: dict[str, bytes]) -> None:
    """More would differ from machine to machine."""
    for name in ("scores.csv", "coverage.csv", "indicators.csv"):
        cells = [cell for line in api[name].decode().splitlines() for cell in line.split(",")]
        assert [cell for cell in cells if cell.replace(".", "").isdigit() and len(cell.partition(".")[2]) > 6] == []


def test_the_published_score_of_guangdong_is_the_one_printed(scores: pd.DataFrame) -> None:
    """68.96, rank 1."""
    row = scores[(scores["series"] == "published") & (scores["index"] == "industry") & (scores["region"] == "440000")]
    assert row[["score", "rank", "lower", "upper", "status"]].to_numpy().tolist() == [
        [68.96, 1, 68.96, 68.96, "published"]
    ]


# ---- the other tables


def test_coverage_says_how_much_of_a_score_has_data(api: dict[str, bytes], scores: pd.DataFrame) -> None:
    """For every open score; where any is missing, it says `yes`."""
    coverage = table(api, "coverage.csv")
    assert len(coverage) == 5 * 31 * 10
    assert set(coverage["partial"]) == {"yes", "no"}
    assert coverage["weight_present"].between(0, 1).all()
    whole = coverage[(coverage["partial"] == "no")]
    assert (whole["weight_present"] == 1).all()
    government = coverage[coverage["index"] == "government"]
    assert set(government["weight_present"]) == {0}


def test_indicators_equal_the_facts(api: dict[str, bytes], real_facts: Facts) -> None:
    """Values after division, in the unit of the indicator; missing ones say why."""
    rows = table(api, "indicators.csv")
    assert set(rows["indicator"]) == set(real_facts.framework.indicators)
    assert not rows.duplicated(["indicator", "region", "year"]).any()
    for code, group in rows.groupby("indicator"):
        declared = real_facts.indicator(str(code))
        years = declared.years or real_facts.framework.years
        assert len(group) == 31 * len(years), code
        assert set(group["unit"]) == {declared.unit}
        values = group.dropna(subset=["value"]).set_index(["region", "year"])["value"]
        expected = real_facts.indicator_values(str(code)).dropna()
        assert values.to_dict() == pytest.approx(expected.to_dict(), abs=5e-7)


def test_an_indicator_says_why_a_value_is_missing(api: dict[str, bytes]) -> None:
    """Tibet publishes no software revenue; Inner Mongolia's of 2021 is excluded by a correction."""
    rows = table(api, "indicators.csv").set_index(["indicator", "region", "year"])["status"]
    assert rows[("software_revenue", "540000", 2020)] == "not_published"
    assert rows[("software_revenue", "150000", 2021)] == "excluded"
    assert rows[("software_revenue", "150000", 2020)] == "published"


def test_regions_hold_those_not_evaluated_too(api: dict[str, bytes]) -> None:
    """34, of which 31 are evaluated; a region without a group has an empty cell."""
    rows = table(api, "regions.csv")
    assert rows["evaluated"].value_counts().to_dict() == {"yes": 31, "no": 3}
    assert rows["code"].str.fullmatch(r"\d{6}").all()
    assert rows.loc[rows["code"] == "440000", ["slug", "area"]].to_numpy().tolist() == [["guangdong", "东部"]]


# ---- what is quoted


def test_every_claim_has_its_fields_and_its_place(api: dict[str, bytes], real_facts: Facts) -> None:
    """In the order of the edition, values as printed."""
    claims = document(api, "claims.json")
    assert [claim["id"] for claim in claims] == list(real_facts.edition.claims)
    for claim in claims:
        assert {"id", "index", "kind", "regions", "value", "place", "verdict", "note"} <= set(claim)
        assert set(claim["place"]) == {"section", "paragraph"}
        assert claim["index"] in INDICES
        assert set(claim["regions"]) <= set(real_facts.regions.evaluated)
    by_id = {claim["id"]: claim for claim in claims}
    assert by_id["industry-score-guangdong"]["value"] == "68.96"
    assert by_id["industry-score-guangdong"]["regions"] == ["440000"]


def test_what_only_some_kinds_have_is_in_details(api: dict[str, bytes]) -> None:
    """Tiers as lists of codes, thresholds, sides."""
    claims = document(api, "claims.json")
    tiers = next(claim["details"]["tiers"] for claim in claims if claim["kind"] == "tiers")
    assert all(code.isdigit() for tier in tiers for code in tier)
    assert all("threshold" in claim["details"] for claim in claims if claim["kind"] == "above")


def test_context_figures_keep_unit_relation_and_place(api: dict[str, bytes], real_facts: Facts) -> None:
    """Whether or not a source is named."""
    figures = document(api, "context.json")
    assert [figure["id"] for figure in figures] == list(real_facts.edition.context)
    fields = {"id", "about", "relation", "value", "upper", "unit", "year", "regions", "attributed_to", "place", "note"}
    assert all(set(figure) == fields for figure in figures)


@pytest.mark.parametrize("name", [name for name in sorted(FILES) if name.endswith(".json")])
def test_json_parses_and_is_written_in_plain_letters(api: dict[str, bytes], name: str) -> None:
    """Readable in an editor: no escapes for Chinese letters, no NaN."""
    text = api[name].decode()
    json.loads(text, parse_constant=lambda constant: pytest.fail(f"{constant} is no JSON"))
    assert "\\u" not in text
    assert text.endswith("\n")


def test_the_same_facts_give_the_same_bytes(real_facts: Facts, api: dict[str, bytes]) -> None:
    """No clock, no order of a set."""
    again = {path.removeprefix(f"{API_FOLDER}/"): content for path, content in make_api(real_facts).items()}
    assert again == api


def test_another_index_has_other_groups_but_the_same_files(second_facts: Facts, api: dict[str, bytes]) -> None:
    """The columns of the regions are the only ones that depend on the index."""
    other = {path.removeprefix(f"{API_FOLDER}/"): content for path, content in make_api(second_facts).items()}
    heads = {name: content.split(b"\n", 1)[0] for name, content in other.items() if name.endswith(".csv")}
    assert set(other) == set(api)
    assert heads.pop("regions.csv").endswith(b",evaluated,ring,treaty")
    assert {name: head.decode() for name, head in heads.items()} == {
        name: columns for name, columns in COLUMNS.items() if name != "regions.csv"
    }
