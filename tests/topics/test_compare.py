"""The charts of the compare page, as they are before a reader chooses."""

from dataclasses import replace

from regional_index.facts import Facts
from regional_index.topics.all import catalogue
from regional_index.topics.series.charts.compare import CHOSEN, leading_regions
from tests.computed import build_facts


def test_the_first_two_are_chosen_and_the_data_have_all(second_facts: Facts) -> None:
    """In every chart; Elm has no harbour index and is last there."""
    figures = catalogue(second_facts)
    assert [region.name for region in leading_regions(second_facts)] == ["Arden", "Brill"]
    for name in ("compare", "harbour-compare-years", "shore-compare-years"):
        figure = figures[name]()
        assert {"name": CHOSEN, "value": ["Arden", "Brill"]} in figure.chart.to_dict()["params"]
        assert set(figure.table["Island"]) == {"Arden", "Brill", "Corsa", "Dunmore", "Elm"}
        assert "Arden, Brill" in figure.description
    assert figures["compare"]().table["Island"].iloc[-1] == "Elm"


def test_all_who_are_first_are_counted_at_the_end_of_a_strip(second_facts: Facts) -> None:
    """Elm and Corsa share the first rank of the shore."""
    datasets = catalogue(second_facts)["compare"]().chart.to_dict()["datasets"].values()
    leaders = {row["index"]: row["leader"] for rows in datasets for row in rows if "leader" in row}
    assert leaders["Shore index"] == "2 islands"
    assert leaders["Harbour index"] == "Arden"


def test_one_year_has_no_lines(second_facts: Facts) -> None:
    """No chart compares a year with itself."""
    project = second_facts.declared
    facts = build_facts(replace(project, framework=replace(project.framework, years=(2031,))))
    assert [name for name in catalogue(facts) if "compare" in name] == ["compare"]


def test_the_caption_of_ranks_says_in_which_index_the_marked_ones_lead(second_facts: Facts) -> None:
    """In the chart of another index they need not."""
    said = catalogue(second_facts)["shore-compare-years"]().description
    assert "the first of Harbour index are marked: Arden, Brill" in said


def test_titles_of_the_comparison_name_the_lens(second_facts: Facts) -> None:
    """Of the parts that the script writes, too."""
    declared = second_facts.declared
    series = declared.words["series.open"]
    words = {**declared.words, "compare.gaps": f"Gaps, {series} {{year}}", "caption.compare": f"Scores, {series}"}
    facts = build_facts(replace(declared, words=words))
    assert "Totals" in facts.word("compare.gaps")
    assert "Totals" in facts.word("caption.compare")
