"""Random data for `python -m bench`: a tree of any size, and numbers that mean nothing."""

from dataclasses import replace

import numpy as np
import pandas as pd

from regional_index.framework import Denominator, Framework, Indicator, Method, Node, Robustness, Rule
from regional_index.method.rules import make_rule

FIRST_YEAR = 2000
LESS_IS_BETTER, DIVIDED = 5, 10
"""Every fifth indicator is better where it is less; every tenth is divided by the first one."""

METHOD = Method(
    screen=make_rule("screen", "availability"),
    impute=make_rule("impute", "median"),
    treat=make_rule("treat", {"rule": "winsorise", "most": 5, "then": "log"}),
    normalise=make_rule("normalise", "min-max"),
    weight=(Rule("declared"),),
    aggregate=(Rule("geometric"), Rule("arithmetic")),
    minimum_weight_share=(0.5,),
)


def make_framework(columns: int, years: int, per_node: int, robustness: Robustness | None = None) -> Framework:
    """A tree of one index, its sub-indices and their indicators, with a rule in every step that does something.

    Args:
        columns: How many indicators.
        years: How many years.
        per_node: How many indicators a sub-index has.
        robustness: What is varied.
    """
    codes = [f"i{k}" for k in range(columns)]
    subs = [
        Node(f"s{k}", {"en": f"s{k}"}, "", "", indicators=dict.fromkeys(codes[start : start + per_node], 1.0))
        for k, start in enumerate(range(0, columns, per_node))
    ]
    return Framework(
        title={"en": "random"},
        edition="",
        edition_year=FIRST_YEAR,
        years=tuple(range(FIRST_YEAR, FIRST_YEAR + years)),
        method=METHOD,
        groups=(),
        bands=(),
        indices=(Node("top", {"en": "top"}, "", "", children=tuple(subs)),),
        indicators={code: _make_indicator(code, k) for k, code in enumerate(codes)},
        robustness=robustness,
    )


def make_study(regions: int, columns: int, years: int, draws: int) -> tuple[Framework, pd.DataFrame, pd.DataFrame]:
    """A tree of three levels whose gaps are filled by group and whose outliers are winsorised, with all that is varied.

    Returns:
        The framework, values, and the group of every region.
    """
    filled, winsorised = make_rule("impute", {"rule": "group-mean", "group": "area"}), {"rule": "winsorise", "most": 5}
    robustness = Robustness(
        draws=draws,
        seed=7,
        base=512,
        tiers=(5, 10, 20),
        noise_levels=(1, 2, 3),
        normalise=tuple(make_rule("normalise", name) for name in ("min-max", "z-score", "percentile-rank")),
        treat=(make_rule("treat", "none"), make_rule("treat", winsorised)),
        impute=(make_rule("impute", "none"), filled),
        aggregate=((Rule("arithmetic"),), (Rule("geometric"), Rule("arithmetic"))),
        leave_out=True,
    )
    framework = make_framework(columns, years, 7, robustness)
    subs = framework.indices[0].children
    pillars = [Node(f"p{k}", {"en": f"p{k}"}, "", "", children=subs[k : k + 3]) for k in range(0, len(subs), 3)]
    framework = replace(
        framework,
        method=replace(METHOD, impute=filled, treat=make_rule("treat", winsorised), aggregate=(Rule("arithmetic"),)),
        indices=(replace(framework.indices[0], children=tuple(pillars)),),
    )
    values = make_values(regions, columns, years)
    codes = values["region"].cat.categories
    return framework, values, pd.DataFrame({"area": [f"a{k % 5}" for k in range(regions)]}, index=codes)


def _make_indicator(code: str, position: int) -> Indicator:
    return Indicator(
        code=code,
        name={"en": code},
        unit="",
        kind="amount",
        direction=1 if position % LESS_IS_BETTER else -1,
        decimals=1,
        source="",
        measures="",
        limits="",
        file=code,
        per=Denominator("i0", 100.0) if position % DIVIDED == DIVIDED - 1 else None,
    )


def make_values(regions: int, columns: int, years: int) -> pd.DataFrame:
    """Long frame of random values, one in fifty missing; names of regions and indicators as categories.

    A third of the indicators need no treatment, a third have three outliers, a third are skewed as a whole.
    """
    random = np.random.default_rng(5)
    values = random.normal(50, 8, (regions, years, columns))
    values[:3, -1, 1::3] += 500
    values[:, :, 2::3] = random.lognormal(2, 0.8, values[:, :, 2::3].shape)
    values[random.random(values.shape) < 0.02] = np.nan
    region, year, indicator = (axis.ravel() for axis in np.indices(values.shape, dtype=np.int32))
    return pd.DataFrame(
        {
            "indicator": pd.Categorical.from_codes(indicator, [f"i{k}" for k in range(columns)]),
            "region": pd.Categorical.from_codes(region, [f"r{k:05d}" for k in range(regions)]),
            "year": year + FIRST_YEAR,
            "value": values.ravel(),
        }
    )
