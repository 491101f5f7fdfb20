"""Changes of rank: which are the same in nearly all draws, and how those that are not are marked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import QUANTILES
from regional_index.render import (
    Cell,
    Links,
    element,
    escape,
    fill,
    join_sentences,
    join_words,
    marked,
    show_change,
    show_number,
    show_percent,
    show_score,
    show_years,
)
from regional_index.render.macros import macro
from regional_index.topics.series.lenses import name_by_lens

MARK = "?"
NAMED = 3


def say_certainty(facts: Facts, said: Markup | str, index: str, region: str, base_year: int | None = None) -> Markup:
    """What is said of a change of rank; with a word after it where the change is not certain."""
    if facts.soundness.is_certain(index, region, base_year) is False:
        return fill(facts, "moved.uncertain", change=said)
    return escape(said)


def mark_change(facts: Facts, cell: Cell, index: str, region: str) -> Cell:
    """A change of rank from the first year to the last, muted and marked where it is not certain."""
    if facts.soundness.is_certain(index, region) is not False:
        return cell
    muted = replace(cell, shown=element("span", cell.html, class_="ri-unsure"))
    return marked(muted, MARK, facts.word("moved.mark"))


def explain_mark(facts: Facts, rows: Iterable[Iterable[object]]) -> Markup:
    """What the mark means, to be said below a table; nothing where no cell has it."""
    if not any(isinstance(cell, Cell) and cell.note == MARK for row in rows for cell in row):
        return Markup("")
    return fill(facts, "moved.note", mark=MARK, share=show_percent(QUANTILES[-1]))


@macro("changes_answer")
def answer_changes(facts: Facts, links: Links, index: str) -> Markup:
    """How many changes of rank are certain, and which: since the year before the last, and since the first."""
    _ = facts.soundness.declared
    changes = facts.soundness.rank_changes(index).dropna(subset="rank_change").set_index(["base_year", "region"])
    sentences = []
    for base_year, frame in sorted(changes["rank_change"].groupby(level="base_year"), reverse=True):
        moved = frame.droplevel("base_year").astype(int)
        moved = moved[moved != 0].sort_values(key=abs, ascending=False, kind="stable")
        certain = moved[
            [bool(facts.soundness.is_certain(index, str(region), int(base_year))) for region in moved.index]
        ]
        key = "robust.changes" if len(certain) else "robust.changes_unsure" if len(moved) else "robust.changes_none"
        counts = {"count": len(moved), "certain": len(certain)}
        sentences.append(fill(facts, key, first=base_year, last=facts.last_year, **counts))
        for direction, which in (("up", certain[certain > 0]), ("down", certain[certain < 0])):
            named = [
                fill(facts, "robust.change_of", region=links.region(str(region)), change=show_change(change, 0))
                for region, change in which.items()
            ]
            listed = join_words(named, facts.word("list.separator"))
            sentences.append(fill(facts, f"robust.changes_{direction}", regions=listed) if named else "")
    return join_sentences(facts, sentences)


@macro()
def biggest_moves(facts: Facts, links: Links, index: str) -> Markup:
    """Which regions rose and fell in an index since the year before the last, and because of which indicator."""
    base_year, changes = _last_changes(facts, index)
    if changes.empty:
        return Markup("")
    moves = [_moves(facts, links, index, base_year, changes, sign) for sign in (1, -1)]
    return fill(facts, "moved.since", first=base_year, last=facts.last_year, moves=join_sentences(facts, moves))


def _last_changes(facts: Facts, index: str) -> tuple[int, pd.Series]:
    """The year before the last, and the changes of rank since then; none where they are not known."""
    changes = facts.soundness.rank_changes(index).dropna(subset="rank_change")
    base_year = facts.framework.years[-2:][0]
    return base_year, changes[changes["base_year"] == base_year].set_index("region")["rank_change"].astype(int)


def _moves(facts: Facts, links: Links, index: str, base_year: int, changes: pd.Series, sign: int) -> Markup:
    """How many rose (sign 1) or fell, and how many of them for certain; those that moved most, and the certain ones."""
    direction = facts.word("moved.risen" if sign > 0 else "moved.fallen")
    moved = (changes * sign)[changes * sign > 0].sort_values(ascending=False, kind="stable")
    certainty = [facts.soundness.is_certain(index, str(region), base_year) for region in moved.index]
    if moved.empty:
        return fill(facts, "moved.none", direction=direction)
    certain = certainty.count(True)
    key = "moved.certain" if certain else "moved.any" if None in certainty else "moved.unsure"
    numbered = enumerate(zip(moved.index, certainty, strict=True))
    chosen = [(str(region), sure) for place, (region, sure) in numbered if place < NAMED or sure]
    named = [
        _name_move(facts, links, index, region, base_year, int(changes[region]), mark=bool(certain) and not sure)
        for region, sure in chosen[: 2 * NAMED]
    ]
    listed = join_words(named, facts.word("list.separator"))
    regions = fill(facts, "moved.more", regions=listed) if len(named) < len(moved) else listed
    return fill(facts, key, direction=direction, count=len(moved), certain=certain, regions=regions)


def _name_move(
    facts: Facts, links: Links, index: str, region: str, base_year: int, change: int, *, mark: bool
) -> Markup:
    """A region with its change of rank, marked where it is not certain among some that are, and the reason for it."""
    notes = [escape(show_change(change, 0) + (MARK if mark else ""))]
    driver = facts.open.main_driver(index, region, base_year, 1 if change > 0 else -1)
    if driver is not None:
        notes.append(fill(facts, "moved.because", indicator=_name_reason(facts, links, driver[0], base_year)))
    named = join_words(notes, facts.word("list.semicolon"))
    return fill(facts, "robust.change_of", region=links.region(region), change=named)


def _name_reason(facts: Facts, links: Links, indicator: str, base_year: int) -> Markup:
    """An indicator because of which ranks changed; with a warning where its series breaks since then."""
    broken = [year for year in facts.indicator(indicator).breaks if base_year < year <= facts.last_year]
    name = links.indicator(indicator)
    return fill(facts, "moved.broken", indicator=name, years=show_years(facts, broken)) if broken else name


@macro()
def what_changed(facts: Facts, links: Links, region: str) -> Markup:
    """How rank and score of a region changed in the top indices since the year before the last, and why.

    After them, the sub-index in which its rank changed most.
    """
    code = facts.evaluated_region(region).code
    said = [_what_changed(facts, links, top.code, code) for top in facts.framework.indices]
    return join_sentences(facts, [*said, _moved_most(facts, links, code)])


def _moved_most(facts: Facts, links: Links, code: str) -> Markup:
    """The sub-index in which the rank of a region changed most since the year before the last."""
    tops = {top.code for top in facts.framework.indices}
    changes = {index: _last_changes(facts, index)[1] for index in facts.open.ranked_nodes if index not in tops}
    moved = {index: int(found[code]) for index, found in changes.items() if code in found.index}
    return say_moved_most(facts, links, code, moved, facts.framework.years[-2:][0])


def say_moved_most(facts: Facts, links: Links, region: str, changes: Mapping[str, int], base_year: int) -> Markup:
    """The index in which the rank of a region changed most, the first among equals; nothing where none changed.

    Args:
        facts: The open series.
        links: From the page that is written.
        region: Code of the region.
        changes: Places gained by code of an index.
        base_year: Since when.
    """
    if not any(changes.values()):
        return Markup("")
    index = max(changes, key=lambda index: abs(changes[index]))
    change = say_places(facts, index, region, changes[index], base_year)
    return fill(facts, "portrait.moved_most", index=links.index(index), change=change)


def _what_changed(facts: Facts, links: Links, index: str, code: str) -> Markup:
    base_year, changes = _last_changes(facts, index)
    if code not in changes.index:
        return Markup("")
    change = int(changes[code])
    said = say_move(facts, links, index, code, change, base_year)
    sign = (change > 0) - (change < 0)
    driver = facts.open.main_driver(index, code, base_year, sign) if sign else None
    if driver is None:
        return said
    points, name = show_score(abs(driver[1])), _name_reason(facts, links, driver[0], base_year)
    why = fill(facts, "moved.why_up" if sign > 0 else "moved.why_down", indicator=name, points=points)
    return join_sentences(facts, [said, why])


def say_move(facts: Facts, links: Links, index: str, region: str, change: int, base_year: int) -> Markup:
    """Rank and score of a region in an index in two years, and by how many places it rose or fell.

    Args:
        facts: The open series.
        links: From the page that is written.
        index: Code of an index.
        region: Code of a region that has a score in both years.
        change: Places gained, among the regions that have a score in both years.
        base_year: The year before the change; it ends in the last year.
    """
    ends = {"first": base_year, "last": facts.last_year}
    ranks = {end: facts.open.rank_or_nan(index, region, year) for end, year in ends.items()}
    gaps: dict[str, object] = {
        **{f"rank_{end}": show_number(rank, 0) for end, rank in ranks.items()},
        **{f"score_{end}": show_score(facts.open.score_or_nan(index, region, year)) for end, year in ends.items()},
    }
    named = name_by_lens(facts, links, index)
    if change == 0 and ranks["first"] == ranks["last"]:
        return fill(facts, "portrait.kept", index=named, **ends, **gaps)
    moved = say_places(facts, index, region, change, base_year)
    return fill(facts, "portrait.moved", index=named, change=moved, **ends, **gaps)


def say_places(facts: Facts, index: str, region: str, change: int, base_year: int | None = None) -> Markup:
    """How many places a region rose or fell, and whether that is certain."""
    if change == 0:
        return fill(facts, "portrait.same")
    places = fill(facts, "portrait.up" if change > 0 else "portrait.down", places=abs(change))
    return say_certainty(facts, places, index, region, base_year)
