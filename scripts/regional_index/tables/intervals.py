"""Tables of the published edition: the scores that it states, and the intervals that its claims allow the others."""

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.markup import Links, element, show_number, show_printed, show_score
from regional_index.tables.grid import Cell, Column, render_table
from regional_index.tables.ranking import render_ranking


def table_edition(facts: Facts, links: Links, index: str) -> Markup:
    """Every region in one index, best first: the score as printed, or between which scores it must be.

    Raises:
        LookupFailed: There is no such index.
    """
    scores = facts.edition_scores(index)
    regions = [str(region) for region in scores.index]
    rows = [
        [_rank(facts, row), links.region(region), *_score_and_interval(facts, links, row)]
        for region, (_, row) in zip(regions, scores.iterrows(), strict=True)
    ]
    word = facts.word
    names = [Column(word("table.rank"), numeric=True, key="rank", best="low")]
    names += [Column(word("table.region"), key="region")]
    caption = facts.sentence("caption.edition", index=links.name(index), edition=facts.framework.edition_name)
    return render_ranking(facts, "edition", [*names, *_columns(facts)], regions, rows, caption)


def table_region_edition(facts: Facts, links: Links, region: str) -> Markup:
    """One region in every index: the score as printed, or between which scores it must be.

    Raises:
        LookupFailed: There is no such region, or it is not evaluated.
    """
    found = facts.evaluated_region(region)
    tops = {node.code for node in facts.framework.indices}
    rows = []
    for index in facts.framework.nodes:
        row = facts.edition_scores(index).loc[found.code]
        name = element("span", links.index(index), class_="ri-top" if index in tops else "ri-sub")
        rows.append([name, _rank(facts, row), *_score_and_interval(facts, links, row)])
    columns = [Column(facts.word("table.index")), Column(facts.word("table.rank"), numeric=True), *_columns(facts)]
    caption = facts.sentence("caption.region_edition", region=found.name, edition=facts.framework.edition_name)
    return render_table(columns, rows, caption=caption, sortable=False)


def _columns(facts: Facts) -> list[Column]:
    score, interval = (facts.word(key) for key in ("table.score", "edition.interval"))
    return [Column(score, numeric=True, key="score"), Column(interval, numeric=True, key="interval")]


def _rank(facts: Facts, row: pd.Series) -> Cell:
    """The rank, or the best and the worst one it can be; sorted by these."""
    ends = dict.fromkeys(show_number(row[end], 0) for end in ("rank_lower", "rank_upper"))
    return Cell(facts.word("list.to").join(ends), sort=int(row["rank_lower"]))


def _score_and_interval(facts: Facts, links: Links, row: pd.Series) -> list[Cell]:
    """A published score with a dot where it is; of any other, between which scores it must be, with a bar."""
    bar = _bar(facts, row)
    if row["status"] == "published":
        claim = facts.edition.claim(row["claim"])
        score = float(row["score"])
        return [Cell(links.claim(claim.id, show_printed(claim.value)), sort=score, value=score), Cell(bar, sort=score)]
    lower, upper = (show_score(row[end]) for end in ("lower", "upper"))
    between = facts.sentence("edition.between", lower=lower, upper=upper) if lower != upper else lower
    return [Cell(facts.word("status.not_published")), Cell(Markup("{} {}").format(between, bar), sort=row["lower"])]


def _bar(facts: Facts, row: pd.Series) -> Markup:
    lowest, highest = facts.edition.score_range
    ends = {"low": row["lower"], "high": row["upper"]} | ({"at": row["score"]} if row["status"] == "published" else {})
    shares = {name: (end - lowest) / (highest - lowest) * 100 for name, end in ends.items()}
    style = ";".join(f"--ri-{name}:{share:.1f}%" for name, share in shares.items())
    return element("span", class_="ri-interval", style=style, aria_hidden="true")
