"""The data of this index can be read, and its regions go by their names."""

from regional_index.facts import Facts
from regional_index.framework import fold
from regional_index.pages import PageWriter
from regional_index.site.search import make_documents, read_page


def test_every_region_is_found_by_any_of_its_names(real_facts: Facts) -> None:
    """Those of the regions table, in any spelling listed there."""
    for code, region in real_facts.regions.items():
        names = (region.name, region.full_name, region.name_en, region.slug, region.iso, *region.aliases)
        assert {name: real_facts.region(name).code for name in names} == dict.fromkeys(names, code)


def test_every_year_of_the_series_is_scored(real_facts: Facts) -> None:
    """By every index that is computed at all, or its parts would be compared over other years than the whole."""
    for code in real_facts.open.computed_nodes:
        assert [real_facts.open.scores(code, year)["score"].notna().any() for year in real_facts.framework.years]


def test_every_rank_has_a_range_of_ranks(real_facts: Facts) -> None:
    for index in real_facts.open.ranked_nodes:
        ranks = real_facts.open.scores(index)["rank"].dropna()
        ends = [real_facts.soundness.rank_range(index, str(region)) for region in ranks.index]
        assert all(found is not None and 1 <= found[0] <= found[1] <= len(ranks) for found in ends)


def test_every_indicator_is_searched_by_its_names_aliases_and_unit(real_facts: Facts, writer: PageWriter) -> None:
    """Names and aliases are names of its page; the unit is one, or in its text."""
    pages = {
        f"indicators/{code}/": read_page(
            f"<article>{writer.write(f'indicators/{code}.md', 'page_indicator', code=code)}</article>"
        )
        for code in real_facts.framework.indicators
    }
    found = {page["location"]: page for page in make_documents(pages, {}, real_facts)}
    for code, indicator in real_facts.framework.indicators.items():
        page = found[f"indicators/{code}/"]
        names = {fold(name) for name in page["names"]}
        assert indicator.aliases, code
        assert {fold(name) for name in (*indicator.name.values(), *indicator.aliases)} <= names
        assert fold(indicator.unit) in names or indicator.unit in page["sections"][0]["text"]


def test_no_alias_means_two_indicators_or_an_index(real_facts: Facts) -> None:
    framework = real_facts.framework
    nodes = {fold(name) for node in framework.walk() for name in (*node.name.values(), *node.aliases, node.short)}
    taken: dict[str, str] = {}
    for code, indicator in framework.indicators.items():
        for name in (*indicator.name.values(), *indicator.aliases):
            assert fold(name) not in nodes, name
            assert taken.setdefault(fold(name), code) == code, name
