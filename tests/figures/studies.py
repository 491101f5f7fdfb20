"""A study of robustness made by hand, so that charts can be checked against it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.facts.robustness import RobustnessStudy
from regional_index.framework import Robustness, Rule

VARIED = Robustness(draws=2000, seed=7, normalise=(Rule("min-max"), Rule("rank")), base=64)
INFLUENCES = {"weights": (0.2, 0.3), "normalise": (0.5, 0.75)}


def ranges_frame(facts: Facts, code: str, lines: Mapping[str, tuple[int, int, int]]) -> pd.DataFrame:
    """Lower, median and upper rank of regions in the last year, as a study has them."""
    found = pd.DataFrame(list(lines.values()), columns=["rank_lower", "rank_median", "rank_upper"], dtype=float)
    found = found.assign(index=code, year=facts.last_year, region=list(lines), lower=0.0, median=1.0, upper=2.0)
    return found.set_index(["index", "year", "region"]).sort_index()


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


def make_study(facts: Facts) -> RobustnessStudy:
    """Every rank may be one better or worse; the better of two is ahead in 70 % of the draws, of others always."""
    ranges, ahead = [], {}
    for code in facts.ranked_nodes:
        ranks = facts.scores(code)["rank"].dropna().astype(int)
        lines = {str(r): (max(1, k - 1), k, min(len(ranks), k + 1)) for r, k in ranks.items()}
        ranges.append(ranges_frame(facts, code, lines))
        shares = {a: {b: _share_ahead(ranks[b] - ranks[a]) for b in ranks.index} for a in ranks.index}
        ahead[code, facts.last_year] = pd.DataFrame(shares).T
    frames = [sensitivity_frame(code, INFLUENCES) for code in facts.ranked_nodes]
    return RobustnessStudy(
        ranges=pd.concat(ranges).sort_index(),
        first_place=pd.Series(dtype=float),
        tiers=pd.DataFrame(),
        ahead=ahead,
        sensitivity=pd.concat(frames, ignore_index=True),
        flips={},
        limits={},
    )


def _share_ahead(places: int) -> float:
    return {0: 0.5, 1: 0.7, -1: 0.3}.get(places, 1.0 if places > 0 else 0.0)


def with_study(facts: Facts, varied: Robustness | None = VARIED, **parts: Any) -> Facts:
    """The same facts where the framework declares this, and the study finds these parts in place of those by hand."""
    framework = replace(facts.framework, robustness=varied)
    project = replace(facts.project, framework=framework)
    return replace(facts, project=project, make_robustness=lambda: replace(make_study(facts), **parts))


def with_rank(facts: Facts, code: str, region: str, rank: int) -> Facts:
    """The same facts where a region has this rank in the last year."""
    scores = facts.results.scores.set_index(["index", "year", "region"]).sort_index()
    scores.loc[(code, facts.last_year, region), "rank"] = rank
    return replace(facts, results=replace(facts.results, scores=scores.reset_index()))
