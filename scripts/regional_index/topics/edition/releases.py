"""Editions and releases side by side: what there is, what both state, what was restated since."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts, Kept
from regional_index.framework import Publication, edition_page
from regional_index.render import (
    DECIDED,
    Cell,
    Column,
    Links,
    Table,
    computed_cell,
    element,
    fill,
    number_cell,
    of_edition,
    of_open_series,
    open_years,
    rows_of,
    year_cell,
)
from regional_index.render.macros import macro
from regional_index.render.numbers import SCORE_DECIMALS

PRINTED = 10.0**-SCORE_DECIMALS


def name_release(kept: Kept) -> str:
    """What a release is called: as its edition, or by the years of the open series."""
    if kept.is_edition:
        return kept.facts.framework.edition_name
    return kept.facts.sentence("release.open", years=open_years(kept.facts))


@macro()
def table_releases(facts: Facts, links: Links, publication: Publication, releases: Sequence[Kept]) -> Table:
    """The newest state and every release, the newest first: edition, years, day, data."""
    word = facts.word
    titles = ["release", "years", "frozen", "changed", "commit"]
    columns = [Column(word(f"releases.{title}"), wide=title == "release") for title in titles]
    newest, address = word("releases.newest"), ""
    if facts.has_edition:
        newest = facts.sentence("releases.newest_with", edition=facts.framework.edition_name)
        address = edition_page(facts.framework.edition)
    rows = [
        [
            _linked(links, newest, address),
            open_years(facts),
            word("releases.not_frozen"),
            publication.updated,
            publication.commit[:12],
        ]
    ]
    for kept in reversed(releases):
        release = kept.release
        name = _linked(links, name_release(kept), release.address)
        rows.append([name, open_years(kept.facts), release.frozen, release.data_day, release.data_commit[:12]])
    return Table("releases", word("caption.releases"), tuple(columns), rows_of(rows), DECIDED, sortable=False)


@macro()
def table_stated_in_both(facts: Facts, links: Links, releases: Sequence[Kept]) -> Table | Markup | None:
    """Scores and ranks that the current edition states and the one before it stated too; or that there are none."""
    older = _previous_edition(facts, releases)
    if older is None:
        return None
    names = [kept.framework.edition_name for kept in (older.facts, facts)]
    then, now = (kept.published.frame.set_index(["index", "region"]) for kept in (older.facts, facts))
    both = then.join(now, how="inner", lsuffix="_then", rsuffix="_now")
    stated = [both[[f"{what}_then", f"{what}_now"]].notna().all(axis=1) for what in ("score", "rank")]
    both = both[stated[0] | stated[1]]
    if both.empty:
        return element("p", fill(facts, "releases.none_in_both", older=names[0], edition=names[1]))
    columns = [Column(facts.word("table.index")), Column(facts.word("table.region"))]
    for name in names:
        columns.append(Column(facts.sentence("releases.score_of", edition=name), numeric=True))
    for name in names:
        columns.append(Column(facts.sentence("releases.rank_of", edition=name), numeric=True, best="low"))
    rows = [
        [
            links.index(index), links.region(region),
            *(number_cell(row[f"score_{when}"], _decimals(row[f"decimals_{when}"])) for when in ("then", "now")),
            *(number_cell(row[f"rank_{when}"], 0) for when in ("then", "now")),
        ]
        for (index, region), row in both.iterrows()
    ]  # fmt: skip
    caption = facts.sentence("caption.stated_in_both", older=names[0], edition=names[1])
    return Table("stated-in-both", caption, tuple(columns), rows_of(rows), of_edition(facts))


@macro()
def table_restated(facts: Facts, links: Links, releases: Sequence[Kept], back: int = 0) -> Table | Markup | None:
    """Scores of the open series that are others now than in the newest release; or that all are the same.

    Args:
        facts: The newest state.
        links: From the page that is written.
        releases: The oldest first.
        back: How many releases to go back, to compare one with the release after it; nothing where there are too few.
    """
    if len(releases) <= back:
        return None
    older = releases[-1 - back]
    later = releases[-back] if back else None
    newer, newer_name = (later.facts, name_release(later)) if later else (facts, facts.word("releases.current"))
    name = name_release(older)
    then, now = (_open_scores(kept) for kept in (older.facts, newer))
    both = then.join(now, how="inner", lsuffix="_then", rsuffix="_now").reset_index()
    both["change"] = both["score_now"] - both["score_then"]
    both["moved"] = both["change"].abs() >= PRINTED / 2
    rows = []
    for (index, year), scores in both.groupby(["index", "year"], sort=False):
        moved = scores[scores["moved"]]
        if index not in facts.framework.nodes or moved.empty:
            continue
        largest = moved.loc[moved["change"].abs().idxmax()]
        ranks = int((scores["rank_then"] != scores["rank_now"]).sum())
        region = links.region(str(largest["region"]))
        numbers = [computed_cell(largest["score_then"]), computed_cell(largest["score_now"])]
        rows.append(
            [
                links.index(str(index)),
                year_cell(int(str(year))),
                number_cell(len(moved), 0),
                number_cell(ranks, 0),
                region,
                *numbers,
            ]
        )
    if not rows:
        return element("p", fill(facts, "releases.none_restated", release=name, newer=newer_name))
    titles = ["table.index", "table.year", "releases.scores_moved", "releases.ranks_moved", "releases.largest"]
    columns = [Column(facts.word(title), numeric=title not in ("table.index", "releases.largest")) for title in titles]
    for when in (name, newer_name):
        columns.append(Column(facts.sentence("releases.score_of", edition=when), numeric=True))
    caption = facts.sentence("caption.restated", release=name, newer=newer_name)
    return Table(
        f"restated-{back}" if back else "restated", caption, tuple(columns), rows_of(rows), of_open_series(facts)
    )


def _previous_edition(facts: Facts, releases: Sequence[Kept]) -> Kept | None:
    """The newest release of another edition."""
    if not facts.has_edition:
        return None
    current = facts.framework.edition
    others = (kept for kept in reversed(releases) if kept.facts.has_edition and kept.release.edition != current)
    return next(others, None)


def _open_scores(facts: Facts) -> pd.DataFrame:
    scores = facts.tables["scores"]
    return scores[scores["series"] == "open"].set_index(["index", "year", "region"])[["score", "rank"]]


def _linked(links: Links, name: str, address: str) -> Cell:
    return Cell(name, element("a", name, href=links.to(address)))


def _decimals(printed: object) -> int:
    """As many decimals as a score was printed with."""
    return SCORE_DECIMALS if pd.isna(printed) else int(str(printed))
