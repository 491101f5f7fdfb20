"""What the rules of the kinds refuse: numbers, lists and groups that no claim of a kind can state."""

import json
from pathlib import Path

import pytest

from regional_index.claims.kinds import KINDS
from regional_index.read import schemas

FILE = "published/2022.yml"
SEASIDE = "kind: group_count, group_name: seaside, regions: [East, South]"


def add(tiny, fields: str) -> None:
    """Add a claim about the index `use`: the twelfth."""
    claim = f"\n  - {{id: new, index: use, place: supply-1, {fields}}}"
    tiny.edit(FILE, "\n\ncontext:", f"{claim}\n\ncontext:")


def test_the_schema_and_the_claim_language_have_the_same_kinds():
    schema = json.loads((Path(schemas.__file__).parent / "schemas" / "published.schema.json").read_text())
    assert schema["$defs"]["claim"]["properties"]["kind"]["enum"] == list(KINDS)


@pytest.mark.parametrize(
    "fields",
    [
        'kind: score, regions: [East], value: "0"',
        'kind: score, regions: [East], value: "100.00"',
        'kind: share, of: [East, South], regions: [S], value: "100"',
        'kind: rank, regions: [East], value: "3", shared: true',
        'kind: count, relation: above, threshold: "99", value: "0"',
        'kind: count, relation: below, threshold: "99", value: "3"',
        "kind: tiers, tiers: [[East, South]], exhaustive: false",
        'kind: band, regions: [East], lower: "9.0", upper: "9"',
        'kind: order, regions: [East, South], starts_at: "2"',
        f'{SEASIDE}, value: "2", within: "2"',
        'kind: group_count, group_name: both, groups: [inland, seaside], regions: [East, N], value: "3", within: "3"',
        "kind: comparison, greater: {index: use, regions: [East]}, less: {index: supply, regions: [East]}",
    ],
)
def test_what_can_be_stated_is_accepted(tiny, fields):
    add(tiny, fields)
    assert tiny.problems() == ()


@pytest.mark.parametrize(
    ("fields", "place", "found", "expected", "remedy"),
    [
        (
            'kind: score, regions: [East], value: "100.01"',
            "value",
            "100.01",
            "a score from 0 to 100",
            "correct the score, or the score_range of the edition",
        ),
        (
            'kind: share, of: total, regions: [East], value: "101"',
            "value",
            "101",
            "a percentage from 0 to 100",
            "correct the number",
        ),
        (
            'kind: count_share, relation: above, threshold: mean, value: "-0.1"',
            "value",
            "-0.1",
            "a percentage from 0 to 100",
            "correct the number",
        ),
        (
            'kind: band, regions: [East], lower: "10", upper: "9"',
            "lower",
            "10",
            'at most "9", the upper end',
            "exchange them, or correct one",
        ),
        (
            'kind: top, regions: [East, South], size: "3", ordered: false',
            "size",
            "3",
            '"2", the number of regions in the list',
            "correct it, or the list",
        ),
        (
            f'{SEASIDE}, value: "1", within: "2"',
            "value",
            "1",
            'at least "2", the number of regions in the list',
            "correct it, or the list",
        ),
        (f'{SEASIDE}, value: "3", within: "2"', "value", "3", 'at most "2", as in `within`', "correct one of them"),
    ],
)
def test_numbers_must_fit_the_claim(tiny, fields, place, found, expected, remedy):
    add(tiny, fields)
    problem = tiny.problem()
    assert problem.place == f"claims[11] (id new).{place}, line {tiny.line(FILE, 'id: new')}"
    assert (problem.found, problem.expected, problem.remedy) == (f'"{found}"', expected, remedy)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ('kind: rank, regions: [East], value: "4"', "value"),
        ('kind: count, relation: above, threshold: mean, value: "4"', "value"),
        ('kind: group_mean, group: {relation: above, threshold: mean}, value: "50", size: "4"', "size"),
        (f'{SEASIDE}, value: "2", within: "4"', "within"),
    ],
)
def test_there_are_no_more_places_than_evaluated_regions(tiny, fields, place):
    """Three; the isle is not evaluated."""
    add(tiny, fields)
    problem = tiny.problem()
    assert problem.place.split(",")[0] == f"claims[11] (id new).{place}"
    assert problem.found == '"4"'
    assert problem.expected == 'at most "3", the number of regions that the index evaluates'
    assert problem.remedy == "correct the number"


def test_an_order_ends_at_the_last_place(tiny):
    add(tiny, 'kind: order, regions: [East, South], starts_at: "3"')
    problem = tiny.problem()
    assert problem.place.split(",")[0] == "claims[11] (id new).starts_at"
    assert (problem.found, problem.expected) == ('"3"', "a place that has 1 after it, of 3 in all")
    assert problem.remedy == "correct it, or the list"


@pytest.mark.parametrize(
    ("fields", "place", "found", "expected", "remedy"),
    [
        (
            'kind: share, of: [South, East], regions: [E, North], value: "50"',
            "regions[1]",
            "North",
            "a region that stands in `of` too, for the share is a share of those",
            "add it to `of`, or remove it here",
        ),
        (
            "kind: tiers, tiers: [[East], [South, E]]",
            "tiers[1][1]",
            "E",
            "each region in one tier",
            "remove it here or in tiers[0]",
        ),
        (
            "kind: comparison, greater: {index: use, regions: [East, South]}, less: {index: use, regions: [North, S]}",
            "less.regions[1]",
            "S",
            "a region that is not on the other side, in the same index",
            "remove it here or there",
        ),
        (
            'kind: group_count, group_name: seaside, regions: [East, N], value: "2", within: "2"',
            "regions[1]",
            "N",
            "a region of seaside",
            "remove it, or correct the group",
        ),
        (
            'kind: group_count, group_name: my coast, groups: [seaside], regions: [North], value: "1", within: "2"',
            "regions[0]",
            "North",
            "a region of seaside",
            "remove it, or correct the group",
        ),
        (
            'kind: group_count, group_name: sea side, regions: [East], value: "1", within: "2"',
            "group_name",
            "sea side",
            "the name of a group in data/regions.csv, or `groups` with the names of those that it is made of",
            "write seaside",
        ),
        (
            'kind: group_count, group_name: all, groups: [seaside, inlnad], regions: [East], value: "1", within: "2"',
            "groups[1]",
            "inlnad",
            "the name of a group in data/regions.csv",
            "write inland",
        ),
    ],
)
def test_a_region_stands_only_where_the_claim_can_be_true(tiny, fields, place, found, expected, remedy):
    add(tiny, fields)
    problem = tiny.problem()
    assert problem.place == f"claims[11] (id new).{place}, line {tiny.line(FILE, 'id: new')}"
    assert (problem.found, problem.expected, problem.remedy) == (f'"{found}"', expected, remedy)


@pytest.mark.parametrize(
    "fields",
    [
        'kind: share, of: [South, Esat], regions: [East], value: "50"',
        'kind: share, of: [South, East], regions: [Esat], value: "50"',
        "kind: tiers, tiers: [[Esat], [South]]",
        'kind: group_count, group_name: seaside, regions: [Esat], value: "1", within: "2"',
        'kind: group_count, group_name: seaside, regions: [Isle], value: "1", within: "2"',
    ],
)
def test_one_wrong_name_is_one_problem(tiny, fields):
    add(tiny, fields)
    assert tiny.problem().found in {'"Esat"', '"Isle"'}


def test_all_problems_of_a_claim_are_named_at_once(tiny):
    add(tiny, 'kind: group_count, group_name: inland, regions: [East, North], value: "5", within: "4"')
    assert [(problem.found, problem.expected.split(",")[0]) for problem in tiny.problems()] == [
        ('"East"', "a region of inland"),
        ('"5"', 'at most "4"'),
        ('"4"', 'at most "3"'),
    ]


def test_groups_are_not_held_against_a_framework_that_cannot_be_used(tiny):
    """It says which columns of the regions are groups."""
    add(tiny, 'kind: group_count, group_name: nowhere, regions: [East], value: "1", within: "2"')
    tiny.edit("framework.yml", "normalise: min-max", "normalise: z")
    assert [problem.file for problem in tiny.problems()] == ["data/framework.yml"]
