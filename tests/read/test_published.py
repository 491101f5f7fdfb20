"""The published edition against the framework, the regions and itself."""

import pytest

from regional_index.read import read_project

PATH = "data/published/2022.yml"
FILE = "published/2022.yml"


@pytest.mark.parametrize(
    ("old", "new", "place", "found", "expected", "remedy"),
    [
        (
            "regions: [East, South, North]",
            "regions: [East, Suoth, North]",
            "claims[4] (id supply-order).regions[1]",
            "Suoth",
            "a region of data/regions.csv",
            "write South if that is meant, or add the name to its aliases",
        ),
        (
            "regions: [East, South, North]",
            "regions: [East, Isle]",
            "claims[4] (id supply-order).regions[1]",
            "Isle",
            "a region that the index evaluates",
            "remove Isle, or set its evaluated to yes in data/regions.csv",
        ),
        (
            "regions: [East, South, North]",
            "regions: [East, South, east]",
            "claims[4] (id supply-order).regions[2]",
            "east",
            "each region once",
            "remove it, or write the region meant; East is the same region",
        ),
        (
            "[South, North]]",
            "[South, Nroth]]",
            "claims[9] (id supply-tiers).tiers[1][1]",
            "Nroth",
            "a region of data/regions.csv",
            "write North if that is meant, or add the name to its aliases",
        ),
        (
            "[Eastland Province]",
            "[Eastland Provinc]",
            "claims[10] (id supply-comparison).greater.regions[0]",
            "Eastland Provinc",
            "a region of data/regions.csv",
            "write East if that is meant, or add the name to its aliases",
        ),
        (
            "of: total",
            "of: [East, Nroth]",
            "claims[7] (id supply-share).of[1]",
            "Nroth",
            "a region of data/regions.csv",
            "write North if that is meant, or add the name to its aliases",
        ),
        (
            "of: total",
            "of: [East, Isle]",
            "claims[7] (id supply-share).of[1]",
            "Isle",
            "a region that the index evaluates",
            "remove Isle, or set its evaluated to yes in data/regions.csv",
        ),
        (
            "of: total",
            "of: [East, South, S]",
            "claims[7] (id supply-share).of[2]",
            "S",
            "each region once",
            "remove it, or write the region meant; South is the same region",
        ),
        (
            "regions: [Isle]",
            "regions: [Isel]",
            "context[1] (id isle-wires).regions[0]",
            "Isel",
            "a region of data/regions.csv",
            "write Isle if that is meant, or add the name to its aliases",
        ),
        (
            "supply-count, index: supply",
            "supply-count, index: suply",
            "claims[6] (id supply-count).index",
            "suply",
            "the code of an index in data/framework.yml",
            "write supply",
        ),
        (
            "less: {index: supply",
            "less: {index: suply",
            "claims[10] (id supply-comparison).less.index",
            "suply",
            "the code of an index in data/framework.yml",
            "write supply",
        ),
        (
            'kind: share, of: total, regions: [East], value: "60.00", place: supply-2',
            'kind: share, of: total, regions: [East], value: "60.00", place: supply-3',
            "claims[7] (id supply-share).place",
            "supply-3",
            "an id under places",
            "write supply-2",
        ),
        (
            "place: trend-1, from",
            "place: trend-9, from",
            "trends[0] (id 01).place",
            "trend-9",
            "an id under places",
            "write trend-1",
        ),
        (
            "context: [wires]",
            "context: [wirez]",
            "trends[0] (id 01).context[0]",
            "wirez",
            "an id under context",
            "write wires",
        ),
        ("source: report", "source: reports", "source", "reports", "an id of data/sources.yml", "write report"),
        (
            'edition: "2022"',
            'edition: "2023"',
            "edition",
            "2023",
            "2022, as under series.published in data/framework.yml",
            "correct it here or there",
        ),
    ],
)
def test_what_is_referred_to_must_exist(tiny, old, new, place, found, expected, remedy):
    tiny.edit(FILE, old, new)
    problem = tiny.problem()
    assert problem.file == PATH
    assert problem.place.rsplit(", line ", 1) == [place, str(tiny.line(FILE, new))]
    assert (problem.found, problem.expected, problem.remedy) == (f'"{found}"', expected, remedy)


def test_the_data_year_is_that_of_the_framework(tiny):
    tiny.edit(FILE, "data_year: 2021", "data_year: 2020")
    assert (tiny.problem().place, tiny.problem().found) == ("data_year, line 3", "2020")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("id: supply-mean", "id: supply-total", "claims[1] (id supply-total).id"),
        ("id: isle-wires", "id: wires", "context[1] (id wires).id"),
        ("id: isle-wires", "id: supply-mean", "context[1] (id supply-mean).id"),
        ("trends:\n", 'trends:\n  - {id: "01", place: trend-1, from: a, to: b, context: []}\n', "trends[1] (id 01).id"),
        (
            "places:\n",
            "places:\n  - {id: trend-1, section: S, paragraph: 1, summary: s}\n",
            "places[3] (id trend-1).id",
        ),
    ],
)
def test_an_id_stands_once(tiny, old, new, place):
    tiny.edit(FILE, old, new)
    problem = tiny.problem()
    assert (problem.file, problem.place.rsplit(", line ", 1)[0]) == (PATH, place)
    assert problem.expected == "each id once"
    assert problem.remedy.startswith("rename it, or remove one; the other is in line ")


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
