"""Why a score differs between two versions of the data and the method: parts that add up to the difference."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
import pandas as pd

from regional_index.framework import Framework, Project
from regional_index.method.aggregate import aggregate_tree
from regional_index.method.decompose import rank_among, shapley_values
from regional_index.method.index import Results, compute_index
from regional_index.method.normalise import fit
from regional_index.method.rules import AGGREGATE
from regional_index.method.scale import Scale
from regional_index.results.compute_open import membership_of

SWITCHES = ("own", "others", "scale", "method", "coverage")
OF_SCORES = ("own", "scale", "method", "coverage")
KEY = ["index", "region", "year"]
ENDS = ("worst", "best", "mean", "sd", "min", "max", "target", "reference")
# Less than this is what arithmetic leaves of 0.
NOISE = 1e-9
# Why a score has no parts: there is none where the data of one version meet the method of the other.
BETWEEN = "between"
NO_PARTS = pd.DataFrame(index=pd.MultiIndex.from_arrays([[]] * len(KEY), names=KEY))


@dataclass(frozen=True, eq=False)
class Reasons:
    """What the differences of scores and ranks come from.

    Attributes:
        parts: Rows (index, region, year), none where a score is not the region's own affair: `score_before,
            score_after, rank_before, rank_after` as computed here; the parts `score_own, score_scale, score_method,
            score_coverage` and `rank_own, rank_others, …` (places gained); `own_indicator` and `scale_indicator`, whose
            figure and whose scale move the score most; `note`, why there are no parts.
        ends: Numbers of the formula of normalisation that differ: `indicator, year, end, before, after`, and in
            `region, cell_year` the cell that has the new number, if any has.
    """

    parts: pd.DataFrame
    ends: pd.DataFrame


def explain(before: Project, after: Project) -> Reasons:
    """Take apart the differences of all scores and ranks of the years that both versions have.

    Each part is a Shapley value: the change that one switch from before to after makes, on average over all orders in
    which the switches can be thrown. They are the region's own figures, after gaps are filled and outliers treated; the
    figures of the others, which move ranks only; the scale, that is, what normalisation and computed weights take from
    the figures of all regions and years; the method with its declared weights and its tree; the coverage, that is,
    which figures are missing and which regions there are. A figure that is there by the coverage of one version and
    missing in the other is taken from the first; so is an indicator that only one of them has.

    There are no parts where a region's score is not its own affair: by Copeland's rule, by weights of its own, or by a
    reference of its own that a region does not have in both versions.

    Raises:
        CannotCompute: The method of one version cannot be carried out on the data of the other.
    """
    mixed = _Mixed(before, after)
    return Reasons(NO_PARTS if mixed.depends or not mixed.years else mixed.parts(), mixed.ends())


@dataclass(frozen=True, eq=False)
class _State:
    """The data of one version computed by the method of one version."""

    results: Results
    framework: Framework

    @property
    def figures(self) -> pd.DataFrame:
        return self.results.treatment.panel

    @cached_property
    def scale(self) -> Scale:
        return fit(self.figures, self.framework)

    def score(self, figures: pd.DataFrame, normalised: pd.DataFrame | None = None) -> pd.DataFrame:
        """Scores of figures by the scale and the weights of this state; rows as given, a column for each node."""
        panel = self.scale.apply(figures) if normalised is None else normalised
        scored = aggregate_tree(panel, self.results.weights, self.framework, refuse=False).scores["score"]
        nodes = list(self.framework.nodes)
        return pd.DataFrame(scored.to_numpy().reshape(len(nodes), -1).T, index=figures.index, columns=nodes)


class _Mixed:
    """Two versions, and what comes out where the data of one meet the method of the other."""

    def __init__(self, before: Project, after: Project) -> None:
        self.states: Mapping[tuple[int, int], _State] = {}
        projects = (before, after)
        values = (_with_files_of(before, after), _with_files_of(after, before))
        for data, method in product((0, 1), repeat=2):
            framework = replace(projects[method].framework, years=projects[data].framework.years)
            members = membership_of(framework, projects[data].regions)
            self.states[data, method] = _State(compute_index(values[data], framework, members), framework)
        self.years = [year for year in before.framework.years if year in after.framework.years]
        regions = sorted({region for project in projects for region in project.regions.evaluated})
        self.rows = pd.MultiIndex.from_product([regions, self.years], names=["region", "year"])
        self.nodes = [code for code in before.framework.nodes if code in after.framework.nodes]

    @property
    def depends(self) -> bool:
        """Whether some score does not follow from the region's own figures, a scale and weights."""
        states = self.states.values()
        rules = [rule for state in states for rule in state.framework.method.aggregate]
        own_reference = any(part.fitted.by_region for state in states for part in state.scale.parts)
        others = len({tuple(state.figures.index.get_level_values("region").unique()) for state in states}) > 1
        return (
            any(AGGREGATE[rule.name].compares for rule in rules)
            or any(state.results.own_weights for state in states)
            or (own_reference and others)
        )

    def figures(self, own: int, method: int, coverage: int) -> pd.DataFrame:
        """Figures of one version, as far as the other has them where the coverage is of that."""
        mine, pattern = (self.states[data, method].figures.reindex(self.rows) for data in (own, coverage))
        return mine.where(mine.notna(), pattern).where(pattern.notna())

    def parts(self) -> pd.DataFrame:
        """See `Reasons.parts`."""
        shape = (len(self.rows), len(self.nodes))
        scored = np.empty((2, 2, 2, 2, *shape))  # own, scale, method, coverage
        for own, scale, method, coverage in product((0, 1), repeat=4):
            figures = self.figures(own, method, coverage)
            scored[own, scale, method, coverage] = self.states[scale, method].score(figures)[self.nodes]
        ranks = np.empty((2, 2, 2, 2, 2, *shape))
        for own, others, *rest in product((0, 1), repeat=5):
            mine, theirs = (self._by_year(scored[whose, *rest]) for whose in (own, others))
            ranks[own, others, *rest] = rank_among(mine, theirs).reshape(shape)
        first, last = (0, 0, 0, 0), (1, 1, 1, 1)
        columns = {"score_before": scored[first], "score_after": scored[last]}
        columns |= {"rank_before": ranks[0, *first], "rank_after": ranks[1, *last]}
        columns |= {f"score_{name}": part for name, part in zip(OF_SCORES, shapley_values(scored, 4), strict=True)}
        columns |= {f"rank_{name}": part for name, part in zip(SWITCHES, shapley_values(-ranks, 5), strict=True)}
        between = np.isnan(scored).any(axis=(0, 1, 2, 3)) & ~np.isnan(scored[first]) & ~np.isnan(scored[last])
        own, scale = self._leading()
        columns |= {"own_indicator": own, "scale_indicator": scale, "note": np.where(between, BETWEEN, "")}
        keys = {
            "index": np.tile(self.nodes, shape[0]),
            **{name: np.repeat(self.rows.get_level_values(name), shape[1]) for name in ("region", "year")},
        }
        return pd.DataFrame({**keys, **{name: column.ravel() for name, column in columns.items()}}).set_index(KEY)

    def _by_year(self, scores: np.ndarray) -> np.ndarray:
        """Regions as rows, so that they are ranked within each year and node."""
        return scores.reshape(-1, max(len(self.years), 1) * len(self.nodes))

    def _leading(self) -> tuple[np.ndarray, np.ndarray]:
        """For every score, the indicator whose own figure moves it most, and the one whose scale does."""
        last = self.states[1, 1]
        figures = self.figures(1, 1, 1)
        normalised = last.scale.apply(figures)
        scores = last.score(figures, normalised)[self.nodes]
        others = last.scale.apply(self.figures(0, 1, 1)), self.states[0, 1].scale.apply(figures)
        return tuple(self._leading_of(last, scores, normalised, other) for other in others)  # pyright: ignore

    def _leading_of(
        self, state: _State, scores: pd.DataFrame, normalised: pd.DataFrame, other: pd.DataFrame
    ) -> np.ndarray:
        codes = [code for code in normalised if not normalised[code].equals(other[code])]
        moved = [
            (state.score(normalised, normalised.assign(**{code: other[code]}))[self.nodes] - scores).abs().fillna(0)
            for code in codes
        ]
        if not moved:
            return np.full(scores.shape, "", dtype=object)
        effects = np.stack(moved)
        return np.where(effects.max(axis=0) > NOISE, np.array(codes, dtype=object)[effects.argmax(axis=0)], "")

    def ends(self) -> pd.DataFrame:
        """See `Reasons.ends`."""
        before, after = (self.states[version, version].scale.parameters for version in (0, 1))
        figures = self.states[1, 1].figures
        rows = []
        for indicator, year in after.index[after.index.isin(before.index)]:
            seen: set[tuple[float, float]] = set()
            for end in ENDS:
                old, new = before.loc[(indicator, year), end], after.loc[(indicator, year), end]
                if pd.isna(old) or pd.isna(new) or abs(new - old) <= NOISE * abs(old) or (old, new) in seen:
                    continue
                seen.add((old, new))
                cells = figures.index[np.isclose(figures[indicator], new, rtol=NOISE, atol=0)]
                cells = cells if end not in ("mean", "sd") else cells[:0]
                rows.append((indicator, year, end, old, new, *(cells[0] if len(cells) else ("", 0))))
        return pd.DataFrame(rows, columns=["indicator", "year", "end", "before", "after", "region", "cell_year"])


def _with_files_of(project: Project, other: Project) -> pd.DataFrame:
    """The figures of a version, and those of the other of which it has no file."""
    more = other.values[~other.values["indicator"].isin(project.values["indicator"].unique())]
    return pd.concat([project.values, more], ignore_index=True)
