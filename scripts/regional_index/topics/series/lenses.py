"""The readings of the series side by side: a switch, two ranks, who moves between them, and what each lens divides."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Lens
from regional_index.render import (
    CHANGE_PLACE,
    Cell,
    Column,
    Links,
    MaybeNumber,
    Table,
    change_cell,
    computed_cell,
    element,
    fill,
    is_missing,
    join_sentences,
    join_words,
    lines,
    name_lens,
    of_open_series,
    page_url,
    rows_of,
    show_number,
    show_score,
)
from regional_index.render.macros import macro

NAMED = 3


@macro()
def lens_switch(facts: Facts, links: Links) -> Markup:
    """Links to the page that is written as the other lenses show it; nothing where there is one reading only."""
    if not facts.readings.lenses or links.home.folder not in ("", f"{facts.framework.lens}/"):
        return Markup("")
    page = page_url(links.page.removeprefix(links.home.folder))
    items = []
    for number, lens in enumerate(facts.readings.lenses):
        name, address = name_lens(facts, lens), f"{lens.code}/{page}" if number else page
        if lens.code == facts.framework.lens:
            items.append(element("span", name, title=lens.definition, aria_current="true"))
        else:
            items.append(element("a", name, title=lens.definition, href=links.from_root(address)))
    return element("nav", *items, class_="ri-lenses", aria_label=facts.word("lens.label"), data_search_exclude=True)


@macro()
def lens_ranks(facts: Facts, links: Links, index: str, region: str) -> Markup:
    """The rank of a region in the last year by every other lens, with its range; nothing where no lens differs."""
    code = facts.evaluated_region(region).code
    said = [lens_rank(facts, links, lens, index, code) for lens in dividing(facts, index)]
    if not said:
        return Markup("")
    return element("small", join_words(said, facts.word("list.semicolon")), class_="ri-other-ranks")


def lens_rank(facts: Facts, links: Links, lens: Lens, index: str, region: str) -> Markup:
    """The rank of a region in the last year by another lens, with its range, in words."""
    found = facts.readings.scores(lens.code, index).loc[region]
    place = facts.sentence("rank.place", rank=show_number(found["rank"], 0))
    if not is_missing(found["rank_lower"]):
        ends = {"lower": int(found["rank_lower"]), "upper": int(found["rank_upper"])}
        place = facts.sentence("rank.range", rank=place, **ends)
    return fill(facts, "lens.rank", lens=lens_link(facts, links, lens, index), place=place)


@macro()
def lens_leaders(facts: Facts, links: Links, index: str, count: int = 3) -> Markup:
    """The best regions of an index by every other lens; nothing where no lens differs."""
    said = []
    for lens in dividing(facts, index):
        best = facts.readings.scores(lens.code, index)["score"].dropna().sort_values(ascending=False, kind="stable")
        regions = [fill(facts, "lens.leader", region=links.region(str(code)), score=show_score(best[code]))
                   for code in best.index[:count]]  # fmt: skip
        named = join_words(regions, facts.word("list.separator"))
        said.append(fill(facts, "lens.leaders", lens=lens_link(facts, links, lens, index), regions=named))
    return join_sentences(facts, said)


@macro()
def lens_answer(facts: Facts, links: Links, index: str) -> Markup:
    """How many ranks of an index a lens puts outside the ranges of the publisher's, and who moves most; or nothing.

    By the publisher's lens, each other one is compared with it; by another one, that is.
    """
    code, said = facts.node(index).code, []
    for base, lens in _compared(facts, code):
        if facts.soundness.is_declared:
            gaps = {"own": _name_or_link(facts, links, base, code), "lens": _name_or_link(facts, links, lens, code)}
            gaps |= {"index": links.index(code), **_outside(facts, links, base, lens, code)}
            said.append(fill(facts, "lens.outside" if gaps["count"] else "lens.inside", **gaps))
        said += _say_moves_by_lens(facts, links, base, lens, code)
    return join_sentences(facts, said)


def _compared(facts: Facts, index: str) -> list[tuple[Lens, Lens]]:
    """The lens of these facts and each that reads an index otherwise, in the order in which pages compare them."""
    own = facts.framework.reading
    return [] if own is None else [_from_the_first(facts, own, other) for other in dividing(facts, index)]


def _name_or_link(facts: Facts, links: Links, lens: Lens, index: str) -> Markup | str:
    """The name of a lens; a link where the page is by another one."""
    own = lens.code == facts.framework.lens
    return name_lens(facts, lens) if own else lens_link(facts, links, lens, index)


def _say_moves_by_lens(facts: Facts, links: Links, base: Lens, lens: Lens, index: str) -> list[Markup]:
    """Whose rank in an index rises and falls most from one lens to another."""
    before, after = (facts.readings.scores(each.code, index)["rank"] for each in (base, lens))
    return say_moves(facts, links, before, after)


@macro()
def lens_changes(facts: Facts, links: Links, index: str) -> Markup:
    """Whose rank rose and fell most since the year before the last by every other lens; nothing where none differs."""
    code, years = facts.node(index).code, facts.framework.years
    said = []
    for lens in dividing(facts, code):
        ranks = [facts.readings.scores(lens.code, code, year)["rank"] for year in years[-2:]]
        moves = say_moves(facts, links, ranks[0], ranks[-1])
        if moves:
            lens_name = lens_link(facts, links, lens, code)
            said.append(fill(facts, "lens.changes", lens=lens_name, moves=join_sentences(facts, moves)))
    return join_sentences(facts, said)


def _outside(facts: Facts, links: Links, base: Lens, lens: Lens, index: str) -> dict[str, object]:
    """How many ranks by a lens are outside the ranges of another, of how many; which regions, where they are few."""
    own, other = (facts.readings.scores(each.code, index)["rank"] for each in (base, lens))
    outside = facts.readings.outside(index, base, lens)
    listed = join_words([links.region(code) for code in outside], facts.word("list.separator"))
    named = fill(facts, "lens.outside_named", regions=listed) if 0 < len(outside) <= NAMED else Markup("")
    return {"count": len(outside), "all": int((own - other).notna().sum()), "named": named}


@macro()
def lens_effect(facts: Facts, links: Links) -> Markup:
    """What the choice of a lens does to every top index: ranks outside their ranges, and indicators that it divides."""
    own = facts.framework.reading
    tops = [node.code for node in facts.framework.indices if node.code in facts.open.ranked_nodes]
    if own is None or not facts.soundness.is_declared:
        return Markup("")
    said = []
    for other in facts.readings.others:
        base, lens = _from_the_first(facts, own, other)
        parts = join_words([_effect(facts, links, base, lens, code) for code in tops], facts.word("list.comma"))
        said.append(fill(facts, "lens.effect", own=name_lens(facts, base), lens=name_lens(facts, lens), parts=parts))
    return join_sentences(facts, said)


def _from_the_first(facts: Facts, own: Lens, other: Lens) -> tuple[Lens, Lens]:
    """The lens of these facts and another in the order in which all pages compare them: from the publisher's."""
    return (own, other) if facts.readings.is_first else (other, own)


def _effect(facts: Facts, links: Links, base: Lens, lens: Lens, index: str) -> Markup:
    """The part of that sentence about one index."""
    below, changed = facts.framework.indicators_below(index), len(_read_otherwise(facts, base, lens, index))
    if not changed:
        return fill(facts, "lens.effect_none", index=links.index(index))
    found = _outside(facts, links, base, lens, index)
    key = "lens.effect_outside" if found["count"] else "lens.effect_inside"
    return fill(facts, key, index=links.index(index), divided=changed, indicators=len(below), **found)


@macro()
def lens_moves(facts: Facts, links: Links, index: str) -> Markup:
    """Whose rank in an index differs most by another lens than by the publisher's; nothing where no lens differs."""
    code = facts.node(index).code
    said = (_say_moves_by_lens(facts, links, base, lens, code) for base, lens in _compared(facts, code))
    return join_sentences(facts, chain.from_iterable(said))


def say_moves(facts: Facts, links: Links, mine: pd.Series, theirs: pd.Series) -> list[Markup]:
    """Sentences on the regions whose rank rises most, and on those whose rank falls most, from one lens to another."""
    order = (mine - theirs).dropna().sort_values(ascending=False, kind="stable")
    ends = {"up": order[order > 0].index[:NAMED], "down": order[order < 0].index[::-1][:NAMED]}
    said = []
    for side, regions in ends.items():
        moves = [
            fill(facts, "lens.move", region=links.region(str(code)), first=int(mine[code]), last=int(theirs[code]))
            for code in regions
        ]
        if moves:
            said.append(fill(facts, f"lens.{side}", moves=join_words(moves, facts.word("list.separator"))))
    return said


@macro()
def table_lenses(facts: Facts, links: Links, index: str) -> Table | None:
    """Score and rank of every region in the last year by every lens, on pages by theirs first; or nothing."""
    code = facts.node(index).code
    if not dividing(facts, code):
        return None
    lenses, word = facts.readings.lenses, facts.word
    columns = [Column(word("table.region"), key="region")]
    for lens in lenses:
        place = 0 if lens.code == facts.framework.lens else CHANGE_PLACE + 1
        name = name_lens(facts, lens)
        score, rank = (facts.sentence(key, lens=name) for key in ("lens.score", "lens.rank_column"))
        heads = [lines(name, word(f"table.{what}")) for what in ("score", "rank")]
        columns.append(Column(score, numeric=True, key=f"{lens.code}-score", place=place, shown=heads[0]))
        columns.append(Column(rank, numeric=True, key=f"{lens.code}-rank", best="low", place=place, shown=heads[1]))
    columns += difference_columns(facts, lenses)
    regions = [str(region) for region in facts.open.scores(code).index]
    rows = []
    for region in regions:
        found = [facts.readings.scores(lens.code, code).loc[region] for lens in lenses]
        row: list[Cell | Markup] = [links.region(region)]
        for lens, line in zip(lenses, found, strict=True):
            row += [computed_cell(line["score"]), _rank(facts, lens, code, region)]
        row += difference_cells(facts, [line["rank"] for line in found])
        rows.append(row)
    caption = facts.sentence("caption.lenses", index=links.name(code), year=facts.last_year)
    return Table(f"lenses-{code}", caption, tuple(columns), rows_of(rows), of_open_series(facts, code), tools="lenses",
                 regions=tuple(regions))  # fmt: skip


def difference_columns(facts: Facts, lenses: Sequence[Lens]) -> list[Column]:
    """The column that says how far a rank moves from the first of two lenses to the second; none for more."""
    if len(lenses) != 2:
        return []
    title = facts.sentence("lens.difference", lens=name_lens(facts, lenses[1]))
    return [Column(title, numeric=True, key="difference", place=CHANGE_PLACE)]


def difference_cells(facts: Facts, ranks: Sequence[MaybeNumber]) -> list[Cell]:
    """How many places up or down the second of two ranks is, with an arrow; files have a sign; none for more."""
    if len(ranks) != 2:
        return []
    cell = change_cell(ranks[0] - ranks[1], 0)
    if not cell.value:
        return [cell]
    key = "lens.moved_up" if ranks[0] > ranks[1] else "lens.moved_down"
    return [replace(cell, shown=facts.sentence(key, places=show_number(abs(ranks[0] - ranks[1]), 0)))]


@macro()
def table_divided(facts: Facts, links: Links) -> Table | None:
    """What every indicator in an index is divided by, by every lens; nothing where there is one reading only."""
    if not facts.readings.lenses:
        return None
    word = facts.word
    columns = [Column(word("table.indicator"))]
    columns += [
        Column(name_lens(facts, lens), place=int(lens.code != facts.framework.lens)) for lens in facts.readings.lenses
    ]
    rows = []
    for code in facts.framework.used_indicators:
        units = [_unit(facts, links, lens, code) for lens in facts.readings.lenses]
        rows.append([links.indicator(code), *units])
    return Table("lenses", word("caption.divided"), tuple(columns), rows_of(rows), sortable=False)


def dividing(facts: Facts, index: str) -> list[Lens]:
    """The other lenses by which some indicator below an index is read otherwise than here."""
    if index not in facts.open.ranked_nodes:
        return []
    own = facts.framework.reading
    return [lens for lens in facts.readings.others if _read_otherwise(facts, own, lens, index)]


def _read_otherwise(facts: Facts, base: Lens | None, lens: Lens, index: str) -> list[str]:
    """The indicators below an index that a lens divides otherwise than another one, or than none."""
    read = dict(base.indicators) if base else {}
    below = facts.framework.indicators_below(index)
    return [code for code in below if lens.indicators.get(code) != read.get(code)]


def name_by_lens(facts: Facts, links: Links, index: str) -> Markup:
    """The name of an index, with the lens of these facts where another one reads it differently."""
    own = facts.framework.reading
    if own is None or not dividing(facts, index):
        return links.index(index)
    return fill(facts, "lens.index", index=links.index(index), lens=name_lens(facts, own))


def lens_link(facts: Facts, links: Links, lens: Lens, index: str) -> Markup:
    """The name of a lens, leading to the page of an index as it shows it."""
    path = links.node_path(index)
    is_first = lens == facts.readings.lenses[0]
    return element("a", name_lens(facts, lens), href=links.from_root(path if is_first else f"{lens.code}/{path}"))


def _rank(facts: Facts, lens: Lens, index: str, region: str) -> Cell:
    """A rank by a lens with its range."""
    found = facts.readings.scores(lens.code, index).loc[region]
    if is_missing(found["rank"]):
        return Cell()
    shown = show_number(found["rank"], 0)
    if is_missing(found["rank_lower"]):
        return Cell(float(found["rank"]), shown)
    ends = {"lower": int(found["rank_lower"]), "upper": int(found["rank_upper"])}
    return Cell(
        float(found["rank"]), facts.sentence("rank.range", rank=shown, **ends), facts.sentence("rank.span", **ends)
    )


def _unit(facts: Facts, links: Links, lens: Lens, code: str) -> Markup:
    """The unit of an indicator by a lens, and what that divides it by."""
    if divided := lens.indicators.get(code):
        return fill(facts, "lens.divided", unit=divided.unit, by=links.indicator(divided.per.indicator))
    own, reading = facts.indicator(code), facts.framework.reading
    is_divided_here = reading is not None and code in reading.indicators
    return fill(facts, "lens.as_declared", unit=own.per.unit if own.per and is_divided_here else own.unit)
