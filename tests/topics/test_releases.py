"""Releases side by side: the newest state with the last one, and that with the one before."""

import pandas as pd
import pytest

from regional_index.facts import Facts, Kept
from regional_index.framework import Publication, Release
from regional_index.render import Links
from regional_index.topics.edition.releases import table_releases, table_restated, table_stated_in_both
from tests.changed_facts import with_scores


def release(name: str, facts: Facts) -> Kept:
    return Kept(Release(name, "2032-01-02", facts.framework.edition, facts.framework.years, "", "", ""), facts)


@pytest.fixture(scope="module")
def releases(second_facts: Facts) -> list[Kept]:
    """Two, of which the first had another score of Arden."""

    def change(scores: pd.DataFrame) -> None:
        scores.loc[("harbour", second_facts.last_year, "A1"), "score"] = 1.0

    return [release("open-1", with_scores(second_facts, change)), release("open-2", second_facts)]


def links_of(facts: Facts) -> Links:
    return Links(facts, lambda: "editions/index.md")


def test_the_last_two_releases_are_compared_on_request(second_facts: Facts, releases: list[Kept]) -> None:
    """Nothing changed since the last one; a score did between the two."""
    links = links_of(second_facts)
    assert "are as in" in str(table_restated(second_facts, links, releases))
    between = table_restated(second_facts, links, releases, back=1)
    assert between is not None
    assert [[cell.value for cell in row][-2] for row in between.rows] == [1.0]
    assert between.name == "restated-1"


def test_there_is_nothing_to_compare_where_releases_are_too_few(second_facts: Facts, releases: list[Kept]) -> None:
    links = links_of(second_facts)
    assert table_restated(second_facts, links, []) is None
    assert table_restated(second_facts, links, releases[:1], back=1) is None
    assert table_stated_in_both(second_facts, links, releases) is None


def test_the_newest_state_is_called_what_it_is(second_facts: Facts, releases: list[Kept]) -> None:
    """An edition and the open series, which is not put away but follows the data."""
    table = table_releases(second_facts, links_of(second_facts), Publication("2032-03-04", "abc"), releases)
    first = [cell.value for cell in table.rows[0]]
    assert str(first[0]).startswith("Newest: ")
    assert first[2] == "follows the data"
