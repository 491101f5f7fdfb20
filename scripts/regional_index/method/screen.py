"""Step: how much of the data a region has in a year, and whether that is enough to go on with."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from regional_index.framework import SHARE_TOLERANCE, Framework


@dataclass(frozen=True)
class Screening:
    """Completeness of the panel; shares are 0-1, and every row is a (region, year) of the panel.

    Attributes:
        available: Share of the indicators that are present; 0 is missing where the rule says so.
        by_node: Share of the indicators below each node, at any depth, that are present; a column for each node that
            has indicators below it, in tree order.
        zeros: Share of the indicators that are exactly 0.
        enough: Whether every share reaches its threshold; being equal is enough. True without a rule.
        panel: The panel to go on with: rows without enough are emptied if the rule says so.
    """

    available: pd.Series
    by_node: pd.DataFrame
    zeros: pd.Series
    enough: pd.Series
    panel: pd.DataFrame


def screen(panel: pd.DataFrame, framework: Framework) -> Screening:
    """Count what is there, and judge it by the rule of the method.

    Indicators count the same whatever their weights, and once, however many nodes they are under. (OECD/JRC
    Handbook 2008, step 2.)

    Args:
        panel: Panel of indicators.
        framework: Tree and rule: `none`, or `availability` with the thresholds `least` (of all indicators) and
            `least_by_node` (of those below every node), `zeros` (`present` or `missing`) and `then` (`flag` or
            `exclude`).
    """
    values = panel.to_numpy(dtype=float)
    options: dict[str, Any] = dict(framework.method.screen.options)
    zero = values == 0
    present = ~np.isnan(values)
    if options.get("zeros") == "missing":
        present &= ~zero
    by_node = _shares_by_node(present, panel, framework)
    available = _share(present)
    least, least_by_node = options.get("least", 0.0), options.get("least_by_node", 0.0)
    enough = (available >= least - SHARE_TOLERANCE) & (by_node >= least_by_node - SHARE_TOLERANCE).all(axis=1)
    excluded = ~enough if options.get("then") == "exclude" else np.zeros(len(panel), dtype=bool)
    return Screening(
        available=pd.Series(available, index=panel.index, name="available"),
        by_node=by_node,
        zeros=pd.Series(_share(zero), index=panel.index, name="zeros"),
        enough=enough.rename("enough"),
        panel=panel.mask(excluded) if excluded.any() else panel,
    )


def _shares_by_node(present: np.ndarray, panel: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    below = {code: panel.columns.isin(framework.indicators_below(code)) for code in framework.nodes}
    below = {code: columns for code, columns in below.items() if columns.any()}
    belongs = np.array([*below.values()], dtype=float).reshape(len(below), present.shape[1]).T
    shares = present.astype(float) @ belongs / belongs.sum(axis=0)
    return pd.DataFrame(shares, index=panel.index, columns=pd.Index([*below]))


def _share(cells: np.ndarray) -> np.ndarray:
    return np.count_nonzero(cells, axis=1) / max(cells.shape[1], 1)
