"""Tables of the completed edition: published scores, and beside them estimates with the intervals they lie in."""

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.markup import (
    Links,
    element,
    escape,
    is_missing,
    show_estimate,
    show_number,
    show_printed,
    show_score,
)
from regional_index.tables.grid import Cell, Column, render_table
from regional_index.tables.ranking import render_ranking


def table_edition(facts: Facts, links: Links, index: str) -> Markup:
    """Every region in one index, best first: the score as printed, or an estimate, and how sure score and place are.

    Raises:
        LookupFailed: There is no such index.
    """
    scores = facts.edition_scores(index)
    regions = [str(region) for region in scores.index]
    rows = [
        [_place(facts, row), links.region(region), *_known(facts, links, row)]
        for region, (_, row) in zip(regions, scores.iterrows(), strict=True)
    ]
    word = facts.word
    names = [Column(word("table.rank"), numeric=True, key="rank"), Column(word("table.region"), key="region")]
    caption = facts.sentence("caption.edition", index=links.name(index))
    return render_ranking(facts, "edition", [*names, *_columns(facts)], regions, rows, caption)


def table_region_edition(facts: Facts, links: Links, region: str) -> Markup:
    """One region in every index: the score as printed, or an estimate, and how sure score and place are.

    Raises:
        LookupFailed: There is no such region, or it is not evaluated.
    """
    found = facts.evaluated_region(region)
    tops = {node.code for node in facts.framework.indices}
    rows = []
    for index in facts.framework.nodes:
        row = facts.edition_scores(index).loc[found.code]
        name = element("span", links.index(index), class_="ri-top" if index in tops else "ri-sub")
        rows.append([name, _place(facts, row), *_known(facts, links, row)])
    columns = [Column(facts.word("table.index")), Column(facts.word("table.rank"), numeric=True), *_columns(facts)]
    caption = facts.sentence("caption.region_edition", region=found.name)
    return render_table(columns, rows, caption=caption, sortable=False)


def _columns(facts: Facts) -> list[Column]:
    word = facts.word
    return [
        Column(word("table.score"), numeric=True, key="score"),
        Column(word("edition.interval"), numeric=True, key="interval"),
        Column(word("edition.status"), key="status"),
    ]


def _known(facts: Facts, links: Links, row: pd.Series) -> list[Cell]:
    return [_score(facts, links, row), _interval(facts, row), Cell(_status(facts, row))]


def _place(facts: Facts, row: pd.Series) -> Cell:
    """The place, or the best and the worst one it can be; sorted by where the region stands in the table."""
    ends = dict.fromkeys(show_number(row[end], 0) for end in ("rank_lower", "rank_upper"))
    standing = row["rank_lower"] if is_missing(row["rank"]) else row["rank"]
    return Cell(facts.word("list.to").join(ends), sort=int(standing))


def _score(facts: Facts, links: Links, row: pd.Series) -> Cell:
    if row["status"] == "published":
        claim = facts.edition.claim(row["claim"])
        return Cell(links.claim(claim.id, show_printed(claim.value)), sort=row["score"], value=float(row["score"]))
    if row["status"] == "estimated":
        about = facts.sentence("edition.about", value=show_estimate(row["score"], row["lower"], row["upper"]))
        return Cell(
            element("span", about, class_="ri-estimate"), sort=row["score"], value=round(float(row["score"]), 6)
        )
    return Cell(facts.word("status.not_published"))


def _interval(facts: Facts, row: pd.Series) -> Cell:
    """Its ends and a bar; of a published score, the score."""
    if row["status"] == "published":
        shown = show_printed(facts.edition.claim(row["claim"]).value)
    else:
        ends = dict.fromkeys(show_score(row[end]) for end in ("lower", "upper"))
        shown = facts.word("list.to").join(ends)
    return Cell(Markup("{} {}").format(shown, _bar(facts, row)), sort=row["lower"])


def _bar(facts: Facts, row: pd.Series) -> Markup:
    lowest, highest = facts.edition.score_range
    ends = {"low": row["lower"], "high": row["upper"], "at": row["score"]}
    shares = {name: (end - lowest) / (highest - lowest) * 100 for name, end in ends.items() if not is_missing(end)}
    estimated = "" if row["status"] == "published" else " ri-interval--estimated"
    style = ";".join(f"--ri-{name}:{share:.1f}%" for name, share in shares.items())
    return element("span", class_=f"ri-interval{estimated}", style=style, aria_hidden="true")


def _status(facts: Facts, row: pd.Series) -> Markup:
    stated = "published" if row["status"] == "published" else "not_published"
    said = escape(facts.word(f"status.{stated}"))
    if row["status"] == "estimated":
        said += Markup(" {}").format(element("span", facts.word("edition.estimated"), class_="ri-estimate"))
    return said
