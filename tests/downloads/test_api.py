"""The files that others build on: names, columns and numbers as DESIGN promises them, on the real data."""

import pandas as pd
import pytest

from regional_index.downloads import make_api
from regional_index.downloads.csv_text import csv_bytes
from regional_index.facts import Facts, build_facts
from regional_index.inputs import read_project
from tests.downloads.reading import document, files_of, table

FILES = {
    "scores.csv", "coverage.csv", "indicators.csv", "steps.csv", "regions.csv",
    "claims.json", "context.json", "audit.json", "index.json", "coherence.json", "compare.json", "normalised.json",
    "robustness.json", "sensitivity.csv",
}  # fmt: skip
COLUMNS = {
    "scores.csv": "series,year,index,region,score,rank,lower,upper,rank_lower,rank_upper,status",
    "coverage.csv": "series,year,index,region,weight_present,partial",
    "indicators.csv": "indicator,region,year,value,unit,status,source",
    "steps.csv": "series,year,index,region,part,raw,treated,normalised,weight,contribution",
    "sensitivity.csv": "index,output,factor,first,first_lower,first_upper,total,total_lower,total_upper",
    "regions.csv": "code,iso,name,full_name,name_en,slug,evaluated,area,pilot_zone",
}
INDICES = [
    "industry", "scale", "firms", "innovation", "data",
    "application", "government", "industrial", "key", "livelihood",
]  # fmt: skip


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


def test_the_index_explains_every_column_field_and_code(api: dict[str, bytes]) -> None:
    """Of the files that it lists; groupings are columns that only this index has."""
    index = document(api, "index.json")
    columns = {column for listed in index["files"].values() for column in listed or ()}
    assert set(index["columns"]) == columns - {"area", "pilot_zone"}
    assert set(index["fields"]["claims.json"]) == set(document(api, "claims.json")[0])
    assert set(index["fields"]["audit.json"]) <= paths_of(document(api, "audit.json"))
    used = {*table(api, "scores.csv")["status"], *table(api, "indicators.csv")["status"]}
    assert used <= set(index["statuses"])
    changes = [entry["change"] for entry in document(api, "audit.json")["self_test"]["changes"]]
    assert set(changes) <= set(index["changes"])
    assert set(index["verdicts"]) == set(document(api, "audit.json")["verdicts"])


def paths_of(content: dict[str, object]) -> set[str]:
    """Keys, and those one level below them."""
    inner = {key: value[0] if isinstance(value, list) else value for key, value in content.items()}
    below = {f"{key}.{name}" for key, value in inner.items() if isinstance(value, dict) for name in value}
    return set(content) | below


# ---- scores


@pytest.fixture(scope="module")
def scores(api: dict[str, bytes]) -> pd.DataFrame:
    """Both series."""
    return table(api, "scores.csv")


@pytest.fixture(scope="module")
def published(scores: pd.DataFrame) -> pd.DataFrame:
    """The scores and intervals of the edition."""
    return scores[scores["series"] == "published"]


def test_the_published_series_has_310_rows_and_twenty_published_scores(published: pd.DataFrame) -> None:
    """31 regions x 10 indices of 2019, each once; what is not stated has no number."""
    assert len(published) == len(published.drop_duplicates(["index", "region"])) == 310
    assert list(dict.fromkeys(published["index"])) == INDICES
    assert set(published["year"]) == {2019}
    assert published["status"].value_counts().to_dict() == {"not_published": 290, "published": 20}
    assert published["score"].notna().sum() == 20
    assert published.drop(columns=["score", "rank"]).notna().all(axis=None)


def test_published_scores_are_as_printed_and_are_their_own_interval(published: pd.DataFrame, real_facts: Facts) -> None:
    """Each is a claim."""
    rows = published[published["status"] == "published"]
    stated = {(c.index, c.regions[0]): float(c.value) for c in real_facts.edition.claims.values() if c.kind == "score"}
    assert rows.set_index(["index", "region"])["score"].to_dict() == stated
    assert (rows["lower"] == rows["score"]).all()
    assert (rows["upper"] == rows["score"]).all()


def test_stated_ranks_and_all_intervals_keep_to_their_range(published: pd.DataFrame) -> None:
    """All of them within the range that scores are assumed to keep to."""
    ranked = published.dropna(subset=["rank"])
    assert ranked["rank"].between(ranked["rank_lower"], ranked["rank_upper"]).all()
    assert (published["lower"] <= published["upper"]).all()
    assert published[["lower", "upper"]].stack().between(0, 100).all()
    assert published[["rank_lower", "rank_upper"]].stack().between(1, 31).all()


def test_stated_ranks_stay_as_stated(published: pd.DataFrame, real_facts: Facts) -> None:
    """And nothing else is possible for them."""
    stated = real_facts.published.dropna(subset=["rank"]).set_index(["index", "region"])["rank"]
    rows = published.set_index(["index", "region"]).loc[stated.index]
    for column in ("rank", "rank_lower", "rank_upper"):
        assert rows[column].tolist() == stated.tolist()


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
    assert set(scores["status"]) <= {"published", "computed", "not_published"}
    assert scores["region"].str.fullmatch(r"\d{6}").all()


def test_scores_equal_the_facts_to_six_decimals(scores: pd.DataFrame, real_facts: Facts) -> None:
    """The same number everywhere."""
    rows = scores[(scores["series"] == "open") & (scores["year"] == 2020) & scores["score"].notna()]
    for index, region, score, rank in rows[["index", "region", "score", "rank"]].itertuples(index=False):
        assert score == pytest.approx(real_facts.score(index, region, 2020), abs=5e-7)
        assert rank == real_facts.rank(index, region, 2020)


def test_ranks_are_written_as_whole_numbers(api: dict[str, bytes]) -> None:
    """1, not 1.0, although some are missing."""
    rows = [line.split(",") for line in api["scores.csv"].decode().splitlines()[1:]]
    assert [row for row in rows for place in (5, 8, 9) if row[place] and not row[place].isdigit()] == []


def test_numbers_have_six_decimals_at_most(api: dict[str, bytes]) -> None:
    """More would differ from machine to machine."""
    for name in ("scores.csv", "coverage.csv", "indicators.csv"):
        cells = [cell for line in api[name].decode().splitlines() for cell in line.split(",")]
        assert [cell for cell in cells if cell.replace(".", "").isdigit() and len(cell.partition(".")[2]) > 6] == []


def test_what_a_solver_found_has_four_decimals_at_most(api: dict[str, bytes]) -> None:
    """More would differ from machine to machine."""
    rows = [line.split(",") for line in api["scores.csv"].decode().splitlines() if line.startswith("published")]
    assert [row for row in rows for place in (4, 6, 7) if len(row[place].partition(".")[2]) > 4] == []


def test_zero_has_no_sign(api: dict[str, bytes]) -> None:
    """A solver may return -0.0, or a little less than 0, as well as 0."""
    assert csv_bytes(pd.DataFrame({"x": [-0.0, -1e-9, -1.5]})) == b"x\n0.0\n0.0\n-1.5\n"
    assert not any(b"-0.0," in content or b"-0.0\n" in content for content in api.values())


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


# ---- all files


@pytest.mark.parametrize("name", [name for name in sorted(FILES) if name.endswith(".json")])
def test_json_parses_and_is_written_in_plain_letters(
    api: dict[str, bytes], second_api: dict[str, bytes], name: str
) -> None:
    """Readable in an editor: no escapes for Chinese letters, no NaN."""
    for content in (api, second_api):
        document(content, name)
        text = content[name].decode()
        assert "\\u" not in text
        assert text.endswith("\n")


def test_the_same_facts_give_the_same_bytes(real_facts: Facts, api: dict[str, bytes]) -> None:
    """No clock, no order of a set."""
    assert files_of(real_facts) == api


def test_the_same_input_gives_the_same_bytes_when_all_is_computed_again(
    second_facts: Facts, second_api: dict[str, bytes]
) -> None:
    """Nothing is kept in a cache here."""
    assert files_of(build_facts(read_project(second_facts.project.root))) == second_api


def test_another_index_has_other_groups_but_the_same_files(second_api: dict[str, bytes], api: dict[str, bytes]) -> None:
    """The columns of the regions are the only ones that depend on the index."""
    heads = {name: content.split(b"\n", 1)[0] for name, content in second_api.items() if name.endswith(".csv")}
    assert set(second_api) == set(api)
    assert heads.pop("regions.csv").endswith(b",evaluated,ring,treaty")
    assert {name: head.decode() for name, head in heads.items()} == {
        name: columns for name, columns in COLUMNS.items() if name != "regions.csv"
    }


def test_what_is_not_published_has_an_interval_but_no_score(second_api: dict[str, bytes]) -> None:
    """Of the second index, two scores of harbours and three of their ranks are stated."""
    scores = table(second_api, "scores.csv")
    rows = scores[scores["series"] == "published"].set_index(["index", "region"]).sort_index()
    assert rows["score"].dropna().to_dict() == {("harbour", "A1"): 72.5, ("harbour", "B2"): 61}
    assert rows["rank"].dropna().to_dict() == {("harbour", "A1"): 1, ("harbour", "B2"): 2, ("harbour", "D4"): 3}
    assert rows[["lower", "upper", "rank_lower", "rank_upper"]].notna().all(axis=None)
    assert rows.loc[("traffic", "D4"), ["lower", "upper"]].tolist() == [20, 40]
