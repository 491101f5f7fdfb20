"""What a region is compared with: those alike by one indicator, those of a similar profile, and what to expect."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Expectation, Region, site_name
from regional_index.render import (
    Cell,
    Column,
    Links,
    Table,
    change_cell,
    computed_cell,
    drop_noise,
    fill,
    is_missing,
    join_sentences,
    join_words,
    number_cell,
    of_indicators,
    of_open_series,
    rows_of,
    show_change,
    show_number,
    show_percent,
    show_quantity,
    show_score,
)
from regional_index.render.macros import macro
from regional_index.topics.series.regions import score_and_rank
from regional_index.topics.series.scores import rank_cell, score_cell


@macro()
def peers(facts: Facts, links: Links, region: str) -> Markup:
    """The regions most alike by the declared indicator, and the ranks by it; nothing where none is declared."""
    declared, code = facts.framework.expectation, facts.evaluated_region(region).code
    nearest = facts.expectation.peers(code)
    if declared is None or not nearest:
        return Markup("")
    ranks = facts.values.standings(declared.peers, facts.last_year)["value_rank"]
    named = [
        fill(facts, "expect.peer", region=links.region(other.code), rank=show_number(ranks[other.code], 0))
        for other in nearest
    ]
    return fill(
        facts,
        "expect.peers",
        region=facts.regions[code].name,
        indicator=links.indicator(declared.peers),
        year=facts.last_year,
        value=_value(facts, declared.peers, code),
        rank=show_number(ranks[code], 0),
        regions=join_words(named, facts.word("list.separator")),
    )


@macro()
def table_peers(facts: Facts, links: Links, region: str) -> Table | None:
    """A region, its peers and those of the nearest profile: the declared indicators, scores and ranks; or nothing."""
    declared, found = facts.framework.expectation, facts.evaluated_region(region)
    if declared is None or not facts.expectation.peers(region):
        return None
    word, compared = facts.word, list(dict.fromkeys([declared.peers, *declared.by]))
    columns = [Column(word("table.region")), Column(word("expect.alike"), wide=True)]
    columns += [_column(facts, code) for code in compared]
    columns += [Column(links.name(top.code), numeric=True) for top in facts.framework.indices]
    rows = []
    for other, reasons in _compared_with(facts, declared, found).items():
        row: list[Cell | Markup | str] = [links.region(other), join_words(reasons, word("list.separator"))]
        for code in compared:
            value = facts.values.raw_value(code, other, facts.last_year)
            row.append(number_cell(value, facts.indicator(code).decimals))
        row += [score_and_rank(facts, links, top.code, other) for top in facts.framework.indices]
        rows.append(row)
    caption = facts.sentence("caption.peers", region=found.name, year=facts.last_year)
    origin = of_open_series(facts) + of_indicators(facts, compared)
    return Table(f"peers-{found.slug}", caption, tuple(columns), rows_of(rows), origin, sortable=False)


@macro("expectation")
def expectation_of(facts: Facts, links: Links, region: str) -> Markup:
    """Expected score and rank of a region in every top index next to what it has; nothing where none is declared."""
    code, declared = facts.evaluated_region(region).code, facts.framework.expectation
    said = []
    for top in facts.framework.indices:
        scores = facts.expectation.scores(top.code)
        if declared is None or code not in scores.index:
            continue
        line, known = scores.loc[code], facts.open.scores(top.code)["score"]
        is_inside = known.min() <= line["expected"] <= known.max()
        difference = drop_noise(float(line["difference"]))
        side = "equal" if difference == 0 else "above" if difference > 0 else "below"
        gap = fill(facts, f"expect.{side}", points=show_score(abs(difference)))
        said.append(
            fill(
                facts,
                "expect.score" if is_inside else "expect.outside",
                index=links.index(top.code),
                by=_by(facts, links, declared),
                expected=show_score(line["expected"]),
                rank_expected=int(line["rank_expected"]),
                score=show_score(facts.open.score(top.code, code)),
                rank=facts.open.rank(top.code, code),
                difference=gap,
            )
        )
        said.append(_explained(facts, top.code))
    return join_sentences(facts, [*said, fill(facts, "expect.caution")] if said else [])


@macro()
def expectation_answer(facts: Facts, links: Links, index: str) -> Markup:
    """Who is furthest above and below what is expected in an index, and how much that explains; or nothing."""
    declared, scores = facts.framework.expectation, facts.expectation.scores(index)
    if declared is None or scores.empty:
        return Markup("")
    ends = {}
    for side, region in (("above", scores.index[0]), ("below", scores.index[-1])):
        change = show_change(drop_noise(float(scores.loc[region, "difference"])), 2)
        ends[side] = fill(facts, "expect.region", region=links.region(str(region)), difference=change)
    furthest = fill(facts, "expect.furthest", by=_by(facts, links, declared), **ends)
    return join_sentences(facts, [furthest, _explained(facts, index), fill(facts, "expect.caution")])


@macro()
def table_expected(facts: Facts, links: Links, index: str) -> Table | None:
    """Score and rank of every region in an index next to the expected ones; nothing where none is declared."""
    code, declared = facts.node(index).code, facts.framework.expectation
    scores = facts.expectation.scores(code)
    if declared is None or scores.empty:
        return None
    word = facts.word
    columns = (
        Column(word("table.region")),
        Column(word("expect.difference"), numeric=True),
        Column(word("table.score"), numeric=True),
        Column(word("expect.expected"), numeric=True),
        Column(word("table.rank"), numeric=True, best="low"),
        Column(word("expect.rank_expected"), numeric=True, best="low"),
    )
    rows = [
        [
            links.region(str(region)),
            change_cell(line["difference"], 2),
            score_cell(facts, links, code, str(region)),
            computed_cell(line["expected"]),
            rank_cell(facts, code, str(region)),
            number_cell(line["rank_expected"], 0),
        ]
        for region, line in scores.iterrows()
    ]
    by = _by(facts, links, declared).striptags()
    caption = facts.sentence("caption.expected", index=links.name(code), by=by, year=facts.last_year)
    note = fill(facts, "expect.method", by=_by(facts, links, declared), count=len(scores))
    origin = of_open_series(facts, code) + of_indicators(facts, declared.by)
    return Table(f"expected-{code}", caption, columns, rows_of(rows), origin, note=note)


def _compared_with(facts: Facts, declared: Expectation, region: Region) -> dict[str, list[str]]:
    """The region itself, its peers, and those of the nearest profile: by code, why each is compared."""
    reasons = {region.code: [facts.word("expect.itself")]}
    by_indicator = site_name(facts.indicator(declared.peers).name)
    for other in facts.expectation.peers(region.code):
        reasons[other.code] = [by_indicator]
    for other, _ in facts.open.neighbours(region.code):
        reasons.setdefault(other.code, []).append(facts.word("expect.profile"))
    return reasons


def _column(facts: Facts, indicator: str) -> Column:
    declared = facts.indicator(indicator)
    title = facts.sentence("expect.column", indicator=site_name(declared.name), unit=declared.unit)
    return Column(title, numeric=True)


def _value(facts: Facts, indicator: str, region: str) -> str:
    declared, value = facts.indicator(indicator), facts.values.raw_value(indicator, region, facts.last_year)
    return show_quantity(show_number(value, declared.decimals), declared.unit)


def _by(facts: Facts, links: Links, declared: Expectation) -> Markup:
    return join_words(map(links.indicator, declared.by), facts.word("list.separator"))


def _explained(facts: Facts, index: str) -> Markup:
    """How much of the differences between scores the expected ones have; nothing where all scores are equal."""
    share = facts.expectation.scores(index)["explained"].iloc[0]
    if is_missing(share):
        return Markup("")
    return fill(facts, "expect.explained", share=show_percent(share))
