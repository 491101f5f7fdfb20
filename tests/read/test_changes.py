"""Large changes, and the corrections that explain them."""

import re

import pytest

TURNOVER = "indicators/turnover.csv"
PATH = "data/indicators/turnover.csv"
CORRECTIONS = "data/corrections.yml"


def add_correction(tiny, **fields):
    entry = {"indicator": "turnover", "region": "East", "year": 2022, "value": 60, "decision": "keep"}
    entry |= {"reason": "Looked at.", "until": "never"} | fields
    lines = "\n    ".join(f"{key}: {value}" for key, value in entry.items())
    tiny.append("corrections.yml", f"  - {lines}\n")


def without_totals(tiny):
    text = (tiny.root / "data/sources.yml").read_text()
    tiny.write("sources.yml", text[: text.index("control_totals")].encode())


@pytest.mark.parametrize(("value", "ratio"), [("20.1", "2.01"), ("4.9", "0.49"), ("0", "0")])
def test_a_change_beyond_the_bound_must_be_explained(tiny, value, ratio):
    without_totals(tiny)
    tiny.edit(TURNOVER, "North,2022,20", f"North,2022,{value}")
    problem = tiny.problem()
    assert (problem.file, problem.place) == (PATH, "5, column value")
    assert problem.found == f"North, 2022: {ratio} times the value before"
    assert problem.expected == "a change within 2 times, up or down"
    assert problem.remedy == "correct the value, or explain it in data/corrections.yml"


@pytest.mark.parametrize("decision", ["keep", "exclude"])
def test_a_correction_explains_a_change(tiny, decision):
    without_totals(tiny)
    tiny.edit(TURNOVER, "North,2022,20", "North,2022,30")
    add_correction(tiny, region="Upper Tiny", value=30, decision=decision)
    assert tiny.problems() == ()


def test_after_zero_there_is_no_ratio(tiny):
    without_totals(tiny)
    tiny.edit(TURNOVER, "North,2021,10", "North,2021,0")
    assert tiny.problems() == ()


def three_years(tiny, north):
    """Turnover for a third year; North as given, the others level."""
    without_totals(tiny)
    tiny.edit(
        "framework.yml",
        "    max_ratio: 2\n    measures: What",
        "    max_ratio: 2\n    years: [2021, 2022, 2023]\n    measures: What",
    )
    rows = ["region,year,value", *(f"North,{2021 + i},{value}" for i, value in enumerate(north))]
    rows += [
        f"{region},{year},{value}" for region, value in (("South", 20), ("East", 60)) for year in (2021, 2022, 2023)
    ]
    tiny.write(TURNOVER, "\n".join([*rows, ""]).encode())


def test_a_value_after_an_excluded_one_is_compared_with_the_one_before(tiny):
    three_years(tiny, [10, 100, 12])
    add_correction(tiny, region="North", value=100, decision="exclude")
    assert tiny.problems() == ()


def test_a_value_after_a_kept_one_is_compared_with_that(tiny):
    three_years(tiny, [10, 100, 12])
    add_correction(tiny, region="North", value=100, decision="keep")
    assert tiny.problem().found == "North, 2023: 0.12 times the value before"


def test_a_value_after_an_excluded_one_can_itself_be_a_jump(tiny):
    three_years(tiny, [10, 100, 30])
    add_correction(tiny, region="North", value=100, decision="exclude")
    assert tiny.problem().found == "North, 2023: 3 times the value before"


def declare_gaps(tiny, *years):
    tiny.edit("framework.yml", "    years: [2021, 2022, 2023]\n", "    years: [2021, 2022, 2023]\n    not_published:\n"
              f"      - {{region: North, years: [{', '.join(map(str, years))}]}}\n")  # fmt: skip


def test_a_jump_is_found_across_a_declared_gap(tiny):
    three_years(tiny, [10, "", 1000])
    declare_gaps(tiny, 2022)
    problem = tiny.problem()
    assert (problem.place, problem.found) == ("4, column value", "North, 2023: 100 times the value before")


@pytest.mark.parametrize(
    ("north", "gap", "found"),
    [
        (["", 10, 1000], 2021, "North, 2023: 100 times the value before"),
        ([10, 1000, ""], 2023, "North, 2022: 100 times the value before"),
        ([10, "", 0.01], 2022, "North, 2023: 0.001 times the value before"),
    ],
)
def test_one_gap_does_not_switch_off_the_check_in_other_years(tiny, north, gap, found):
    three_years(tiny, north)
    declare_gaps(tiny, gap)
    assert tiny.problem().found == found


def test_a_jump_is_found_across_a_gap_whose_row_is_left_out(tiny):
    three_years(tiny, [10, "", 1000])
    tiny.edit(TURNOVER, "North,2022,\n", "")
    declare_gaps(tiny, 2022)
    assert tiny.problem().found == "North, 2023: 100 times the value before"


def test_a_jump_is_found_across_a_gap_and_an_excluded_value(tiny):
    three_years(tiny, ["", 10, 30])
    declare_gaps(tiny, 2021)
    add_correction(tiny, region="North", value=10, decision="exclude")
    assert tiny.problems() == ()


def test_a_small_change_across_a_gap_needs_no_explanation(tiny):
    three_years(tiny, [10, "", 12])
    declare_gaps(tiny, 2022)
    assert tiny.problems() == ()


def test_a_jump_across_a_gap_can_be_explained(tiny):
    three_years(tiny, [10, "", 1000])
    declare_gaps(tiny, 2022)
    add_correction(tiny, region="North", year=2023, value=1000)
    assert tiny.problems() == ()


def test_a_region_with_a_value_where_none_is_published_is_not_compared_yet(tiny):
    three_years(tiny, [10, 15, 1000])
    declare_gaps(tiny, 2022)
    (problem,) = tiny.problems()
    assert "times the value before" not in problem.found


def test_a_value_that_is_no_number_leaves_its_region_uncompared(tiny):
    three_years(tiny, [10, "x", 100])
    assert tiny.problem().found == '"x"'


def test_a_shared_file_is_checked_once(tiny):
    without_totals(tiny)
    tiny.edit("framework.yml", "kind: ratio\n", "kind: ratio\n    max_ratio: 1.5\n")
    tiny.edit(TURNOVER, "North,2022,20", "North,2022,30")
    assert tiny.problem().expected == "a change within 2 times, up or down"


def test_a_correction_names_an_indicator_and_not_only_a_file(tiny):
    """Pages look it up as an indicator; a file may be described by an indicator of another code."""
    text = (tiny.root / "data/framework.yml").read_text()
    renamed = text.replace("- code: patents\n", "- code: inventions\n    file: patents\n")
    tiny.write("framework.yml", renamed.replace("{patents: 1}", "{inventions: 1}").encode())
    problem = tiny.problem()
    assert (problem.file, problem.found) == (CORRECTIONS, '"patents"')
    assert problem.expected == "an indicator with a file of its own in data/indicators/"
    assert problem.remedy == (
        "rename data/indicators/patents.csv to inventions.csv, also under `file` in data/framework.yml; "
        "then write inventions"
    )
    (tiny.root / "data/indicators/patents.csv").rename(tiny.root / "data/indicators/inventions.csv")
    tiny.edit("framework.yml", "    file: patents\n", "")
    tiny.edit("corrections.yml", "indicator: patents", "indicator: inventions")
    assert tiny.problems() == ()


def set_all(tiny, file, value):
    """Put one value in every filled row of a file, where what is known of its sum and changes no longer fits."""
    without_totals(tiny)
    path = tiny.root / "data/indicators" / f"{file}.csv"
    rows = [row.split(",") for row in path.read_text().splitlines()]
    path.write_text("".join(f"{','.join([*row[:2], row[2] and value, *row[3:]])}\n" for row in rows).replace(
        f"year,{value}", "year,value"))  # fmt: skip


@pytest.mark.parametrize("rule", ["min-max", "z-score", "distance-to-maximum"])
def test_values_that_are_all_equal_are_refused_where_they_cannot_be_scored(tiny, rule):
    tiny.edit("framework.yml", "normalise: min-max", f"normalise: {rule}")
    set_all(tiny, "coverage", "50")
    problem = tiny.problem()
    assert (problem.file, problem.place) == ("data/indicators/coverage.csv", "column value")
    assert problem.found == "the same value for every region and year: 50"
    assert problem.expected == f"values that differ, for {rule} gives coverage no scores"


@pytest.mark.parametrize("rule", ["{rule: goalposts, worst: 0, best: 100}", "rank", "none"])
def test_equal_values_are_read_where_they_can_be_scored(tiny, rule):
    tiny.edit("framework.yml", "    kind: share\n", f"    kind: share\n    normalise: {rule}\n")
    set_all(tiny, "coverage", "50")
    assert tiny.problems() == ()


def test_equal_quotients_are_refused_and_equal_dividends_are_not(tiny):
    """Turnover as in the file, ten times as many residents: turnover per head is 10 everywhere."""
    without_totals(tiny)
    turnover = (tiny.root / "data/indicators/turnover.csv").read_bytes()
    tiny.write("indicators/residents.csv", re.sub(rb"(,\d+)\n", rb"\g<1>0\n", turnover))
    assert tiny.problem().expected == "values that differ, for min-max gives turnover_per_head no scores"
