"""Tables of the study of an edition: what the audit notices, which weights may be."""

from collections.abc import Iterable

from markupsafe import Markup

from regional_index.claims.findings import Trial, WeightStudy
from regional_index.facts import Facts
from regional_index.markup import MISSING, Links, show_number
from regional_index.tables.grid import Cell, Column, number_cell, render_table

CHANGES = ("five", "one", "digits", "names", "neighbours", "sides")


def table_self_test(facts: Facts) -> Markup:
    """How many wrong versions of claims were tried and noticed, by what was changed, and in all."""
    trials = facts.study.audit.trials
    rows = [
        _tried(facts, f"change.{change}", [trial for trial in trials if trial.change == change]) for change in CHANGES
    ]
    return _noticed_table(facts, "change", [*rows, _tried(facts, "change.all", trials)])


def table_self_test_kinds(facts: Facts) -> Markup:
    """The same by kind of claim, those that are noticed best first."""
    by_kind: dict[str, list[Trial]] = {}
    for trial in facts.study.audit.trials:
        by_kind.setdefault(trial.kind, []).append(trial)
    ordered = sorted(by_kind.items(), key=lambda kind: -sum(trial.noticed for trial in kind[1]) / len(kind[1]))
    return _noticed_table(facts, "kind", [_tried(facts, f"kind.{kind}", trials) for kind, trials in ordered])


def table_weights(facts: Facts, links: Links, index: str) -> Markup:
    """How many weightings were tried and fit, in coarse and in fine steps, and the weights they give each sub-index.

    Raises:
        LookupFailed: There is no such index, or nothing can be inferred.
    """
    studies = facts.weight_studies(index)
    word = facts.word
    titles = ["weights.step", "weights.tried", "weights.fit_totals", "weights.fit_all"]
    columns = [Column(word(title), numeric=True) for title in titles]
    columns += [Column(links.index(part), numeric=True) for part in studies[0].parts]
    rows = [_weights_row(facts, study) for study in studies]
    caption = facts.sentence("caption.weights", index=links.name(index))
    return render_table(columns, rows, caption=caption, sortable=False)


def _weights_row(facts: Facts, study: WeightStudy) -> list[Cell]:
    counts = [number_cell(count, 0) for count in (study.tried, study.fit_totals, len(study.fit_all))]
    return [Cell(f"{show_number(100 / study.steps, 0)}%"), *counts, *_weight_ranges(facts, study)]


def _weight_ranges(facts: Facts, study: WeightStudy) -> list[Cell]:
    """The least and the greatest weight of each sub-index among the weightings with which all claims can hold."""
    ranges = [(min(weights), max(weights)) for weights in zip(*study.fit_all, strict=True)]
    shown = [
        facts.word("list.to").join(dict.fromkeys(f"{show_number(end / study.steps * 100, 0)}%" for end in ends))
        for ends in ranges
    ]
    return [Cell(text) for text in shown] or [Cell(MISSING)] * len(study.parts)


def _tried(facts: Facts, title: str, trials: Iterable[Trial]) -> list[object]:
    found = [trial.noticed for trial in trials]
    share = Cell(f"{show_number(sum(found) / len(found) * 100, 1)}%", sort=sum(found) / len(found)) if found else None
    return [facts.word(title), number_cell(len(found), 0), number_cell(sum(found), 0), share or Cell(MISSING)]


def _noticed_table(facts: Facts, by: str, rows: list[list[object]]) -> Markup:
    columns = [Column(facts.word(f"audit.{by}"), wide=True)]
    columns += [Column(facts.word(f"audit.{title}"), numeric=True) for title in ("tried", "noticed", "share")]
    return render_table(columns, rows, caption=facts.word(f"caption.self_test_{by}"), sortable=False)
