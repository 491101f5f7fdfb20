"""A year that is not there is not compared, drawn or shown empty."""

import re
from pathlib import Path

import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.pages import PageWriter
from regional_index.read import read_project
from regional_index.topics.all import catalogue, variants
from tests.computed import build_facts
from tests.conftest import ROOT
from tests.editing import edit_yaml, replace_once
from tests.left_out import checked, filled


def drop_year(root: Path, year: int, *indicators: str) -> None:
    """Take a year out of the files of some indicators, and what is declared about it."""
    for code in indicators:
        path = root / "data" / "indicators" / f"{code}.csv"
        path.write_text("".join(row for row in path.read_text().splitlines(keepends=True) if f",{year}," not in row))

    def kept(entries: list[dict[str, object]]) -> list[dict[str, object]]:
        return [entry for entry in entries if entry["year"] != year or entry["indicator"] not in indicators]

    edit_yaml(root / "data" / "corrections.yml", lambda read: read.update(corrections=kept(read["corrections"])))
    edit_yaml(root / "data" / "sources.yml", lambda read: read.update(control_totals=kept(read["control_totals"])))


def not_out_yet(root: Path, indicator: str) -> None:
    """An indicator is published for 2030 and not yet for 2031."""
    drop_year(root, 2031, indicator)

    def declare(read: dict[str, list[dict[str, object]]]) -> None:
        (entry,) = (entry for entry in read["indicators"] if entry["code"] == indicator)
        entry["years"] = [2030]

    edit_yaml(root / "data" / "framework.yml", declare)


def one_year(root: Path) -> None:
    """The open series has 2031 alone."""
    drop_year(root, 2030, "cargo", "clean_beaches", "residents", "waiting_time")
    edit_yaml(root / "data" / "framework.yml", lambda read: read["series"]["open"].update(years=[2031]))


def drawn(facts: Facts) -> set[str]:
    """Ids of the charts there are, each of which can be made."""
    charts = {**catalogue(facts), **variants(facts)}
    for make in charts.values():
        make()
    return set(charts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("indicator", "index", "page", "score"),
    [
        # The only indicator of a sub-index: 2030 Elm 9, Dunmore 15, …, Arden 45 hours.
        ("waiting_time", "speed", "harbour/speed.md", "100.00"),
        # Three quarters of an index at the top, which has no score without them.
        ("clean_beaches", "shore", "shore.md", "97.50"),
    ],
)
def test_an_index_whose_last_year_is_not_out_shows_the_years_there_are(
    second_copy: Path, tmp_path: Path, indicator: str, index: str, page: str, score: str
) -> None:
    not_out_yet(second_copy, indicator)
    said = checked(second_copy)[page]
    assert "Not out yet. In 2030: " in said
    assert re.search(rf">{score}<[^,]*, rank 1; the mean is", said)
    facts = build_facts(read_project(second_copy))
    assert facts.open.scored_years(index) == (2030,)
    own = {chart for chart in drawn(facts) if chart.startswith(f"{index}-")}
    assert own == {f"{index}-edition"}
    text = filled(facts, ROOT / "docs" / "_parts", tmp_path / "cache")[page]
    assert "2031 年还没有得分，最近的是 2030 年。" in text


@pytest.mark.slow
def test_an_index_without_any_score_says_so(second_copy: Path, tmp_path: Path) -> None:
    """Nobody ever published the only indicator of a sub-index."""
    drop_year(second_copy, 2030, "waiting_time")
    drop_year(second_copy, 2031, "waiting_time")
    regions = ["Arden", "Brill", "Corsa", "Dunmore", "Elm"]

    def declare(read: dict[str, list[dict[str, object]]]) -> None:
        (entry,) = (entry for entry in read["indicators"] if entry["code"] == "waiting_time")
        entry["not_published"] = regions

    edit_yaml(second_copy / "data" / "framework.yml", declare)
    replace_once(second_copy / "docs" / "trends" / "sail-to-steam.md", "{{ chart('indicator-waiting_time') }}", "")
    assert "No year has scores." in checked(second_copy)["harbour/speed.md"]
    facts = build_facts(read_project(second_copy))
    drawn(facts)
    assert "各年都没有得分" in filled(facts, ROOT / "docs" / "_parts", tmp_path / "cache")["harbour/speed.md"]


@pytest.mark.slow
def test_values_of_a_sub_index_are_those_of_the_last_year_that_has_any(second_copy: Path) -> None:
    not_out_yet(second_copy, "waiting_time")
    page = checked(second_copy)["harbour/speed.md"]
    assert "Speed: values of 2030" in page
    assert "values of 2031" not in page


@pytest.mark.slow
def test_one_year_is_compared_with_nothing(second_copy: Path, tmp_path: Path) -> None:
    one_year(second_copy)
    ours = checked(second_copy)
    facts = build_facts(read_project(second_copy))
    assert not facts.open.has_movement
    assert not {"movement.csv", "decomposition.csv"} & {path.name for path in (second_copy / "build/results").iterdir()}
    assert not [chart for chart in drawn(facts) if chart.endswith("-years")]
    wrong = (
        "Places gained",
        "from rank",
        "in 2031 to",
        "2031 to 2031",
        "2031–2031",
        "2031—2031",
        "movement",
        "why",
    )
    for pages in (ours, filled(facts, ROOT / "docs" / "_parts", tmp_path / "cache")):
        texts = {name: text for name, text in pages.items() if name.endswith(".md")}
        assert len(texts) >= 6 + 2 * 5
        for name, text in texts.items():
            assert not [word for word in wrong if word in text], name


@pytest.mark.slow
def test_sentences_that_compare_years_refuse_a_single_one(second_copy: Path) -> None:
    one_year(second_copy)
    macros = PageWriter(build_facts(read_project(second_copy)), {}, {}).macros
    assert macros["movement"]("Arden") == "There is only 2031, so no change to tell."
    assert macros["has_climber"]("harbour") is False
    for name, arguments, message in (
        ("climber", ["harbour"], "no region has gained a place"),
        ("rank_change", ["harbour", "Arden"], "has no change of rank"),
        ("growth", ["cargo", 2031, 2031], "2031 is compared with itself; name two years"),
    ):
        with pytest.raises(LookupFailed, match=message):
            macros[name](*arguments)
