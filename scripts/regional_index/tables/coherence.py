"""Tables of whether the parts of an index go together, and of what really moves it."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.markup import MISSING, Links, is_missing, show_percent
from regional_index.narrative import name_child
from regional_index.tables.grid import Cell, Column, computed_cell, render_table


def table_coherence(facts: Facts, links: Links, top: str) -> Markup:
    """Every part below a top index: its correlation with the index it stands under, and with the top one."""
    word = facts.word
    parents = facts.correlations_with(top)
    columns = [
        Column(word("table.child")),
        Column(word("table.index")),
        Column(word("table.with_index"), numeric=True),
        Column(word("table.with_top"), numeric=True),
    ]
    rows = [
        [
            name_child(facts, links, child),
            links.index(index),
            computed_cell(with_index, 2),
            computed_cell(with_top, 2),
        ]
        for child, index, with_index, with_top in zip(
            *(parents[name] for name in ("part", "index", "with_index", "with_top")), strict=True
        )
    ]
    return render_table(columns, rows, caption=facts.sentence("caption.coherence", index=links.name(top)))


def table_importance(facts: Facts, links: Links, top: str) -> Markup:
    """Every part of an index and of those below it: its nominal weight and its share of the influence."""
    word = facts.word
    columns = [
        Column(word("table.index")),
        Column(word("table.child")),
        Column(word("table.nominal_weight"), numeric=True),
        Column(word("table.implied_share"), numeric=True),
    ]
    rows: list[list[object]] = []
    for index in _below(facts, top):
        scored = [child for child in facts.node(index).child_weights if _has_scores(facts, child)]
        if len(scored) < 2:
            continue
        shares = facts.importance(index).loc[scored, "share"]
        weights = facts.results.weights[index][scored]
        rows += [
            [
                links.index(index),
                name_child(facts, links, str(child)),
                _share(weights[child] / weights.sum()),
                _share(share),
            ]
            for child, share in shares.items()
        ]
    return render_table(columns, rows, caption=facts.sentence("caption.importance", index=links.name(top)))


def _below(facts: Facts, top: str) -> list[str]:
    node = facts.node(top)
    found = [code for child in node.children for code in _below(facts, child.code)]
    return [code for code in (top, *found) if code in facts.ranked_nodes]


def _has_scores(facts: Facts, child: str) -> bool:
    return child in facts.ranked_nodes or child in facts.framework.indicators


def _share(share: float) -> Cell:
    if is_missing(share):
        return Cell(MISSING)
    return Cell(show_percent(share), sort=float(share), bar=float(share) * 100, value=float(share))
