"""Changes of rank: which are the same in nearly all draws, and how those that are not are marked."""

from collections.abc import Iterable
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
)
from regional_index.render.macros import macro

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
    """Those that rose (sign 1) or fell: the certain ones; where there are none, the others."""
    direction = facts.word("moved.risen" if sign > 0 else "moved.fallen")
    moved = (changes * sign)[changes * sign > 0].sort_values(ascending=False, kind="stable")
    certainty = [facts.soundness.is_certain(index, str(region), base_year) for region in moved.index]
    if moved.empty:
        return fill(facts, "moved.none", direction=direction)
    key = "moved.certain" if any(certainty) else "moved.any" if None in certainty else "moved.unsure"
    chosen = [str(region) for region, sure in zip(moved.index, certainty, strict=True) if sure or not any(certainty)]
    named = [_name_move(facts, links, index, region, base_year, int(changes[region])) for region in chosen[:NAMED]]
    listed = join_words(named, facts.word("list.separator"))
    regions = fill(facts, "moved.more", regions=listed) if len(chosen) > NAMED else listed
    return fill(facts, key, direction=direction, count=len(chosen), regions=regions)


def _name_move(facts: Facts, links: Links, index: str, region: str, base_year: int, change: int) -> Markup:
    """A region with its change of rank and the reason for it."""
    notes = [show_change(change, 0)]
    driver = facts.open.main_driver(index, region, base_year, 1 if change > 0 else -1)
    if driver is not None:
        notes.append(fill(facts, "moved.because", indicator=links.indicator(driver[0])))
    named = join_words(notes, facts.word("list.semicolon"))
    return fill(facts, "robust.change_of", region=links.region(region), change=named)


@macro()
def what_changed(facts: Facts, links: Links, region: str) -> Markup:
    """How rank and score of a region changed in the top indices since the year before the last, and why."""
    code = facts.evaluated_region(region).code
    return join_sentences(facts, [_what_changed(facts, links, top.code, code) for top in facts.framework.indices])


def _what_changed(facts: Facts, links: Links, index: str, code: str) -> Markup:
    base_year, changes = _last_changes(facts, index)
    if code not in changes.index:
        return Markup("")
    ends = {"first": base_year, "last": facts.last_year}
    gaps: dict[str, object] = {
        **{f"rank_{end}": show_number(facts.open.rank_or_nan(index, code, year), 0) for end, year in ends.items()},
        **{f"score_{end}": show_score(facts.open.score_or_nan(index, code, year)) for end, year in ends.items()},
    }
    change = int(changes[code])
    moved = say_places(facts, index, code, change, base_year)
    said = fill(facts, "portrait.moved", index=links.index(index), change=moved, **ends, **gaps)
    sign = (change > 0) - (change < 0)
    driver = facts.open.main_driver(index, code, base_year, sign) if sign else None
    if driver is None:
        return said
    points, name = show_score(abs(driver[1])), links.indicator(driver[0])
    why = fill(facts, "moved.why_up" if sign > 0 else "moved.why_down", indicator=name, points=points)
    return join_sentences(facts, [said, why])


def say_places(facts: Facts, index: str, region: str, change: int, base_year: int | None = None) -> Markup:
    """How many places a region rose or fell, and whether that is certain."""
    if change == 0:
        return fill(facts, "portrait.same")
    places = fill(facts, "portrait.up" if change > 0 else "portrait.down", places=abs(change))
    return say_certainty(facts, places, index, region, base_year)
