"""What the script of the compare page needs besides its table: where the data are, and the words to show them with."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.markup import Links, element

DATA = "api/v1/compare.json"
WORDS = {
    "year": "table.year",
    "place": "rank.place",
    "range": "rank.range",
    "neighbour": "portrait.neighbour",
    "separator_list": "list.separator",
    "mean": "compare.mean",
    "above": "compare.above",
    "nothing": "compare.nothing",
    "step": "compare.step",
    "limit": "next.limit",
    "missing": "next.missing",
    "failed": "compare.failed",
    "unknown_year": "compare.unknown_year",
    "gaps": "compare.gaps",
    "steps": "compare.steps",
    "partial": "status.partial",
    "indicator": "table.indicator",
    "neighbours": "compare.neighbours",
    "region": "table.region",
}


def compare_data(facts: Facts, links: Links) -> Markup:
    """An empty element that says where the data of the compare page are, and in which words to show them."""
    words = {f"data_{name}": facts.word(key) for name, key in WORDS.items()}
    names = {code: links.name(code) for code in facts.computed_nodes}
    names |= {code: site_name(facts.indicator(code).name) for code in facts.framework.used_indicators}
    labels = [element("i", name, data_name=code) for code, name in names.items()]
    years = ",".join(str(year) for year in facts.framework.years)
    return element(
        "div",
        *labels,
        hidden=True,
        data_compare_data=links.to(DATA),
        data_years=years,
        data_search_exclude=True,
        **words,
    )
