"""Changed methods for the second index, as one would write them in `framework.yml`: every rule of every step."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.editing import edit_yaml

SECOND = Path(__file__).parent / "second_index"
EXPERTS = """index,child,Ada,Bo
harbour,traffic,3,1
harbour,speed,1,1
traffic,goods,1,2
traffic,density,1,1
shore,clean_beaches,2,1
shore,waiting_time,1,1
"""
PAIRS = """harbour: [[1, 3], [1/3, 1]]
traffic: [[1, 2], [1/2, 1]]
shore: [[1, 4], [1/4, 1]]
"""
CLEAN = {50: 20, 40: 10, 60: 40, 70: 55, 80: 70, 90: 100}


@dataclass(frozen=True)
class Change:
    """What is different in `framework.yml`.

    Attributes:
        method: Steps, as they stand under `method`; what is not named stays as it is.
        indicators: Rules of single indicators, by code.
        files: Texts of files below `data/` that a rule names.
    """

    method: dict[str, Any] = field(default_factory=dict)
    indicators: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def write(self, root: Path) -> None:
        """Change a copy of the second index; its draws become fewer, for there are many changes to try."""
        edit_yaml(root / "data" / "framework.yml", self._declare)
        for name, text in self.files.items():
            (root / "data" / name).write_text(text, encoding="utf-8")

    def _declare(self, declared: dict[str, Any]) -> None:
        declared["method"] |= self.method
        declared.pop("lenses", None)  # by resident, one indicator is another: rules that look for that refuse it
        declared["robustness"] |= {"draws": 100, "base": 8}
        for indicator in declared["indicators"]:
            indicator |= self.indicators.get(indicator["code"], {})


def lay_out(change: Change, folder: Path) -> Path:
    """A copy of the second index with nothing but this changed."""
    root = folder / "second"
    shutil.copytree(SECOND, root, ignore=shutil.ignore_patterns("generated", "site", "build"))
    change.write(root)
    return root


def _method(**steps: Any) -> Change:
    return Change(steps)


Z = {"rule": "z-score", "mean": 0, "sd": 1}
WINSORISE = {"rule": "winsorise", "skewness": 0.1, "kurtosis": 0}
TARGETS = {"cargo": 80, "cargo_per_resident": 150, "waiting_time": 10, "clean_beaches": 85}
GOALPOSTS = {"cargo": (0, 120), "cargo_per_resident": (10, 150), "waiting_time": (50, 2), "clean_beaches": (20, 80)}

CHANGED: dict[str, Change] = {
    # what is missing
    "too little data is flagged": _method(
        screen={"rule": "availability", "least": 0.9}, impute="mean", normalise="percentile-rank"
    ),
    "too little data is excluded, median": Change(
        {
            "screen": {
                "rule": "availability",
                "least": 0.5,
                "least_by_node": 0.5,
                "zeros": "missing",
                "then": "exclude",
            },
            "impute": "median",
            "normalise": {"rule": "fraction-of-maximum", "times": 1},
        },
        {"waiting_time": {"normalise": {"rule": "distance-to-maximum", "times": 1}}},
    ),
    "mean of the group, correlations": _method(
        impute={"rule": "group-mean", "group": "ring"}, weight=["correlation", "equal"]
    ),
    "median of the group, Borda": _method(
        impute={"rule": "group-median", "group": "treaty"}, normalise={"rule": "borda", "ties": "average"}
    ),
    "a constant, and the last observation, benefit of the doubt with shares": Change(
        {
            "impute": {"rule": "constant", "value": 20},
            "normalise": {"rule": "min-max", "lower": 1, "upper": 10},
            "weight": [{"rule": "benefit-of-the-doubt", "least_share": 0.2, "most_share": 0.8}, "equal"],
        },
        {"waiting_time": {"impute": "last-observation"}, "cargo": {"impute": "linear"}},
    ),
    "expectation-maximisation, principal components": _method(
        impute="em", normalise={"rule": "z-score", "over": "year"}, weight="pca"
    ),
    # outliers
    "winsorised, then logarithms, Copeland": _method(
        treat={**WINSORISE, "most": 1, "then": "log"}, normalise=Z, aggregate="copeland"
    ),
    "winsorised, then Box-Cox, by year": _method(
        treat={**WINSORISE, "most": 0, "then": "box-cox", "over": "year"}, normalise={"rule": "min-max", "over": "year"}
    ),
    "logarithms, weakest link": _method(treat="log", normalise="distance-to-maximum", aggregate="weakest-link"),
    "Box-Cox, but for one, then ranks": Change(
        {"treat": "box-cox", "normalise": {"rule": "rank", "ties": "max"}}, {"clean_beaches": {"treat": "none"}}
    ),
    # scores
    "distance to a target, benefit of the doubt": Change(
        {"weight": "benefit-of-the-doubt"},
        {code: {"normalise": {"rule": "distance-to-target", "target": t}} for code, t in TARGETS.items()},
    ),
    "distance to a capped target of 1": Change(
        {},
        {
            code: {"normalise": {"rule": "distance-to-target", "target": target, "cap": True, "times": 1}}
            for code, target in TARGETS.items()
        },
    ),
    "distance to an island, experts": Change(
        {
            "normalise": {"rule": "distance-to-reference", "region": "Brill"},
            "weight": {"rule": "expert", "file": "experts.csv"},
        },
        files={"experts.csv": EXPERTS},
    ),
    "distance to the first year, comparisons in pairs": Change(
        {
            "normalise": {"rule": "distance-to-reference", "year": 2030, "times": 1},
            "weight": [{"rule": "ahp", "file": "pairs.yml"}, "equal"],
        },
        files={"pairs.yml": PAIRS},
    ),
    "goalposts": Change(
        {"aggregate": ["mazziotta-pareto", "arithmetic"]},
        {
            code: {"normalise": {"rule": "goalposts", "worst": worst, "best": best}}
            for code, (worst, best) in GOALPOSTS.items()
        },
    ),
    "categories, and values as scores": Change(
        {"normalise": "none"},
        {
            "clean_beaches": {"normalise": {"rule": "categorical", "scores": CLEAN}},
            "cargo": {"normalise": {"rule": "goalposts", "worst": 1, "best": 200, "log": True}},
        },
    ),
    # weights and aggregation
    "entropy, negative power": _method(weight="entropy", aggregate={"rule": "generalised-mean", "power": -1.5}),
    "geometric, quadratic, harmonic": _method(
        aggregate=["geometric", {"rule": "generalised-mean", "power": 2}, "harmonic"]
    ),
    "CRITIC, Mazziotta-Pareto around 100": _method(
        weight="critic",
        aggregate={"rule": "mazziotta-pareto", "penalty": "upward"},
        normalise={"rule": "z-score", "mean": 100, "sd": 10},
    ),
    # together
    "all steps at once": _method(
        screen={"rule": "availability", "least": 0.6},
        impute="linear",
        treat=WINSORISE,
        normalise={"rule": "z-score", "mean": 0, "sd": 10, "over": "year"},
        weight=["equal", "critic"],
        aggregate=["copeland", "weakest-link", "arithmetic"],
        minimum_weight_share=[0.5, 0.75],
    ),
}
