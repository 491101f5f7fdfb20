"""Tables of how sure ranks are."""

from itertools import pairwise

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.markup import MISSING, Links, show_number, show_percent
from regional_index.narrative import fill, say_flip
from regional_index.tables.grid import Cell, Column, change_cell, computed_cell, number_cell, render_table
from regional_index.tables.ranking import render_ranking

PARTS = ("own", "others", "method", "coverage")


def table_sure_ranks(facts: Facts, links: Links, index: str) -> Markup:
    """Every region: rank, range, median, the chance of every tier, best and worst rank that weights allow."""
    word, study, year = facts.word, facts.robustness, facts.last_year
    ranges = study.ranges.loc[(index, year)]
    tiers = study.tiers.loc[(index, year)] if len(study.tiers.columns) else pd.DataFrame(index=ranges.index)
    limits = study.limits.get(index)
    columns = [Column(word("table.region"), key="region")]
    shown = {"rank": "rank", "rank_range": "range", "rank_median": "median"}
    columns += [Column(word(f"table.{name}"), numeric=True, key=key, best="low") for name, key in shown.items()]
    columns += [Column(title, numeric=True, key=f"tier-{k}") for k, title in enumerate(tier_titles(facts), 1)]
    if limits is not None:
        width = show_percent(facts.declared_robustness.range_width)
        title = fill(facts, "table.best_and_worst", width=width)
        columns.append(Column(title, numeric=True, key="limits", best="low"))
    rows = []
    scores = facts.scores(index)
    for region, line in scores.iterrows():
        row = [links.region(str(region)), number_cell(line["rank"], 0), _range(ranges, region)]
        row += [number_cell(ranges["rank_median"].get(region), 0), *_chances(tiers, region)]
        rows.append(row if limits is None else [*row, _limits(limits, region)])
    caption = facts.sentence("caption.sure_ranks", index=links.name(index), year=year)
    return render_ranking(facts, index, columns, [str(region) for region in scores.index], rows, caption)


def tier_titles(facts: Facts) -> list[str]:
    """Names of the declared tiers, as `ranks 1–5`; none where none are declared."""
    ends = facts.declared_robustness.tiers
    if not ends:
        return []
    titles = [_tier_title(facts, first + 1, last) for first, last in pairwise((0, *ends))]
    return [*titles, facts.sentence("table.tier_last", first=ends[-1] + 1)]


def _tier_title(facts: Facts, first: int, last: int) -> str:
    key = "table.tier_one" if first == last else "table.tier"
    return facts.sentence(key, first=first, last=last)


def _range(ranges: pd.DataFrame, region: object) -> Cell:
    ends = ranges.loc[region, ["rank_lower", "rank_upper"]] if region in ranges.index else pd.Series(dtype=float)
    if ends.empty or ends.isna().any():
        return Cell(MISSING)
    lower, upper = (show_number(end, 0) for end in ends)
    return Cell(f"{lower}–{upper}", sort=float(ends["rank_upper"] - ends["rank_lower"]))


def _chances(tiers: pd.DataFrame, region: object) -> list[Cell]:
    chances = tiers.loc[region] if region in tiers.index else pd.Series(float("nan"), index=tiers.columns)
    return [_chance(chance) for chance in chances]


def _chance(chance: float) -> Cell:
    if pd.isna(chance):
        return Cell(MISSING)
    return Cell(show_percent(chance), sort=float(chance), bar=float(chance) * 100, value=float(chance))


def _limits(limits: pd.DataFrame, region: object) -> Cell:
    if region not in limits.index or limits.loc[region, ["best", "worst"]].isna().any():
        return Cell(MISSING)
    row = limits.loc[region]
    text = f"{show_number(row['best'], 0)}–{show_number(row['worst'], 0)}"
    return Cell(text if row["exact"] else f"≈ {text}", sort=float(row["worst"] - row["best"]))


def table_flips(facts: Facts, links: Links, index: str) -> Markup:
    """Neighbours in the ranking: how far apart, how likely in this order, and the smallest change that swaps them."""
    flips = facts.robustness.flips.get(facts.node(index).code)
    if flips is None:
        return Markup("")
    word = facts.word
    ahead = facts.robustness.ahead[index, facts.last_year]
    columns = [
        Column(word("table.rank"), numeric=True, best="low"),
        Column(word("table.pair"), wide=True),
        Column(word("table.gap"), numeric=True),
        Column(word("table.ahead"), numeric=True),
        Column(word("table.smallest_change"), wide=True),
    ]
    ranks = facts.scores(index)["rank"]
    rows = []
    for _, flip in flips.iterrows():
        first, second = flip["first"], flip["second"]
        pair = Markup(word("list.separator")).join([links.region(first), links.region(second)])
        chance = float(ahead.loc[first, second])
        place = f"{show_number(ranks[first], 0)}–{show_number(ranks[second], 0)}"
        rows.append(
            [
                Cell(place, sort=float(ranks[first])),
                pair,
                computed_cell(flip["gap"]),
                Cell(show_percent(chance), sort=chance, value=chance),
                Cell(say_flip(facts, links, index, flip), sort=float(flip["distance"]) if flip["possible"] else None),
            ]
        )
    caption = facts.sentence("caption.flips", index=links.name(index), year=facts.last_year)
    return render_table(columns, rows, caption=caption)


def table_decomposition(facts: Facts, links: Links, region: str) -> Markup:
    """Why the ranks of a region moved from the first year to the last: parts that add up to the change."""
    code = facts.evaluated_region(region).code
    moved = facts.decomposition
    columns = [Column(facts.word("table.index"))]
    columns += [Column(facts.word(f"table.movement_{part}"), numeric=True) for part in ("total", *PARTS)]
    rows = []
    for index in facts.computed_nodes:
        wanted = ["rank_change", *PARTS]
        parts = moved.loc[(index, code), wanted] if (index, code) in moved.index else pd.Series(dtype=float)
        if parts.empty or parts.isna().any():
            rows.append([links.index(index), *(Cell(MISSING) for _ in ("total", *PARTS))])
            continue
        total = change_cell(parts["rank_change"], 0)
        rows.append([links.index(index), total, *(change_cell(parts[part], 1) for part in PARTS)])
    caption = facts.sentence(
        "caption.decomposition", region=facts.region(region).name, first=facts.first_year, last=facts.last_year
    )
    return render_table(columns, rows, caption=caption, sortable=False)
