"""An invented index whose method is varied: two sub-indices, four indicators, as many regions and years as wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from regional_index.framework import Framework, Indicator, Method, Node, Robustness, Rule
from regional_index.method.rules import make_rule

NAME = {"en": "Invented"}
INDICATORS = ("a", "b", "c", "d")
NODES = ("all", "left", "right")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def rules(step: str, *given: str | Mapping[str, Any]) -> tuple[Rule, ...]:
    """Rules of a step with all their options."""
    return tuple(make_rule(step, each) for each in given)


def levels(*given: str) -> tuple[Rule, ...]:
    """Rules of aggregation by level, from the top down."""
    return rules("aggregate", *given)


def indicator(code: str, **given: Any) -> Indicator:
    """An indicator of which more is better."""
    return replace(Indicator(code, NAME, "", "amount", 1, 1, "", "", "", code), **given)


def node(code: str, *children: Node, weight: float = 1.0, **indicators: float) -> Node:
    """An index of nodes or of indicators with their weights."""
    return Node(code, NAME, code, "", weight, children=children, indicators=indicators)


def tree() -> Node:
    """`all` = 3 x `left` (2 a, 1 b) + 2 x `right` (1 c, 4 d)."""
    return node("all", node("left", weight=3.0, a=2.0, b=1.0), node("right", weight=2.0, c=1.0, d=4.0))


def framework_of(
    top: Node | None = None,
    own: Mapping[str, Mapping[str, Any]] | None = None,
    robustness: Mapping[str, Any] | None = None,
    years: Sequence[int] = (2021, 2022),
    **method: Any,
) -> Framework:
    """A framework of one tree; `own` are settings of single indicators, `robustness` what differs from no variation."""
    top = top or tree()
    framework = Framework(NAME, "", 2022, tuple(years), Method(**method), (), (), (top,), {})
    indicators = {code: indicator(code, **(own or {}).get(code, {})) for code in framework.used_indicators}
    varied = Robustness(**{"draws": 200, "seed": 1, "noise": 0.0, **(robustness or {})})
    return replace(framework, indicators=indicators, robustness=varied)


def panel_of(columns: Mapping[str, Sequence[float]], years: Sequence[int] = (2022,)) -> pd.DataFrame:
    """A panel; regions are called A, B, C and so on, the years of a region stand one after the other."""
    count = len(next(iter(columns.values()))) // len(years)
    index = pd.MultiIndex.from_product([list(LETTERS[:count]), list(years)], names=["region", "year"])
    return pd.DataFrame(columns, index=index, dtype=float)


def random_panel(
    regions: int = 7, years: Sequence[int] = (2021, 2022), seed: int = 1, missing: float = 0.0
) -> pd.DataFrame:
    """Positive figures without a pattern."""
    generator = np.random.default_rng(seed)
    figures = generator.lognormal(1.0, 0.7, (regions * len(years), len(INDICATORS)))
    figures[generator.random(figures.shape) < missing] = np.nan
    return panel_of(dict(zip(INDICATORS, figures.T, strict=True)), years)
