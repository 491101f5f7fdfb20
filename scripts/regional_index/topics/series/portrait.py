"""Portrait of one region in the open series: strong and weak sides, movement, neighbours."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.render import (
    Cell,
    Column,
    Links,
    Table,
    change_cell,
    drop_noise,
    element,
    fill,
    is_missing,
    join_sentences,
    join_words,
    name_lens,
    of_open_series,
    rows_of,
    show_score,
)
from regional_index.render.macros import macro
from regional_index.topics.names import list_regions_and_years
from regional_index.topics.series.changes import explain_mark, mark_change, say_move, say_moved_most
from regional_index.topics.series.lenses import dividing, lens_rank, name_by_lens
from regional_index.topics.series.ranks import show_place

NEIGHBOURS = 3
PARTS = ("own", "others", "method", "coverage")


@macro()
def standing(facts: Facts, links: Links, region: str) -> Markup:
    """Where a region is in the last year, in one sentence: score and rank in every top index, by every lens."""
    code = facts.evaluated_region(region).code
    said = []
    for top in facts.framework.indices:
        place = show_place(facts, top.code, code)
        if place:
            score = show_score(facts.open.score_or_nan(top.code, code, facts.last_year))
            own = fill(facts, "portrait.place", index=name_by_lens(facts, links, top.code), score=score, place=place)
            others = (lens_rank(facts, links, lens, top.code, code) for lens in dividing(facts, top.code))
            said.append(join_words([own, *others], facts.word("list.comma")))
    if not said:
        return fill(facts, "portrait.no_strengths")
    gaps = {"year": facts.last_year, "region": facts.regions[code].name}
    return fill(facts, "portrait.standing", places=join_words(said, facts.word("list.semicolon")), **gaps)


@macro()
def strong_and_weak(facts: Facts, links: Links, region: str) -> Markup:
    """Strongest and weakest sub-index of a region against all regions, in one sentence."""
    found = facts.open.strongest_and_weakest(facts.evaluated_region(region).code)
    if found is None:
        return fill(facts, "portrait.no_strengths")
    own = facts.framework.reading if facts.readings.lenses else None
    said = _against_all(facts, links, *found)
    return fill(facts, "lens.prefix", lens=name_lens(facts, own), said=said) if own else said


@macro()
def strengths(facts: Facts, links: Links, region: str) -> Markup:
    """Strongest and weakest sub-index against all regions, and against those of its own group."""
    code = facts.evaluated_region(region).code
    found = facts.open.strongest_and_weakest(code)
    if found is None:
        return fill(facts, "portrait.no_strengths")
    against_all = _against_all(facts, links, *found)
    return Markup("\n\n").join([against_all, *_against_group(facts, links, code, facts.open.sub_index_table())])


def _against_all(
    facts: Facts, links: Links, best: Sequence[str], worst: Sequence[str], best_rank: int, worst_rank: int
) -> Markup:
    key = "portrait.strengths" if best_rank != worst_rank else "portrait.even"
    separator = facts.word("list.separator")
    named = [join_words([links.index(index) for index in indices], separator) for indices in (best, worst)]
    places = {"best_rank": best_rank, "worst_rank": worst_rank}
    return fill(facts, key, year=facts.last_year, best=named[0], worst=named[1], **places)


@macro()
def movement(facts: Facts, links: Links, region: str) -> Markup:
    """Say how the top indices moved from the first year to the last, and which sub-index most; nothing for one year."""
    code = facts.evaluated_region(region).code
    if facts.first_year == facts.last_year:
        return fill(facts, "portrait.one_year", year=facts.last_year)
    if not facts.open.has_movement:
        return Markup("")
    sentences = [_moved(facts, links, top.code, code) for top in facts.framework.indices]
    leaves = facts.open.sub_index_table().columns
    moved = facts.open.movement.loc[[(index, code) for index in leaves], "rank_change"].dropna().astype(int)
    changes = {str(index): int(change) for (index, _), change in moved.items()}
    return join_sentences(facts, [*sentences, say_moved_most(facts, links, code, changes, facts.first_year)])


@macro(needs="neighbours")
def neighbours(facts: Facts, links: Links, region: str) -> Markup:
    """The regions with the most similar sub-index scores."""
    nearest = facts.open.neighbours(region, NEIGHBOURS)
    named = [
        fill(facts, "portrait.neighbour", region=links.region(other.code), distance=show_score(distance))
        for other, distance in nearest
    ]
    if not named:
        return fill(facts, "portrait.no_neighbours")
    return fill(facts, "portrait.neighbours", regions=join_words(named, facts.word("list.separator")))


@macro("missing_list")
def missing_scores(facts: Facts, links: Links) -> Markup:
    """Every missing or partial score of the open series, by index: regions and years."""
    frame = facts.results.scores
    items = []
    for index in facts.framework.nodes:
        rows = frame[frame["index"] == index]
        if rows["score"].isna().all():
            items.append(fill(facts, "missing.all", index=links.index(index)))
            continue
        for key, chosen in (("missing.none", rows["score"].isna()), ("missing.partial", _partly(facts, rows, index))):
            if chosen.any():
                listed = list_regions_and_years(facts, links, rows[chosen])
                items.append(fill(facts, key, index=links.index(index), regions=listed))
    return element("ul", *(element("li", item) for item in items))


@macro()
def indicator_strengths(facts: Facts, links: Links, region: str) -> Markup:
    """The indicators on which a region is relatively best and worst among all; nothing where it has too few."""
    code = facts.evaluated_region(region).code
    found = facts.soundness.indicator_profile
    own = found[found["region"] == code]
    kinds = {kind: list(own.loc[own["kind"] == kind, "indicator"]) for kind in ("strength", "weakness")}
    if not all(kinds.values()):
        return Markup("")
    separator = facts.word("list.separator")
    named = {kind: join_words([links.indicator(name) for name in names], separator) for kind, names in kinds.items()}
    count = int(facts.results.normalised.loc[(code, facts.last_year)].notna().sum())
    key = "portrait.indicator_strengths"
    return fill(facts, key, count=count, strengths=named["strength"], weaknesses=named["weakness"])


def _against_group(facts: Facts, links: Links, code: str, table: pd.DataFrame) -> list[Markup]:
    group = facts.framework.groups[0] if facts.framework.groups else None
    member = facts.regions[code].groups.get(group.code) if group else None
    if group is None or member is None:
        return []
    others = [other for other, name in facts.membership(group.code).items() if name == member]
    gaps = (table.loc[code] - table.loc[others].mean()).dropna()
    if gaps.empty:
        return []
    ends = {"best": str(gaps.idxmax()), "worst": str(gaps.idxmin())}
    said = {end: _gap(facts, links, index, drop_noise(gaps[index])) for end, index in ends.items()}
    return [fill(facts, "portrait.strengths_group", group=member, **said)]


def _gap(facts: Facts, links: Links, index: str, gap: float) -> Markup:
    """By how many points a region is above or below others in an index."""
    key = "portrait.above" if gap >= 0 else "portrait.below"
    return fill(facts, key, index=links.index(index), points=show_score(abs(gap)))


def _moved(facts: Facts, links: Links, index: str, code: str) -> Markup:
    change = facts.open.movement.loc[(index, code)]
    if is_missing(change["rank_change"]):
        return fill(facts, "portrait.not_moved", index=links.index(index))
    moved = say_move(facts, links, index, code, int(change["rank_change"]), facts.first_year)
    if change["rank_first"] - change["rank_last"] == change["rank_change"]:
        return moved
    count = int(facts.open.movement.loc[index, "rank_change"].notna().sum())
    return join_sentences(facts, [moved, fill(facts, "portrait.compared", count=count)])


def _partly(facts: Facts, rows: pd.DataFrame, index: str) -> pd.Series:
    lacking = {(region, year) for year in facts.framework.years for region in facts.open.partly_scored(index, year)}
    return pd.Series([key in lacking for key in zip(rows["region"], rows["year"], strict=True)], index=rows.index)


@macro(needs="decomposition")
def table_decomposition(facts: Facts, links: Links, region: str) -> Table:
    """Why the ranks of a region moved from the first year to the last: parts that add up to the change."""
    found = facts.evaluated_region(region)
    code, moved = found.code, facts.open.decomposition
    columns = [Column(facts.word("table.index"))]
    columns += [Column(facts.word(f"table.movement_{part}"), numeric=True) for part in ("total", *PARTS)]
    rows = []
    for index in facts.open.computed_nodes:
        wanted = ["rank_change", *PARTS]
        parts = moved.loc[(index, code), wanted] if (index, code) in moved.index else pd.Series(dtype=float)
        if parts.empty or parts.isna().any():
            rows.append([links.index(index), *(Cell() for _ in ("total", *PARTS))])
            continue
        total = mark_change(facts, change_cell(parts["rank_change"], 0), index, code)
        rows.append([links.index(index), total, *(change_cell(parts[part], 1) for part in PARTS)])
    gaps = {"region": found.name, "first": facts.first_year, "last": facts.last_year}
    caption, name = facts.sentence("caption.decomposition", **gaps), f"decomposition-{found.slug}"
    origin, note = of_open_series(facts), explain_mark(facts, rows)
    return Table(name, caption, tuple(columns), rows_of(rows), origin, sortable=False, note=note)
