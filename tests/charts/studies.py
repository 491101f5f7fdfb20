"""Tables of robustness made by hand, so that charts can be checked against them."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from regional_index.facts import Facts
from regional_index.framework import Robustness
from regional_index.method.rules import make_rule
from tests.changed_facts import with_declared, with_scores, with_tables

RULES = tuple(make_rule("normalise", rule) for rule in ("min-max", "rank"))
VARIED = Robustness(draws=2000, seed=7, normalise=RULES, base=64)
INFLUENCES = {"weights": (0.2, 0.3), "normalise": (0.5, 0.75)}
RANKS = ["rank_lower", "rank_median", "rank_upper"]
ENDS = ["rank_lower", "rank_upper"]
Ranges = Mapping[str, Mapping[str, tuple[int, int, int]]]


def sensitivity_frame(code: str, lines: Mapping[str, tuple[float, float]]) -> pd.DataFrame:
    """First-order and total index of every choice, each with an interval of a tenth, and those of a region."""
    rows = [
        {"index": code, "output": output, "factor": factor, "first": first * share, "total": total * share}
        for output, share in (("mean", 1.0), ("1", 0.1))
        for factor, (first, total) in lines.items()
    ]
    frame = pd.DataFrame(rows)
    ends = {f"{kind}_{end}": frame[kind] + 0.05 * sign for kind in ("first", "total") for end, sign in
            (("lower", -1), ("upper", 1))}  # fmt: skip
    return frame.assign(**ends)


def with_study(
    facts: Facts,
    varied: Robustness | None = VARIED,
    *,
    ranges: Ranges | None = None,
    ahead: Mapping[str, pd.DataFrame] | None = None,
    sensitivity: pd.DataFrame | None = None,
) -> Facts:
    """The same facts where the framework declares this, and these are the tables about it.

    Where they are not given, every rank may be one better or worse; the better of two is ahead in 70 % of the draws,
    and always where a third is between them.

    Args:
        facts: What is changed.
        varied: What the framework declares.
        ranges: By index and region, the lower, median and upper rank of the last year.
        ahead: By index, regions x regions.
        sensitivity: As `sensitivity_frame` makes it.
    """
    facts = with_declared(facts, framework=replace(facts.framework, robustness=varied))
    by_index = {code: facts.open.scores(code)["rank"].dropna().astype(int) for code in facts.open.ranked_nodes}
    ranges = ranges or {
        code: {str(r): (max(1, k - 1), k, min(len(ranks), k + 1)) for r, k in ranks.items()}
        for code, ranks in by_index.items()
    }
    ahead = ahead or {
        code: pd.DataFrame({a: {b: _share_ahead(ranks[b] - ranks[a]) for b in ranks.index} for a in ranks.index}).T
        for code, ranks in by_index.items()
    }
    if sensitivity is None:
        sensitivity = pd.concat([sensitivity_frame(code, INFLUENCES) for code in by_index])
    cells = [(code, facts.last_year, region) for code, lines in ranges.items() for region in lines]
    found = pd.DataFrame([line for lines in ranges.values() for line in lines.values()], columns=RANKS)
    found.index = pd.MultiIndex.from_tuples(cells, names=["index", "year", "region"])

    def change(scores: pd.DataFrame) -> None:
        scores[ENDS] = pd.NA
        scores.loc[found.index, ENDS] = found[ENDS]
        scores[["lower", "upper"]] = 0.0, 2.0

    pairs = {
        code: matrix.rename_axis(index="ahead", columns="behind").stack(future_stack=True).rename("probability")
        for code, matrix in ahead.items()
    }
    return with_tables(
        with_scores(facts, change),
        medians=found[["rank_median"]].assign(score_median=1.0).reset_index(),
        ahead=pd.concat(pairs, names=["index"]).reset_index(),
        sensitivity=sensitivity,
    )


def _share_ahead(places: int) -> float:
    return {0: 0.5, 1: 0.7, -1: 0.3}.get(places, 1.0 if places > 0 else 0.0)


def with_ranks(facts: Facts, region: str, ranks: Mapping[str, int]) -> Facts:
    """The same facts where a region has these ranks in the last year, by index."""

    def change(scores: pd.DataFrame) -> None:
        for code, rank in ranks.items():
            scores.loc[(code, facts.last_year, region), "rank"] = rank

    return with_scores(facts, change)
