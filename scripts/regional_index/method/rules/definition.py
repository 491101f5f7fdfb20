"""Definition of a rule of the method: its name, its options, its function, and how it is written out for readers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from regional_index.framework import Rule
from regional_index.method.rules.columns import Columns, Fitted
from regional_index.method.rules.findings import Finding

REQUIRED = object()
Options = Mapping[str, Any]
Ends = tuple[float, float]


@dataclass(frozen=True)
class Option:
    """An option of a rule.

    Attributes:
        kind: `number`, `whole`, `choice`, `yes-no`, `text`, `scores` (a map from value to score).
        default: Its value where it is not given; `REQUIRED` where it must be.
        least: Smallest number allowed.
        greatest: Largest number allowed.
        choices: What a `choice` may be.
        own: Whether it differs from indicator to indicator, so that it is said with the indicator's name.
        is_share: Whether it is a share of 1, which readers see in percent.
    """

    kind: str
    default: Any = REQUIRED
    least: float = float("-inf")
    greatest: float = float("inf")
    choices: tuple[str, ...] = ()
    own: bool = False
    is_share: bool = False


@dataclass(frozen=True)
class Code:
    """Python with pandas that a reader can run.

    Attributes:
        formula: An expression.
        before: Lines that must come first.
    """

    formula: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A rule that `framework.yml` may declare; its words are `method.<step>.<name>` in the language packs.

    Attributes:
        name: As it is declared.
        options: By name, in the order in which they are said.
        check: Why options cannot be used together; called with the options and the direction of the
            indicator, 0 where the rule is not of an indicator.
        sentences: Further words that say what the options do, as `<key>` of `method.<step>.<key>`.
    """

    step: ClassVar[str]
    name: str
    options: Mapping[str, Option] = field(default_factory=dict)
    check: Callable[[Options, int], Iterable[Finding]] = lambda options, direction: ()
    sentences: Callable[[Options], Sequence[str]] = lambda options: ()


@dataclass(frozen=True, kw_only=True)
class Screening(Definition):
    """A rule that says how much data is enough."""

    step = "screen"


@dataclass(frozen=True)
class Rows:
    """The rows of an array of shape (regions, years, columns).

    Attributes:
        years: The years, ascending.
        groups: The group of every region, as a number from 0; -1 where it has none.
    """

    years: np.ndarray
    groups: np.ndarray


@dataclass(frozen=True, kw_only=True)
class Imputation(Definition):
    """A rule that fills gaps.

    Attributes:
        function: From values of shape (regions, years, columns), `Rows` and options to values without some gaps.
        joins_columns: Whether what is filled into an indicator depends on the values of others.
    """

    step = "impute"
    function: Callable[[np.ndarray, Rows, Options], np.ndarray]
    joins_columns: bool = False


@dataclass(frozen=True, kw_only=True)
class Treatment(Definition):
    """A rule that treats outliers.

    Attributes:
        function: From samples, shape (samples, cells), and options to the treated samples and the name of the rule
            that was applied to each, `none` where it was left.
        keeps_unit: Whether the values that it changes stay in the unit of the indicator.
    """

    step = "treat"
    function: Callable[[np.ndarray, Options], tuple[np.ndarray, np.ndarray]]
    keeps_unit: bool = False

    def transforms(self, options: Options) -> bool:
        """Whether values may lose their unit, by the rule or by the one that comes after it."""
        return not self.keeps_unit or options.get("then", "none") != "none"


def _slope(options: Options, numbers: Mapping[str, float]) -> float:
    """Slope of a straight line from the worst value to the best."""
    if pd.isna(numbers["best"]):
        return 0.0
    return (numbers["upper"] - numbers["lower"]) / abs(numbers["best"] - numbers["worst"])


@dataclass(frozen=True, kw_only=True)
class Normalisation(Definition):
    """A rule that turns values into scores.

    Attributes:
        function: From values of shape (regions, years, columns), direction of shape (columns,), numbers of the fit and
            options to scores.
        fit: Finds the numbers.
        check_values: What makes scores of some values impossible.
        turned: Whether values are multiplied by -1 where less is better; else the options say which value is better.
        has_yearly_reference: Whether values are compared with others in each year, so that years do not compare even
            where `over` is `panel`.
        ends: Between which scores all those of an indicator are, given the number of regions; nothing if unknown.
        capped: Whether scores are capped at the lower end, and at the upper.
        listed: The only values that have a score; empty where any value may have one.
        slope: By how much a score changes with any of the numbers in its formula.
        place: For a rule by rank: the rank, from the worst, of a score among so many values.
        code: Its formula; `@` means the values, turned if `turned`, and a name for options with `own`, whose
            values by indicator are given. Nothing where it takes more than a few lines.
    """

    step = "normalise"
    function: Callable[[np.ndarray, np.ndarray, Mapping[str, np.ndarray], Options], np.ndarray]
    fit: Callable[[Columns], Fitted] = lambda columns: Fitted({})
    check_values: Callable[[Columns], list[Finding]] = lambda columns: []
    turned: bool = True
    has_yearly_reference: Callable[[Options], bool] = lambda options: False
    ends: Callable[[Options, int], Ends | None] = lambda options, regions: None
    capped: Callable[[Options], tuple[bool, bool]] = lambda options: (False, bool(options.get("cap")))
    listed: Callable[[Options], list[float]] = lambda options: []
    slope: Callable[[Options, Mapping[str, float]], float] = _slope
    place: Callable[[Options, float, float], float] | None = None
    code: Callable[[Options, Mapping[str, Mapping[str, float]]], Code] | None = None


@dataclass(frozen=True)
class NodeWeights:
    """Weights of the children of a node.

    Attributes:
        shared: By code of the child, in tree order; none below 0, summing to 1 (empty for a node without children).
            Where every row has weights of its own: the mean share of each child in the rows' scores.
        own: Weights that each row has for itself, rows as the scores they come from, a column for each child. With
            them a score is the sum of weight x score, not divided by anything.
        notes: What a reader of the weights should know, in sentences.
    """

    shared: pd.Series
    own: pd.DataFrame | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Weighting(Definition):
    """A rule that gives the children of a node weights.

    Attributes:
        function: From the framework, the code of a node, scores of its children (rows (region, year), a column each)
            and options, as keywords, to weights.
        check_scores: Why there are no weights for scores of some children (code of the node, scores).
        from_scores: Whether weights follow from scores; then the rule gets only children that have some.
        of_each_row: Whether each region and year has weights of its own.
        weighs_one: Whether an only child may have another weight than 1.
        file: What is in the file that the option `file` names: `weights` of experts or `comparisons`; or nothing.
        is_declared: Whether weights are those that the framework declares.
        is_equal: Whether all weights are equal.
    """

    step = "weight"
    function: Callable[..., NodeWeights]
    check_scores: Callable[[str, pd.DataFrame], Iterable[Finding]] = lambda code, scores: ()
    from_scores: bool = False
    of_each_row: bool = False
    weighs_one: bool = False
    file: str = ""
    is_declared: bool = False
    is_equal: bool = False


@dataclass(frozen=True, kw_only=True)
class Aggregation(Definition):
    """A rule that makes one score of the scores of children.

    Attributes:
        function: `function(children, weights, years=..., **options)`; see `rules.aggregate`.
        check_children: Why there is no score for some children (code of the node, the rows without a score, weights).
        is_sum: Whether a score is the sum of what each child contributes.
        rescales: Whether the weights of the children that are present are rescaled to 1.
        uses_weights: Whether more matters of a weight than that it is above 0.
        compares: Whether regions are compared in pairs, so that a score is victories less defeats.
        power: The power of which it is the mean, if it is one: 1 arithmetic, 0 geometric, -1 harmonic.
        browser: Which of the formulas of `docs/assets/js/weighting.js` computes it, by `name`, and its numbers; nothing
            where none does. Power means need not say it.
        rests_on: What a worked example says first: `spread` of the children, or `duels` with other regions.
        term: How a child enters the worked example; `^{…}` is a power. Terms are joined by `sign`.
        sign: What is between the terms.
        code: From the weights `w` and the scores `part` of the children present.
        code_from_steps: Lines that print the score from `steps`, for a rule that `compares`.
    """

    step = "aggregate"
    function: Callable[..., np.ndarray]
    check_children: Callable[[str, pd.DataFrame, pd.Series], Iterable[Finding]] = lambda code, rows, weights: ()
    is_sum: bool = False
    rescales: bool = False
    uses_weights: bool = True
    compares: bool = False
    power: Callable[[Options], float | None] = lambda options: None
    browser: Callable[[Options], Mapping[str, Any]] | None = None
    rests_on: str = ""
    term: str = ""
    sign: str = " + "
    code: Callable[[Options], Code] | None = None
    code_from_steps: tuple[str, ...] = ()

    def formula_in_browser(self, options: Options) -> Mapping[str, Any] | None:
        """The formula by which a reader's browser finds scores for other weights, with its numbers."""
        power = self.power(options)
        if power is not None:
            return {"name": "power", "power": power}
        return self.browser(options) if self.browser else None


SCREEN: dict[str, Screening] = {}
IMPUTE: dict[str, Imputation] = {}
TREAT: dict[str, Treatment] = {}
NORMALISE: dict[str, Normalisation] = {}
WEIGH: dict[str, Weighting] = {}
AGGREGATE: dict[str, Aggregation] = {}
RULES: Mapping[str, Mapping[str, Definition]] = {
    "screen": SCREEN, "impute": IMPUTE, "treat": TREAT, "normalise": NORMALISE, "weight": WEIGH, "aggregate": AGGREGATE,
}  # fmt: skip
"""Every rule that may be declared, by step and name."""


def register(*definitions: Definition) -> None:
    """Enter rules into the table of their step."""
    for definition in definitions:
        table: Any = RULES[definition.step]
        table[definition.name] = definition


def choice(*choices: str) -> Option:
    """An option that is a choice; the first one is the default."""
    return Option("choice", choices[0], choices=choices)


OVER = choice("panel", "year")


def make_rule(step: str, given: str | Mapping[str, Any]) -> Rule:
    """A rule with all its options, the defaults filled in.

    Args:
        step: A key of `RULES`.
        given: The name of the rule, or a map with its name under `rule` and options.

    Examples:
        >>> make_rule("normalise", {"rule": "z-score", "sd": 15}).options
        {'mean': 50.0, 'sd': 15, 'over': 'panel'}
    """
    name, options = (given, {}) if isinstance(given, str) else (given["rule"], given)
    allowed = RULES[step][name].options
    return Rule(name, {key: options.get(key, option.default) for key, option in allowed.items()})


def own_options(step: str, rule: Rule) -> tuple[str, ...]:
    """Names of the options of a rule of which every indicator has its own value."""
    return tuple(name for name, option in RULES[step][rule.name].options.items() if option.own)
