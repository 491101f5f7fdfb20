"""Changes of rank: which are the same in nearly all draws, and how those that are not are marked."""

from collections.abc import Iterable
from dataclasses import replace

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
    show_percent,
)
from regional_index.render.macros import macro

MARK = "?"


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
