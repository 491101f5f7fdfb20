"""The framework: codes, references and the shape of the tree."""

import pytest

PATH = "data/framework.yml"
SIZE = "indices[0] (code supply).children[0] (code size)"


def test_an_unknown_indicator_in_the_tree_is_reported_with_the_one_meant(tiny):
    tiny.edit("framework.yml", "{patents: 1}", "{patent: 1}")
    problem = tiny.problem()
    line = tiny.line("framework.yml", "{patent: 1}")
    assert problem.file == PATH
    assert problem.place == f"indices[0] (code supply).children[1] (code skill).indicators.patent, line {line}"
    assert (problem.found, problem.expected) == ('"patent"', "an indicator of this file")
    assert problem.remedy == "write patents"


def test_a_file_that_no_indicator_uses_is_reported(tiny):
    tiny.write("indicators/spare.csv", b"region,year,value\n")
    problem = tiny.problem()
    assert (problem.file, problem.found) == ("data/indicators/spare.csv", "a file no indicator uses")
    assert problem.remedy == "declare an indicator for it in data/framework.yml, or remove the file"


def only_divided(tiny, described):
    """Turnover per head has a file of its own."""
    tiny.write("indicators/sales.csv", (tiny.root / "data/indicators/turnover.csv").read_bytes())
    tiny.edit("framework.yml", "{file: turnover,", f"{{file: sales, {described}")


def test_a_file_that_is_only_divided_is_described_where_it_is_divided(tiny):
    only_divided(tiny, "unit: crowns, kind: amount,")
    assert tiny.problems() == ()
    tiny.edit("indicators/sales.csv", "North,2022,20", "North,2022,-20")
    tiny.append("corrections.yml", "  - {indicator: sales, region: East, year: 2022, value: 60, decision: exclude,"
                " reason: r, until: u}\n")  # fmt: skip
    correction, cell = tiny.problems()
    assert (cell.file, cell.expected) == ("data/indicators/sales.csv", "0 or more")
    assert correction.remedy.startswith("declare an indicator sales without per")


@pytest.mark.parametrize(
    ("described", "place", "expected"),
    [
        ("", ".per.file", "a file whose undivided values are described"),
        ("unit: crowns,", ".per", "`kind`"),
        ("kind: amounts, unit: x,", ".per.kind", "one of count"),
    ],
)
def test_a_file_that_is_only_divided_needs_a_unit_and_a_kind(tiny, described, place, expected):
    only_divided(tiny, described)
    problem = tiny.problem()
    assert problem.place.startswith(f"indicators[3] (code turnover_per_head){place}, line ")
    assert problem.expected.startswith(expected)


def test_a_divided_file_is_named_where_it_is_divided(tiny):
    tiny.edit("framework.yml", "    per: {file: turnover, ", "    file: turnover\n    per: {")
    assert tiny.problem().expected == "the undivided file under `per`"
    assert tiny.problem().remedy == "write per: {file: turnover, …}"


def test_a_node_has_children_or_indicators(tiny):
    tiny.edit(
        "framework.yml",
        "    definition: How much it is used.\n",
        "    definition: How much it is used.\n    indicators: {patents: 1}\n",
    )
    problem = tiny.problem()
    assert problem.place.startswith("indices[1] (code use), line ")
    assert (problem.found, problem.expected) == (
        "children and indicators",
        "children or indicators, not both",
    )
    assert "sub-index of their own" in problem.remedy


@pytest.mark.parametrize("indicators", ["", "        indicators: {}\n"])
def test_a_node_of_nothing_must_say_why(tiny, indicators):
    tiny.edit("framework.yml", "        indicators: {turnover: 1}\n", indicators)
    problem = tiny.problem()
    assert problem.place.startswith(f"{SIZE}, line ")
    assert problem.expected == "children, indicators or not_computed"
    assert problem.remedy == "add what it is made of, or say under not_computed why it is not computed"


def test_a_node_that_says_why_it_is_not_computed_is_fine(tiny):
    tiny.edit("framework.yml", "indicators: {turnover: 1}", "not_computed: Nobody measures it.")
    tiny.edit("framework.yml", "    measures: What the firms", "    context: true\n    measures: What the firms")
    assert tiny.problems() == ()


def test_a_node_that_is_computed_is_not_said_not_to_be(tiny):
    tiny.edit("framework.yml", "indicators: {turnover: 1}", "indicators: {turnover: 1}\n        not_computed: Why?")
    problem = tiny.problem()
    assert problem.place.startswith(f"{SIZE}.not_computed, line ")
    assert problem.expected == "no reason where there is something to compute"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("{turnover: 1}", "{turnover: 0}", f"{SIZE}.indicators"),
        (
            "coverage: 1, turnover_per_head: 1",
            "coverage: 0, turnover_per_head: 0.0",
            "indices[1] (code use).children[0] (code spread).indicators",
        ),
    ],
)
def test_weights_are_not_all_zero(tiny, old, new, place):
    tiny.edit("framework.yml", old, new)
    problem = tiny.problem()
    assert problem.place == f"{place}, line {tiny.line('framework.yml', new)}"
    assert (problem.found, problem.expected) == ("weights all 0", "a weight above 0")
    assert problem.remedy == "give at least one a weight above 0"


def test_weights_of_children_are_not_all_zero(tiny):
    tiny.edit("framework.yml", "weight: 3", "weight: 0")
    tiny.edit("framework.yml", "weight: 1\n", "weight: 0\n")
    assert tiny.problem().place.startswith("indices[0] (code supply).children, line ")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("code: skill", "code: size", "indices[0] (code supply).children[1] (code size).code"),
        ("- code: residents", "- code: use", "indicators[4] (code use).code"),
    ],
)
def test_a_code_stands_once_among_indices_and_indicators(tiny, old, new, place):
    tiny.edit("framework.yml", old, new)
    found = [problem for problem in tiny.problems() if problem.expected == "each code once"]
    assert [problem.place.split(", line")[0] for problem in found] == [place]
    assert found[0].remedy.startswith("rename it, or remove one; the other is in line ")


def test_a_group_stands_once(tiny):
    group = "  - {code: coast, name: {en: Coast}, order: [inland, seaside]}\n"
    line = tiny.line("framework.yml", group.strip()) + 1
    tiny.edit("framework.yml", group, group + group)
    assert tiny.problem().place == f"groups[1] (code coast).code, line {line}"


def test_a_group_is_no_fixed_column(tiny):
    tiny.edit(
        "framework.yml",
        "order: [inland, seaside]}\n",
        "order: [inland, seaside]}\n  - {code: name, name: {en: N}, order: [x]}\n",
    )
    expected = {problem.expected for problem in tiny.problems() if problem.file == PATH}
    assert expected == {"no fixed column of data/regions.csv"}


def test_an_unknown_denominator_is_reported(tiny):
    tiny.edit("framework.yml", "indicator: residents", "indicator: resident")
    problem = tiny.problem()
    assert problem.place.startswith("indicators[3] (code turnover_per_head).per.indicator, line ")
    assert (problem.found, problem.remedy) == ('"resident"', "write residents")


def test_a_denominator_is_not_itself_divided(tiny):
    tiny.edit("framework.yml", "indicator: residents", "indicator: turnover_per_head")
    assert tiny.problem().expected == "an indicator that is not itself divided"


def test_a_denominator_covers_the_years_of_what_it_divides(tiny):
    tiny.edit("framework.yml", "    unit: thousand\n", "    unit: thousand\n    years: [2021]\n")
    tiny.write("indicators/residents.csv", b"region,year,value\nNorth,2021,100\nSouth,2021,100\nEast,2021,200\n")
    problem = tiny.problem()
    assert problem.found == '"residents"'
    assert problem.expected == "an indicator that covers 2022"


def test_an_unknown_source_is_reported(tiny):
    tiny.edit("framework.yml", "source: survey", "source: servey")
    problem = tiny.problem()
    assert problem.place.startswith("indicators[2] (code coverage).source, line ")
    assert (problem.found, problem.expected) == ('"servey"', "an id of data/sources.yml")
    assert problem.remedy == "write survey"


@pytest.mark.parametrize("bands", ["[50, 25, 75]", "[25, 25, 75]"])
def test_bands_ascend(tiny, bands):
    tiny.edit("framework.yml", "bands: [25, 50, 75]", f"bands: {bands}")
    problem, line = tiny.problem(), tiny.line("framework.yml", "bands:")
    assert (problem.place, problem.expected) == (f"bands, line {line}", "bounds that ascend")
    assert problem.found == bands.strip("[]")
    assert problem.remedy == "put them in order"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Eats", "a region of data/regions.csv"), ("Isle", "a region that the index evaluates")],
)
def test_an_unpublished_region_is_one_of_the_evaluated(tiny, name, expected):
    tiny.edit("framework.yml", "not_published: [East]", f"not_published: [East, {name}]")
    problem = tiny.problem()
    assert problem.place.startswith("indicators[1] (code patents).not_published[1], line ")
    assert (problem.found, problem.expected) == (f'"{name}"', expected)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("name: {en: Skill}", "name: {en: Size}", "indices[0] (code supply).children[1] (code skill).name.en"),
        ("name: {en: Use}", "name: {en: Supply, fr: Usage}", "indices[1] (code use).name.en"),
        ("name: {en: Residents}", "name: {en: Patents}", "indicators[4] (code residents).name.en"),
    ],
)
def test_no_two_nodes_and_no_two_indicators_have_the_same_name(tiny, old, new, place):
    """They would be two columns of one table under the same heading."""
    tiny.edit("framework.yml", old, new)
    problem = tiny.problem()
    assert (problem.place.split(", line")[0], problem.expected) == (place, "each name once")
    assert problem.remedy.startswith("rename it, or remove one; the other is in line ")


def test_an_indicator_may_be_called_like_its_index_and_alike_in_other_languages(tiny):
    tiny.edit("framework.yml", "name: {en: Skill}", "name: {en: Patents, fr: Taille}")
    tiny.edit("framework.yml", "name: {en: Size}", "name: {en: Size, fr: Taille}")
    assert tiny.problems() == ()


@pytest.mark.parametrize(
    ("old", "new", "place", "expected"),
    [
        ("kind: amount", "kind: signed", "indicators[0] (code turnover).max_ratio", "no max_ratio where kind"),
        ("kind: count\n    direction: 1\n    decimals: 0\n    source: office\n    measures: Res",
         "kind: signed\n    direction: 1\n    decimals: 0\n    source: office\n    measures: Res",
         "indicators[3] (code turnover_per_head).per.indicator", "an indicator that is not signed"),
    ],
)  # fmt: skip
def test_what_may_be_negative_has_no_ratios_and_divides_nothing(tiny, old, new, place, expected):
    tiny.edit("framework.yml", old, new)
    assert tiny.problem().place.startswith(place)
    assert tiny.problem().expected.startswith(expected)
