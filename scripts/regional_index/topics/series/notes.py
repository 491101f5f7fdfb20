"""Notes on figures that are not as new, or not as comparable, as the others that a page uses."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.render import Links, element, escape, fill, join_sentences, join_words, show_years
from regional_index.render.macros import macro
from regional_index.topics.data import quality_flags


@macro()
def series_notes(facts: Facts, links: Links, index: str = "", indicator: str = "") -> Markup:
    """Which figures of the last year are imputed for all regions, which are calculated, and where a series breaks.

    Of years of the open series; of one indicator all its years. Nothing where there is nothing to say.

    Args:
        facts: The open series.
        links: From the page that is written.
        index: Code of the index that the page is about; all indices by default.
        indicator: Code of the indicator that the page is about.
    """
    series = facts.framework.years
    if indicator:
        name = escape(site_name(facts.indicator(indicator).name))
        found = [list(_notes(facts, indicator, name, facts.values.years(indicator)))]
    else:
        codes = list(facts.framework.indicators_below(index) if index else facts.framework.used_indicators)
        found = [list(_notes(facts, code, links.indicator(code), series)) for code in codes]
    notes = [join_sentences(facts, said) for said in found if said]
    return element("ul", *(element("li", note) for note in notes), class_="ri-note") if notes else Markup("")


def _notes(facts: Facts, code: str, name: Markup, years: Sequence[int]) -> Iterator[Markup]:
    declared, gaps = facts.indicator(code), {"indicator": name, "year": facts.last_year}
    before = imputed_from(facts, code)
    if before:
        rule = facts.word(f"imputed.{facts.results.imputation_rules[code]}")
        yield fill(facts, "notes.imputed", before=before, rule=rule, **gaps)
    calculated = [year for year in declared.calculated if year in years]
    if calculated:
        yield fill(facts, "notes.calculated", indicator=name, years=show_years(facts, calculated))
    for year, note in declared.breaks.items():
        if year in years[1:]:
            yield fill(facts, "notes.break", indicator=name, note=note)


@macro()
def made_of(facts: Facts, links: Links, index: str) -> Markup:
    """The indicators that a sub-index is computed from, with marks of their quality; nothing of other indices."""
    codes = facts.node(index).indicators
    if not codes:
        return Markup("")
    listed = [join_words(filter(None, [links.indicator(code), quality_flags(facts, code)]), " ") for code in codes]
    key = "page.made_of" if len(codes) > 1 else "page.made_of_one"
    return fill(facts, key, count=len(codes), indicators=join_words(listed, facts.word("list.separator")))


@macro()
def same_scores(facts: Facts, links: Links) -> Markup:
    """Which sub-indices have the same score in every region of the last year, for they are made of the same figures."""
    alike: dict[tuple[float, ...], list[str]] = {}
    for code in facts.open.ranked_nodes:
        if facts.node(code).indicators:
            scores = facts.open.scores(code)["score"].sort_index().fillna(-1.0)
            alike.setdefault(tuple(scores), []).append(code)
    groups = [join_words(map(links.index, codes), facts.word("list.separator"))
              for codes in alike.values() if len(codes) > 1]  # fmt: skip
    return join_sentences(facts, [fill(facts, "page.same", indices=group) for group in groups])


def imputed_from(facts: Facts, code: str) -> int | None:
    """The year of the newest figures of an indicator in the tree, where no region has one of the last year."""
    if code not in facts.framework.used_indicators or not facts.has_table("cells"):
        return None
    known = facts.results.values[code].dropna().index.get_level_values("year")
    filled = facts.results.filled[code].xs(facts.last_year, level="year")
    return int(known.max()) if len(known) and facts.last_year not in known and filled.any() else None
