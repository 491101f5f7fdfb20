"""How sure ranks are, in sentences: what was varied, which choice matters, which neighbours swap easily."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Robustness, Rule
from regional_index.markup import Links, element, is_missing, join_words, show_number, show_percent
from regional_index.narrative.sentences import fill, join_sentences

NARROW = 3
WEIGHT = "weight_"


def show_rank_range(facts: Facts, index: str, region: str, year: int | None = None) -> str:
    """A rank with the range it has when the method varies, as `5 (4–8)`; the rank alone where no range is known."""
    return _with_range(facts, index, region, year, show_number(_rank(facts, index, region, year), 0))


def show_place(facts: Facts, index: str, region: str, year: int | None = None) -> str:
    """The same in words, as `rank 5 (4–8)`; nothing where there is no rank."""
    rank = _rank(facts, index, region, year)
    if is_missing(rank):
        return ""
    return _with_range(facts, index, region, year, facts.sentence("rank.place", rank=show_number(rank, 0)))


def show_range(facts: Facts, index: str, region: str, year: int | None = None) -> str:
    """The range of a rank alone, as `4–8`; nothing where none is known."""
    ends = facts.rank_range(index, region, year)
    return "" if ends is None else facts.sentence("rank.span", lower=ends[0], upper=ends[1])


def _rank(facts: Facts, index: str, region: str, year: int | None) -> float:
    return facts.scores(index, year).loc[region, "rank"]


def _with_range(facts: Facts, index: str, region: str, year: int | None, rank: str) -> str:
    ends = facts.rank_range(index, region, year)
    return rank if ends is None else facts.sentence("rank.range", rank=rank, lower=ends[0], upper=ends[1])


def summarise_robustness(facts: Facts) -> Markup:
    """What was varied and how often, in one sentence."""
    declared = facts.declared_robustness
    names = [fill(facts, f"choice.{name}") for name in declared.varied]
    listed = join_words(names, facts.word("list.separator"))
    choices = fill(facts, "robust.choices", list=listed, count=len(names))
    return fill(facts, "robust.summary", choices=choices, draws=show_number(declared.draws, 0))


def list_varied(facts: Facts) -> Markup:
    """Every choice that is varied, with the options it has."""
    declared = facts.declared_robustness
    items = []
    for name in declared.varied:
        options = join_words(_options(facts, declared, name), facts.word("list.semicolon"))
        items.append(element("li", fill(facts, "choice.options", choice=facts.word(f"choice.{name}"), options=options)))
    return element("ul", *items)


def _options(facts: Facts, declared: Robustness, name: str) -> list[Markup]:
    if name == "weights":
        low, high = (show_percent(1 + sign * declared.noise) for sign in (-1, 1))
        levels = [fill(facts, "choice.level", level=level) for level in declared.noise_levels]
        return [fill(facts, "choice.of_weights", level=level, low=low, high=high) for level in levels]
    if name == "leave_out":
        return [fill(facts, "choice.leave_out_one")]
    if name == "aggregate":
        return [_by_level(facts, rules) for rules in declared.aggregate]
    return [fill(facts, f"choice.name.{rule.name}") for rule in getattr(declared, name)]


def _by_level(facts: Facts, rules: Sequence[Rule]) -> Markup:
    named = join_words((fill(facts, f"choice.name.{rule.name}") for rule in rules), facts.word("list.separator"))
    return named if len(rules) == 1 else fill(facts, "choice.by_level", rules=named)


def answer_robustness(facts: Facts, links: Links, index: str) -> Markup:
    """How sure the ranks of an index are: of the leader, of most, of the least sure."""
    ranges = facts.robustness.ranges.loc[(facts.node(index).code, facts.last_year)].dropna(subset=["rank_lower"])
    ranked = facts.scores(index)["rank"].dropna()
    leader = str(ranked.index[0])
    first = float(facts.robustness.first_place.loc[(index, leader)])
    widths = (ranges["rank_upper"] - ranges["rank_lower"]).reindex(ranked.index)
    widest = str(widths.idxmax())
    width = fill(
        facts,
        "robust.answer_width",
        count=len(ranked),
        sure=int((widths < NARROW).sum()),
        widest=links.region(widest),
        lower=show_number(ranges.loc[widest, "rank_lower"], 0),
        upper=show_number(ranges.loc[widest, "rank_upper"], 0),
    )
    said = fill(facts, "robust.answer_first", leader=links.region(leader), share=show_percent(first))
    return join_sentences(facts, [said, width])


def answer_sensitivity(facts: Facts, index: str) -> Markup:
    """Which choice shifts the ranks of an index most, and which comes next."""
    frame = facts.robustness.sensitivity
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


def answer_flips(facts: Facts, links: Links, index: str) -> Markup:
    """Which neighbours swap most easily, and how many never do."""
    flips = facts.robustness.flips.get(facts.node(index).code)
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


def name_child(facts: Facts, links: Links, code: str) -> Markup:
    """The name of a node or an indicator, linked."""
    return links.index(code) if code in facts.framework.nodes else links.indicator(code)


def scored_indices(facts: Facts) -> list[str]:
    """The top indices with a score in the last year."""
    return [node.code for node in facts.framework.indices if node.code in facts.ranked_nodes]
