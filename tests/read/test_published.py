"""The published edition: what is read of it, and what its claims may state."""

import json
from pathlib import Path

import pytest

from regional_index.claims.kinds import KINDS
from regional_index.errors import DataError
from regional_index.framework import Decision
from regional_index.read import read_project, schemas
from regional_index.read.draft import read_claim

PATH = "data/published/2022.yml"
FILE = "published/2022.yml"
SEASIDE = "kind: group_count, group_name: seaside, regions: [East, South]"


def test_a_context_figure_may_be_about_a_region_that_is_not_evaluated(tiny_project):
    assert tiny_project.edition.figure("isle-wires").regions == ("4",)


def test_regions_of_claims_become_codes_wherever_they_stand(tiny_project):
    edition = tiny_project.edition
    assert edition.claim("supply-order").regions == ("3", "2", "1")
    assert edition.claim("supply-tiers").details["tiers"] == (("3",), ("2", "1"))
    assert edition.claim("supply-comparison").details["greater"] == {"index": "supply", "regions": ("3",)}


def test_fields_of_a_kind_are_kept_as_details(tiny_project):
    assert tiny_project.edition.claim("supply-share").details == {"of": "total"}
    claim = tiny_project.edition.claim("supply-above-mean")
    assert claim.details == {"threshold": "mean", "exhaustive": True}
    assert tiny_project.edition.claim("supply-mean").value == "50.00"


def test_the_regions_of_a_base_and_the_groups_of_a_count_are_kept(tiny):
    tiny.edit(FILE, "of: total", "of: [East, North]")
    groups = "group_name: all, groups: [inland, seaside]"
    counted = f'id: new, index: use, kind: group_count, {groups}, regions: [North], value: "1", within: "2"'
    tiny.edit(FILE, "\n\ncontext:", f"\n  - {{{counted}, place: supply-2}}\n\ncontext:")
    edition = read_project(tiny.root).edition
    assert edition.claim("supply-share").details == {"of": ("3", "1")}
    assert edition.claim("new").details["groups"] == ("inland", "seaside")


def test_an_edition_knows_its_file(tiny_project):
    assert tiny_project.edition.file == PATH


def test_without_score_range_scores_go_from_0_to_100(tiny_project):
    assert tiny_project.edition.score_range == (0.0, 100.0)


def test_the_score_range_is_that_of_the_edition(tiny):
    tiny.edit(FILE, "source: report\n", 'source: report\nscore_range: {lower: "5", upper: "90.5", note: Guessed.}\n')
    assert read_project(tiny.root).edition.score_range == (5.0, 90.5)


def test_a_claim_of_a_draft_keeps_to_the_range_too(tiny_project):
    claim = {"kind": "score", "index": "use", "regions": ["East"], "value": "100.5"}
    with pytest.raises(DataError, match="expected a score from 0 to 100"):
        read_claim(claim, tiny_project)
    assert read_claim(claim, tiny_project, (0.0, 100.5)).value == "100.5"


def test_a_decision_names_its_claim_and_the_reason(tiny):
    tiny.append(FILE, "set_aside:\n  - {claim: supply-share, reason: The report gives another sum.}\n")
    decision = Decision("supply-share", "The report gives another sum.")
    assert read_project(tiny.root).edition.set_aside == {"supply-share": decision}


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
