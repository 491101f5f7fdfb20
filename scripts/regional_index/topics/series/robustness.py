"""Robustness of ranks in sentences and tables: what was varied, which choice matters, which neighbours swap easily."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
from markupsafe import Markup

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import QUANTILES, Robustness, Rule
from regional_index.render import (
    Cell,
    Column,
    Links,
    Table,
    cell_of,
    computed_cell,
    element,
    fill,
    join_sentences,
    join_words,
    number_cell,
    of_open_series,
    rows_of,
    share_cell,
    show_number,
    show_percent,
)
from regional_index.render.macros import macro
from regional_index.topics.names import name_child

# From end to end of a range.
NARROW = 2
MOST_NAMED = 5
WEIGHT = "weight_"


@macro("robustness_summary")
def summarise_robustness(facts: Facts) -> Markup:
    """Say what was varied and how often, in one sentence."""
    declared = facts.soundness.declared
    names = [fill(facts, f"choice.{name}") for name in declared.varied]
    listed = join_words(names, facts.word("list.separator"))
    choices = fill(facts, "robust.choices", list=listed, count=len(names))
    return fill(facts, "robust.summary", choices=choices, draws=show_number(declared.draws, 0))


@macro("varied_list")
def list_varied(facts: Facts, links: Links) -> Markup:
    """Every choice that is varied, with the options it has."""
    declared = facts.soundness.declared
    items = []
    for name in declared.varied:
        options = join_words(_options(facts, links, declared, name), facts.word("list.semicolon"))
        items.append(element("li", fill(facts, "choice.options", choice=facts.word(f"choice.{name}"), options=options)))
    return element("ul", *items)


def _options(facts: Facts, links: Links, declared: Robustness, name: str) -> list[Markup]:
    if name == "weights":
        low, high = (show_percent(1 + sign * declared.noise) for sign in (-1, 1))
        levels = [fill(facts, "choice.level", level=level) for level in declared.noise_levels]
        return [fill(facts, "choice.of_weights", level=level, low=low, high=high) for level in levels]
    if name == "leave_out":
        return [fill(facts, "choice.leave_out_one")]
    if name == "incomplete":
        codes = [links.indicator(code) for code in facts.framework.incomplete_indicators]
        listed = join_words(codes, facts.word("list.separator"))
        return [fill(facts, "choice.incomplete_used"), fill(facts, "choice.incomplete_out", indicators=listed)]
    if name == "aggregate":
        return [_by_level(facts, rules) for rules in declared.aggregate]
    return [fill(facts, f"choice.name.{rule.name}") for rule in getattr(declared, name)]


def _by_level(facts: Facts, rules: Sequence[Rule]) -> Markup:
    named = join_words((fill(facts, f"choice.name.{rule.name}") for rule in rules), facts.word("list.separator"))
    return named if len(rules) == 1 else fill(facts, "choice.by_level", rules=named)


@macro("robustness_answer")
def answer_robustness(facts: Facts, links: Links, index: str) -> Markup:
    """Say how sure the ranks of an index are: of the leader, of most, of the least sure."""
    ranges = facts.soundness.robustness.ranges.loc[(facts.node(index).code, facts.last_year)].dropna(
        subset=["rank_lower"]
    )
    ranked = facts.open.scores(index)["rank"].dropna()
    leader = str(ranked.index[0])
    first = float(facts.soundness.robustness.first_place.loc[(index, leader)])
    widths = (ranges["rank_upper"] - ranges["rank_lower"]).reindex(ranked.index)
    width = fill(
        facts,
        "robust.answer_width",
        count=len(ranked),
        narrow=NARROW,
        sure=int((widths <= NARROW).sum()),
        widest=_name_widest(facts, links, ranges.loc[widths.index[widths == widths.max()]]),
        width=show_number(widths.max(), 0),
    )
    said = fill(facts, "robust.answer_first", leader=links.region(leader), share=show_percent(first))
    return join_sentences(facts, [said, width])


def _name_widest(facts: Facts, links: Links, ranges: pd.DataFrame) -> Markup:
    """The regions whose ranges are equally the widest, each with its range; how many they are where a list is long."""
    if len(ranges) > MOST_NAMED:
        return fill(facts, "robust.count", count=len(ranges))
    named = [
        fill(
            facts,
            "robust.with_range",
            region=links.region(str(code)),
            lower=show_number(ends["rank_lower"], 0),
            upper=show_number(ends["rank_upper"], 0),
        )
        for code, ends in ranges.iterrows()
    ]
    return join_words(named, facts.word("list.separator"))


@macro("sensitivity_answer")
def answer_sensitivity(facts: Facts, index: str) -> Markup:
    """Which choice shifts the ranks of an index most, and which comes next."""
    frame = facts.soundness.robustness.sensitivity
    rows = frame[(frame["index"] == facts.node(index).code) & (frame["output"] == "mean")]
    rows = rows.sort_values("total", ascending=False, kind="stable")
    if rows.empty:
        return fill(facts, "robust.sensitivity_none")
    words = {"first": facts.word(f"choice.{rows['factor'].iloc[0]}"), "first_share": _share(rows["total"].iloc[0])}
    if len(rows) == 1:
        return fill(facts, "robust.sensitivity_one", **words)
    second = {"second": facts.word(f"choice.{rows['factor'].iloc[1]}"), "second_share": _share(rows["total"].iloc[1])}
    return fill(facts, "robust.sensitivity", **words, **second)


def _share(total: float) -> str:
    """Estimates of indices can fall a little outside 0 to 1."""
    return show_percent(float(np.clip(total, 0, 1)))


@macro("flips_answer")
def answer_flips(facts: Facts, links: Links, index: str) -> Markup:
    """Which neighbours swap most easily, and how many never do."""
    flips = facts.soundness.robustness.flips.get(facts.node(index).code)
    if flips is None:
        return fill(facts, "robust.flips_none")
    possible = flips[flips["possible"]]
    sentences: list[Markup] = []
    if not possible.empty:
        easiest = possible.loc[possible["distance"].idxmin()]
        sentences.append(
            fill(
                facts,
                "robust.flips",
                count=len(flips),
                first=links.region(easiest["first"]),
                second=links.region(easiest["second"]),
                changes=say_flip(facts, links, index, easiest),
            )
        )
    never = len(flips) - len(possible)
    if never:
        sentences.append(fill(facts, "robust.flips_never", count=never))
    return join_sentences(facts, sentences)


def say_flip(facts: Facts, links: Links, index: str, flip: pd.Series) -> Markup:
    """The two weights that change most when neighbours swap, before and after; that nothing swaps them where so."""
    if not flip["possible"]:
        return fill(facts, "robust.never")
    after = {str(name).removeprefix(WEIGHT): share for name, share in flip.items() if str(name).startswith(WEIGHT)}
    before = facts.results.weights[index][list(after)]
    before = before / before.sum()
    moved = (pd.Series(after, dtype=float) - before).abs().sort_values(ascending=False, kind="stable")
    changes = [
        fill(
            facts,
            "robust.change",
            child=name_child(facts, links, str(child)),
            before=show_percent(before[child], 1),
            after=show_percent(after[str(child)], 1),
        )
        for child, size in moved.head(2).items()
        if size > 0
    ]
    said = join_words(changes, facts.word("list.separator"))
    return said if flip["exact"] else Markup("{} {}").format(facts.word("robust.numeric"), said)


@macro()
def table_sure_ranks(facts: Facts, links: Links, index: str) -> Table:
    """Every region: rank, range, median, the chance of every tier, best and worst rank that weights allow."""
    word, study, year = facts.word, facts.soundness.robustness, facts.last_year
    ranges = study.ranges.loc[(index, year)]
    tiers = study.tiers.loc[(index, year)] if len(study.tiers.columns) else pd.DataFrame(index=ranges.index)
    limits = study.limits.get(index)
    columns = [Column(word("table.region"), key="region")]
    shown = {"rank": "rank", "rank_range": "range", "rank_median": "median"}
    columns += [Column(word(f"table.{name}"), numeric=True, key=key, best="low") for name, key in shown.items()]
    columns += [Column(title, numeric=True, key=f"tier-{k}") for k, title in enumerate(tier_titles(facts), 1)]
    if limits is not None:
        width = show_percent(facts.soundness.declared.range_width)
        title = facts.sentence("table.best_and_worst", width=width)
        columns.append(Column(title, numeric=True, key="limits", best="low"))
    rows = []
    scores = facts.open.scores(index)
    for region, line in scores.iterrows():
        row = [links.region(str(region)), number_cell(line["rank"], 0), _range(ranges, region)]
        row += [number_cell(ranges["rank_median"].get(region), 0), *_chances(tiers, region)]
        rows.append(row if limits is None else [*row, _limits(limits, region)])
    caption = facts.sentence("caption.sure_ranks", index=links.name(index), year=year)
    regions, origin = tuple(str(region) for region in scores.index), of_open_series(facts, index)
    name = f"sure-ranks-{index}"
    return Table(name, caption, tuple(columns), rows_of(rows), origin, regions=regions, tools=index)


def tier_titles(facts: Facts) -> list[str]:
    """Names of the declared tiers, as `ranks 1–5`; none where none are declared."""
    ends = facts.soundness.declared.tiers
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
        return Cell()
    lower, upper = (show_number(end, 0) for end in ends)
    return Cell(f"{lower}–{upper}", sort=float(ends["rank_upper"] - ends["rank_lower"]))


def _chances(tiers: pd.DataFrame, region: object) -> list[Cell]:
    chances = tiers.loc[region] if region in tiers.index else pd.Series(float("nan"), index=tiers.columns)
    return [share_cell(chance) for chance in chances]


def _limits(limits: pd.DataFrame, region: object) -> Cell:
    if region not in limits.index or limits.loc[region, ["best", "worst"]].isna().any():
        return Cell()
    row = limits.loc[region]
    text = f"{show_number(row['best'], 0)}–{show_number(row['worst'], 0)}"
    return Cell(text if row["exact"] else f"≈ {text}", sort=float(row["worst"] - row["best"]))


@macro()
def table_flips(facts: Facts, links: Links, index: str) -> Table | None:
    """Neighbours in the ranking: how far apart, how likely in this order, and the smallest change that swaps them."""
    flips = facts.soundness.robustness.flips.get(facts.node(index).code)
    if flips is None:
        return None
    word = facts.word
    ahead = facts.soundness.robustness.ahead[index, facts.last_year]
    columns = [
        Column(word("table.rank"), numeric=True, best="low"),
        Column(word("table.pair"), wide=True),
        Column(word("table.gap"), numeric=True),
        Column(word("table.ahead"), numeric=True),
        Column(word("table.smallest_change"), wide=True),
    ]
    ranks = facts.open.scores(index)["rank"]
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
                Cell(chance, show_percent(chance)),
                replace(
                    cell_of(say_flip(facts, links, index, flip)),
                    sort=float(flip["distance"]) if flip["possible"] else None,
                ),
            ]
        )
    caption = facts.sentence("caption.flips", index=links.name(index), year=facts.last_year)
    return Table(f"flips-{index}", caption, tuple(columns), rows_of(rows), of_open_series(facts, index))


@macro()
def range_width(facts: Facts) -> Markup:
    """Range of the weights for the best and the worst rank, in percent."""
    declared = facts.soundness.declared
    return Markup("±{}").format(show_percent(declared.range_width))


@macro()
def range_share(what: str) -> str:
    """The share of draws below the range of a rank (`tail`), in it (`inside`), or that a `certain` change takes."""
    shares = {"tail": QUANTILES[0], "inside": QUANTILES[-1] - QUANTILES[0], "certain": QUANTILES[-1]}
    if what not in shares:
        raise LookupFailed(f'unknown share "{what}"; there are {", ".join(shares)}')
    return show_percent(shares[what])
