"""Sentences and tables about the audit of an edition and its self-test."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from regional_index.claims.findings import Trial
from regional_index.facts import Facts
from regional_index.render import (
    Cell,
    Column,
    Table,
    fill,
    join_sentences,
    number_cell,
    of_edition,
    rows_of,
    show_number,
)
from regional_index.render.macros import macro
from regional_index.topics.edition.verdicts import involved_claims

CHANGES = ("five", "one", "digits", "names", "neighbours", "sides")


@macro("audit_summary")
def summarise_audit(facts: Facts) -> Markup:
    """How many claims there are of each verdict, and how many more a contradiction involves."""
    verdicts = list(facts.study.audit.verdicts.values())
    counts = {word: sum(v.verdict == word for v in verdicts) for word in ("holds", "contradicted", "untestable")}
    aside = sum(verdict.set_aside for verdict in verdicts)
    said = [fill(facts, "audit.summary", count=len(verdicts), aside=aside, **counts)]
    if involved := len(involved_claims(facts)):
        said.append(fill(facts, "audit.involved", count=involved, tag=facts.word("verdict.involved")))
    return join_sentences(facts, said)


@macro("self_test")
def summarise_self_test(facts: Facts) -> Markup:
    """How many wrong versions of claims were tried, and how many of them the other claims contradict."""
    trials = facts.study.audit.trials
    noticed = sum(trial.noticed for trial in trials)
    share = show_number(noticed / len(trials) * 100 if trials else None, 1)
    return fill(facts, "audit.self_test", tried=len(trials), noticed=noticed, share=share)


@macro()
def table_self_test(facts: Facts) -> Table:
    """How many wrong versions of claims were tried and noticed, by what was changed, and in all."""
    trials = facts.study.audit.trials
    rows = [
        _tried(facts, f"change.{change}", [trial for trial in trials if trial.change == change]) for change in CHANGES
    ]
    return _noticed_table(facts, "self-test", "change", [*rows, _tried(facts, "change.all", trials)])


@macro()
def table_self_test_kinds(facts: Facts) -> Table:
    """Wrong versions tried and noticed by kind of claim, those that are noticed best first."""
    by_kind: dict[str, list[Trial]] = {}
    for trial in facts.study.audit.trials:
        by_kind.setdefault(trial.kind, []).append(trial)
    ordered = sorted(by_kind.items(), key=lambda kind: -sum(trial.noticed for trial in kind[1]) / len(kind[1]))
    return _noticed_table(
        facts, "self-test-kinds", "kind", [_tried(facts, f"kind.{kind}", trials) for kind, trials in ordered]
    )


def _tried(facts: Facts, title: str, trials: Iterable[Trial]) -> list[Cell | str]:
    found = [trial.noticed for trial in trials]
    share = sum(found) / len(found) if found else None
    counts = [number_cell(len(found), 0), number_cell(sum(found), 0)]
    return [facts.word(title), *counts, Cell() if share is None else Cell(share, f"{show_number(share * 100, 1)}%")]


def _noticed_table(facts: Facts, name: str, by: str, rows: Sequence[Sequence[Cell | str]]) -> Table:
    columns = [Column(facts.word(f"audit.{by}"), wide=True)]
    columns += [Column(facts.word(f"audit.{title}"), numeric=True) for title in ("tried", "noticed", "share")]
    caption = facts.word(f"caption.self_test_{by}")
    return Table(name, caption, tuple(columns), rows_of(rows), of_edition(facts), sortable=False)
