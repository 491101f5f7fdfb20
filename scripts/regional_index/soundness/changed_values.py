"""Scores of one year where one value is another: only what follows from the value is computed, for many at once."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from regional_index.framework import Framework, at_depth
from regional_index.method.aggregate import SHARE_TOLERANCE
from regional_index.method.impute import impute
from regional_index.method.index import Results
from regional_index.method.normalise import fit
from regional_index.method.screen import screen
from regional_index.method.treat import treat
from regional_index.method.weight import FROM_SCORES, weigh_node
from regional_index.soundness.variants import score_node

# Cells of the columns that are worked on at once: 4 MB, which stays in the processor's cache.
CELLS = 2**19


class ChangedValues:
    """What the scores of a year would be with another value of one indicator.

    Attributes:
        regions: Codes, in the order of the panel.
    """

    def __init__(
        self, results: Results, framework: Framework, year: int, membership: pd.DataFrame | None = None
    ) -> None:
        self._results, self._framework, self._membership = results, framework, membership
        index = results.normalised.index
        self.regions = [str(region) for region in index.get_level_values("region").unique()]
        self._of_year = np.flatnonzero(index.get_level_values("year") == year)
        # Weights that follow from scores follow from those of all years; else the rows of the year are enough.
        all_rows = any(rule.name in FROM_SCORES for rule in framework.method.weight)
        self._rows = np.arange(len(index)) if all_rows else self._of_year
        self._in_rows = self._of_year if all_rows else np.arange(len(self._of_year))
        scores = results.scores["score"].to_numpy(dtype=float).reshape(len(framework.nodes), len(index))
        columns = [*zip(framework.nodes, scores, strict=True), *results.normalised.items()]
        self._now = {code: np.asarray(column, dtype=float)[None, self._rows] for code, column in columns}
        screening = framework.method.screen.options
        imputing = {framework.rule_of("impute", code).name for code in framework.used_indicators}
        self._columns_are_tied = "em" in imputing or (
            screening.get("then") == "exclude" and screening.get("zeros") == "missing"
        )

    def scores(self, code: str, at: np.ndarray, values: np.ndarray, nodes: Sequence[str]) -> np.ndarray:
        """Scores of all regions, once for each try.

        Args:
            code: The indicator.
            at: The position of the region whose value changes, for every try.
            values: What it becomes.
            nodes: The node above the indicator whose scores are wanted, for every try.

        Returns:
            Shape (tries, regions).
        """
        found = np.empty((len(at), len(self.regions)))
        size = max(1, CELLS // len(self._results.values))
        for start in range(0, len(at), size):
            part = slice(start, start + size)
            changed = self._climb(self._normalise(code, self._of_year[at[part]], values[part]))
            for place, node in enumerate(nodes[part], start):
                found[place] = changed[node][place - start, self._in_rows]
        return found

    def _normalise(self, code: str, rows: np.ndarray, values: np.ndarray) -> dict[str, np.ndarray]:
        """Scores of the indicators that the value bears on, shape (tries, rows)."""
        tries = range(len(rows))
        if self._columns_are_tied:
            panels = []
            for row, value in zip(rows, values, strict=True):
                panel = self._results.values.copy()
                panel.iloc[row, panel.columns.get_loc(code)] = value
                panels.append(self._score(screen(panel, self._framework).panel, self._framework))
            stacked = np.array(panels)
            return {name: stacked[:, :, k] for k, name in enumerate(self._results.values.columns)}
        column = self._results.screening.panel[code].to_numpy(dtype=float)
        columns = np.repeat(column[:, None], len(rows), axis=1)
        columns[rows, tries] = values
        # A column for each try, all of them by the rules of this indicator.
        names = [str(number) for number in tries]
        indicators = dict.fromkeys(names, self._framework.indicator(code))
        panel = pd.DataFrame(columns, index=self._results.values.index, columns=names)
        return {code: self._score(panel, replace(self._framework, indicators=indicators)).T}

    def _score(self, panel: pd.DataFrame, framework: Framework) -> np.ndarray:
        """Indicator scores of a screened panel, in the rows that matter."""
        treated = treat(impute(panel, framework, self._membership).panel, framework).panel
        return fit(treated, framework).apply(treated).to_numpy()[self._rows]

    def _climb(self, changed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """These scores of indicators, and those of all nodes above them, shape (tries, rows)."""
        for code in reversed(list(self._framework.nodes)):
            children = self._framework.nodes[code].child_weights
            if changed.keys() & children.keys():
                parts = {child: changed.get(child, self._now[child]) for child in children}
                changed[code] = self._score_node(code, parts)
        return changed

    def _score_node(self, code: str, children: dict[str, np.ndarray]) -> np.ndarray:
        rule = at_depth(self._framework.method.weight, self._framework.depths[code])
        if rule.name not in FROM_SCORES:
            return self._combine(code, children, self._results.weights[code], None)
        tries = max(len(part) for part in children.values())
        index = self._results.values.index
        scores = []
        for number in range(tries):
            one = {child: part[min(number, len(part) - 1)][None] for child, part in children.items()}
            table = pd.DataFrame({child: part[0] for child, part in one.items()}, index=index)
            weighed = weigh_node(self._framework, code, table)
            scores.append(self._combine(code, one, weighed.shared, weighed.own))
        return np.concatenate(scores)

    def _combine(
        self, code: str, children: dict[str, np.ndarray], shared: pd.Series, own: pd.DataFrame | None
    ) -> np.ndarray:
        """Scores of a node where enough of its children are present; see `aggregate_tree`."""
        method, depth = self._framework.method, self._framework.depths[code]
        weights = shared.reindex(list(children)).to_numpy(dtype=float)
        years = len(self._rows) // len(self.regions)
        rule, parts = at_depth(method.aggregate, depth), list(children.values())
        if own is None:
            scores = score_node(rule, parts, weights[None], None, years)
        else:
            table = own.reindex(columns=list(children)).to_numpy(dtype=float).T
            scores = score_node(rule, parts, np.ones((1, len(parts))), table, years)
        present = sum(weight * ~np.isnan(part) for weight, part in zip(weights, parts, strict=True))
        return np.where(present >= at_depth(method.minimum_weight_share, depth) - SHARE_TOLERANCE, scores, np.nan)
