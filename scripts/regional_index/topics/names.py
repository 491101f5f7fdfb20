"""Names of indices, indicators and regions, words, and addresses."""

import pandas as pd
from markupsafe import Markup
from markupsafe import escape as escape_html

from regional_index.facts import Facts
from regional_index.render import Links, escape, fill, join_words, show_years
from regional_index.render.macros import macro


def name_child(facts: Facts, links: Links, code: str) -> Markup:
    """The name of a node or an indicator, linked."""
    return links.index(code) if code in facts.framework.nodes else links.indicator(code)


@macro()
def scored_indices(facts: Facts) -> list[str]:
    """The top indices with a score in the last year."""
    return [node.code for node in facts.framework.indices if node.code in facts.open.ranked_nodes]


@macro()
def region(links: Links, name: str) -> Markup:
    """Link to the page of a region."""
    return links.region(name)


@macro()
def index(links: Links, code: str) -> Markup:
    """Link to the page of an index."""
    return links.index(code)


@macro()
def indicator(links: Links, code: str) -> Markup:
    """Link to an indicator in the codebook."""
    return links.indicator(code)


@macro()
def word(facts: Facts, key: str) -> Markup:
    """A word of the site's language."""
    return escape(facts.word(key))


@macro()
def link(links: Links, target: str) -> Markup:
    """Relative address of a page or file of the site, given from its root."""
    return Markup(escape_html(links.to(target)))


def list_regions_and_years(facts: Facts, links: Links, rows: pd.DataFrame) -> Markup:
    """Every region in the rows, linked, with its years; rows have `region, year`."""
    named = []
    for region, years in rows.groupby("region", sort=False)["year"]:
        listed = sorted(years)
        all_years = len(listed) == len(facts.framework.years)
        shown = facts.word("missing.all_years") if all_years else show_years(facts, listed)
        named.append(fill(facts, "missing.region", region=links.region(str(region)), years=shown))
    return join_words(named, facts.word("list.separator"))
