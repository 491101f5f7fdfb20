"""The rules that make one score of the scores of children (OECD/JRC Handbook 2008, step 7), on plain arrays.

Every rule is called as `function(children, weights, years=..., **options)`, for the scores that are shown as for
thousands of draws of the weights.

- `children`: k arrays of shape (1, n), or (d, n) where a child differs from draw to draw; NaN where missing. n is
  regions x years, the years of one region side by side.
- `weights`: shape (d, k), 0 or more; they need not sum to 1, and a child of weight 0 counts as absent.
- The result has shape (d, n): NaN where no child of positive weight is present, and where the rule has no value
  (`check_children` says why).
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from regional_index.framework import OWN_WEIGHTS, Rule
from regional_index.method.rules.copeland import aggregate_copeland
from regional_index.method.rules.definition import AGGREGATE, Aggregation, Code, Option, Options, choice, register
from regional_index.method.rules.findings import Finding
from regional_index.method.rules.means import (
    aggregate_arithmetic,
    aggregate_generalised_mean,
    aggregate_geometric,
    aggregate_harmonic,
    columns_of,
    shape_of,
)


def aggregate_weakest_link(children: Sequence[np.ndarray], weights: np.ndarray, *, years: int = 1) -> np.ndarray:
    """The least of the children present; of their weights it matters only which are above 0.

    Examples:
        >>> aggregate_weakest_link([np.array([[4.0, 7.0]]), np.array([[9.0, np.nan]])], np.array([[0.9, 0.1]]))
        array([[4., 7.]])
    """
    least = np.full(shape_of(children, weights), np.nan)
    for child, weight in zip(children, columns_of(weights), strict=True):
        np.fmin(least, child if (weight > 0).all() else np.where(weight > 0, child, np.nan), out=least)
    return least


def aggregate_mazziotta_pareto(
    children: Sequence[np.ndarray], weights: np.ndarray, *, penalty: str = "downward", years: int = 1
) -> np.ndarray:
    """Mean of the children present with a penalty for their imbalance: M - S cv, where cv = S / M.

    M is the weighted mean of a region's children, S their weighted standard deviation: of the population, that is,
    the squares are weighted as M is and divided by the sum of the weights. De Muro, Mazziotta & Pareto (2011),
    Composite indices of development and poverty, Social Indicators Research 104, 1-18; with weights: Mazziotta &
    Pareto (2022), Weighting in composite indices construction, Rivista italiana di economia, demografia e statistica.
    They scale indicators to mean 100 and standard deviation 10 first (normalise: z-score).

    Args:
        children: k arrays of shape (1, n) or (d, n).
        weights: Shape (d, k).
        penalty: `downward` where more is better (M - S cv), `upward` where less is (M + S cv).
        years: Without effect.

    Returns:
        Shape (d, n); NaN where M is not above 0, for want of a cv, unless all children are 0.

    Examples:
        >>> aggregate_mazziotta_pareto([np.array([[60.0]]), np.array([[100.0]])], np.array([[1.0, 1.0]]))
        array([[75.]])
    """
    mean = aggregate_arithmetic(children, weights)
    squares, present = np.zeros_like(mean), np.zeros_like(mean)
    for child, weight in zip(children, columns_of(weights), strict=True):
        here = weight * ~np.isnan(child)
        squares += here * np.where(here > 0, child - mean, 0.0) ** 2
        present += here
    with np.errstate(invalid="ignore", divide="ignore"):
        imbalance = np.where((mean == 0) & (squares == 0), 0.0, squares / present / np.where(mean > 0, mean, np.nan))
    return mean - imbalance if penalty == "downward" else mean + imbalance


def check_not_negative(mean: str) -> Callable[[str, pd.DataFrame, pd.Series], Iterator[Finding]]:
    """For a mean that negative numbers do not have: one finding for each negative child.

    Args:
        mean: Its name, such as `geometric mean`.
    """

    def check(code: str, rows: pd.DataFrame, weights: pd.Series) -> Iterator[Finding]:
        for child in rows:
            negative = rows[child][rows[child] < 0]
            if len(negative):
                yield Finding(
                    f"{mean} of a negative in {code}: {child} is {_lowest(negative)}",
                    f"children that are 0 or more, as the {mean} of a negative number is not defined",
                    "normalise to scores of 0 or more (min-max, goalposts), or aggregate this level by arithmetic",
                )

    return check


def check_variation(code: str, rows: pd.DataFrame, weights: pd.Series) -> Iterator[Finding]:
    """For a coefficient of variation: one finding where the mean is not above 0."""
    if rows.empty:
        return
    shares = rows.notna() * weights[rows.columns]
    means = (rows.fillna(0.0) * shares).sum(axis=1) / shares.sum(axis=1)
    yield Finding(
        f"no coefficient of variation in {code}: the mean of its children is {_lowest(means)}",
        "a mean above 0, as the penalty divides by it",
        "normalise to positive scores (z-score with mean 100 and sd 10), or aggregate this level by arithmetic",
    )


def _lowest(values: pd.Series) -> str:
    (region, year), more = values.idxmin(), len(values) - 1
    return f"{values.min():g} for region {region} in {year}" + (f", and {more} more" if more else "")


def _code_of_power(options: Options) -> Code:
    power = options["power"]
    if power == 0:
        return _GEOMETRIC
    shown = f"({power})" if power < 0 else power
    return Code(f"((w * part ** {shown}).sum() / w.sum()) ** (1 / {shown})")


def _code_mazziotta_pareto(options: Options) -> Code:
    sign = "-" if options["penalty"] == "downward" else "+"
    return Code(f"m {sign} (w * (part - m) ** 2).sum() / w.sum() / m", ("m = (w * part).sum() / w.sum()",))


def aggregation_by(rule: Rule) -> Aggregation:
    """The definition of a declared rule, or of the sum by weights of each row."""
    return _OWN if rule.name == OWN_WEIGHTS.name else AGGREGATE[rule.name]


_GEOMETRIC = Code("(part ** (w / w.sum())).prod()")
_OWN = Aggregation(
    name=OWN_WEIGHTS.name,
    function=aggregate_arithmetic,
    is_sum=True,
    term="{weight} × {score}",
    code=lambda options: Code("(w * part).sum()"),
)

register(
    Aggregation(
        name="arithmetic",
        function=aggregate_arithmetic,
        is_sum=True,
        rescales=True,
        power=lambda options: 1.0,
        term="{weight} × {score}",
        code=lambda options: Code("(w * part).sum() / w.sum()"),
    ),
    Aggregation(
        name="geometric",
        function=aggregate_geometric,
        check_children=check_not_negative("geometric mean"),
        rescales=True,
        power=lambda options: 0.0,
        term="{score}^{weight}",
        sign=" × ",
        code=lambda options: _GEOMETRIC,
    ),
    Aggregation(
        name="harmonic",
        function=aggregate_harmonic,
        check_children=check_not_negative("harmonic mean"),
        rescales=True,
        power=lambda options: -1.0,
        term="{weight} ÷ {score}",
        code=lambda options: Code("w.sum() / (w / part).sum()"),
    ),
    Aggregation(
        name="generalised-mean",
        options={"power": Option("number")},
        function=aggregate_generalised_mean,
        check_children=check_not_negative("generalised mean"),
        rescales=True,
        power=lambda options: float(options["power"]),
        term="{weight} × {score}^{power}",
        code=_code_of_power,
    ),
    Aggregation(
        name="copeland",
        function=aggregate_copeland,
        compares=True,
        rests_on="duels",
        code_from_steps=(
            'part = steps.pivot(index="region", columns="part", values="normalised")',
            'w = steps.groupby("part")["weight"].max()',
            "gap = part.loc[REGION] - part",
            "lead = (((gap > 0) * 1 - (gap < 0) * 1) * w).sum(axis=1).round(9)",
            "print((lead > 0).sum() - (lead < 0).sum())",
        ),
    ),
    Aggregation(
        name="weakest-link",
        function=aggregate_weakest_link,
        uses_weights=False,
        browser=lambda options: {"name": "least"},
        term="{score}",
        code=lambda options: Code("part[w.index].min()"),
    ),
    Aggregation(
        name="mazziotta-pareto",
        options={"penalty": choice("downward", "upward")},
        function=aggregate_mazziotta_pareto,
        check_children=check_variation,
        rescales=True,
        browser=lambda options: {"name": "penalty", "sign": -1 if options["penalty"] == "downward" else 1},
        rests_on="spread",
        code=_code_mazziotta_pareto,
    ),
)
