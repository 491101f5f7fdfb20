"""Sentences and tables about the weights that an edition may have used."""

from markupsafe import Markup

from regional_index.claims.findings import WeightStudy
from regional_index.facts import Facts
from regional_index.render import (
    Cell,
    Column,
    Links,
    Table,
    fill,
    join_words,
    number_cell,
    of_edition,
    rows_of,
    show_number,
)
from regional_index.render.macros import macro


@macro("weights")
def infer_weights(facts: Facts, links: Links, index: str) -> Markup:
    """Say with which weights the claims agree, worded as the inference that it is.

    Raises:
        LookupFailed: There is no such index, or nothing can be inferred.
    """
    studies = facts.published.weight_studies(index)
    clauses = [_say_weights(facts, links, study) for study in studies]
    said = join_words(clauses, facts.word("list.semicolon"))
    return fill(facts, "weights.sentence", index=links.index(index), clauses=said)


def _say_weights(facts: Facts, links: Links, study: WeightStudy) -> Markup:
    step, tried = show_number(100 / study.steps, 0), show_number(study.tried, 0)
    gaps = {"step": step, "tried": tried, "count": show_number(len(study.fit_all), 0)}
    if len(study.fit_all) != 1:
        return fill(facts, "weights.some" if study.fit_all else "weights.none", **gaps)
    shares = [
        fill(facts, "weights.share", part=links.index(part), share=show_number(share * 100, 0))
        for part, share in study.shares(study.fit_all[0]).items()
    ]
    return fill(facts, "weights.one", shares=join_words(shares, facts.word("list.separator")), **gaps)


@macro()
def table_weights(facts: Facts, links: Links, index: str) -> Table:
    """How many weightings were tried and fit, in coarse and in fine steps, and the weights they give each sub-index.

    Raises:
        LookupFailed: There is no such index, or nothing can be inferred.
    """
    studies = facts.published.weight_studies(index)
    word = facts.word
    titles = ["weights.step", "weights.tried", "weights.fit_totals", "weights.fit_all"]
    columns = [Column(word(title), numeric=True) for title in titles]
    columns += [Column(links.name(part), numeric=True, shown=links.index(part)) for part in studies[0].parts]
    rows = [_weights_row(facts, study) for study in studies]
    caption = facts.sentence("caption.weights", index=links.name(index))
    return Table(f"weights-{index}", caption, tuple(columns), rows_of(rows), of_edition(facts), sortable=False)


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
    return [Cell(text) for text in shown] or [Cell()] * len(study.parts)
