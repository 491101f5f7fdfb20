"""Linear rows over the cells of a table, and the yes-or-no variables that counting and ranking need.

A region counts as ahead of another when its score is greater by `GAP`: a hundredth of the last printed decimal, and
well above what the solver cannot tell apart. Scores that are closer, but not the same, are in no table that the rows
of a claim about their order allow.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any

from regional_index.claims.universe import Universe

GAP = 1e-4
ALWAYS = ""
"""Stands for a claim in rows that hold whatever is claimed."""
Variable = tuple[str, ...]
Expression = dict[Variable, float]


def cell(index: str, region: str) -> Variable:
    """The score of a region in an index."""
    return ("score", index, region)


def add_up(*parts: tuple[float, Mapping[Variable, float]]) -> Expression:
    """Several expressions, each times a factor, as one.

    Examples:
        >>> add_up((1, {("x",): 2.0}), (-3, {("x",): 1.0, ("y",): 1.0}))
        {('x',): -1.0, ('y',): -3.0}
    """
    whole: Expression = {}
    for factor, expression in parts:
        for variable, coefficient in expression.items():
            whole[variable] = whole.get(variable, 0.0) + factor * coefficient
    return whole


def is_ahead(first: Any, second: Any) -> Any:
    """Whether scores are greater than others by `GAP`, the last bits of arithmetic aside; numbers, or whole series.

    Examples:
        >>> is_ahead(10.3, 10.299999999999999), is_ahead(10.3, 10.299)
        (False, True)
    """
    return first - second >= GAP - 1e-9


@dataclass
class Row:
    """`lower <= expression <= upper`, in force while any of its claims is; `strict` where a bound has `GAP` in it."""

    expression: Expression
    lower: float
    upper: float
    claims: set[str]
    strict: bool = False


Maker = Callable[[Mapping[str, Variable]], list[Row]]


@dataclass
class Sheet:
    """Collects the rows that claims mean. Set `claim` before adding those of a claim."""

    universe: Universe
    claim: str = ALWAYS
    rows: list[Row] = field(default_factory=list)
    bounds: dict[Variable, tuple[float, float]] = field(default_factory=dict)
    binaries: set[Variable] = field(default_factory=set)
    _shared: dict[Variable, tuple[dict[str, Variable], list[Row]]] = field(default_factory=dict, init=False)

    def copy(self) -> "Sheet":
        """A sheet that can be added to without adding to this one; the rows so far are shared."""
        copied = replace(self, rows=[*self.rows], bounds={**self.bounds}, binaries={*self.binaries})
        copied._shared = {**self._shared}
        return copied

    def score(self, index: str, region: str) -> Expression:
        """One cell."""
        variable = cell(index, region)
        self.bounds.setdefault(variable, (self.universe.lowest, self.universe.highest))
        return {variable: 1.0}

    def sum_of(self, index: str, regions: Iterable[str]) -> Expression:
        """The sum of some regions' scores."""
        return add_up(*((1.0, self.score(index, region)) for region in regions))

    def total_of(self, index: str) -> Expression:
        """The sum of all regions' scores, as a variable of its own, which keeps the rows short."""
        total = ("total", index)
        if total not in self.bounds:
            count = len(self.universe.regions)
            self.bounds[total] = (count * self.universe.lowest, count * self.universe.highest)
            summed = self.sum_of(index, self.universe.regions)
            self.rows.append(Row(add_up((1.0, summed), (-1.0, {total: 1.0})), 0, 0, {ALWAYS}))
        return {total: 1.0}

    def mean_of(self, index: str) -> Expression:
        """The mean of all regions' scores."""
        return add_up((1 / len(self.universe.regions), self.total_of(index)))

    def require(self, expression: Expression, lower: float = -inf, upper: float = inf, *, strict: bool = False) -> Row:
        """Add a row for the claim at hand."""
        row = Row(expression, lower, upper, {self.claim}, strict)
        self.rows.append(row)
        return row

    def require_ahead(self, first: Expression, second: Expression) -> None:
        """The first is greater than the second."""
        self.require(add_up((1.0, first), (-1.0, second)), lower=GAP, strict=True)

    def parted_by(self, index: str, threshold: str, *, strictly: bool) -> Mapping[str, Variable]:
        """A yes-or-no variable a region: is its score at least (or strictly above) a number or `mean`?"""

        def make(up: Mapping[str, Variable]) -> list[Row]:
            rows: list[Row] = []
            for region, variable in up.items():
                score = self.score(index, region)
                if threshold == "mean":
                    apart = add_up((1.0, score), (-1.0, self.mean_of(index)))
                    rows += self._either(variable, apart, 0.0, self._apart, strictly=strictly)
                else:
                    ends = (self.universe.lowest, self.universe.highest)
                    rows += self._either(variable, score, float(threshold), ends, strictly=strictly)
            return rows

        kind = "above" if strictly else "at_least"
        return self._share(("parted", index, kind, threshold), self.universe.regions, make)

    def leading(self, index: str, size: int) -> Mapping[str, Variable]:
        """A yes-or-no variable a region: is it among the `size` best?"""
        name = ("leading", index, str(size))

        def make(among: Mapping[str, Variable]) -> list[Row]:
            cut = ("cut", *name)
            # The last of all regions, too, may be among the best: the cut is then below the lowest score.
            self.bounds[cut] = (self.universe.lowest - GAP, self.universe.highest)
            rows = [self.require(dict.fromkeys(among.values(), 1.0), size, size)]
            for region, variable in among.items():
                apart = add_up((1.0, self.score(index, region)), (-1.0, {cut: 1.0}))
                rows += self._either(variable, apart, 0.0, self._apart, strictly=True)
            return rows

        return self._share(name, self.universe.regions, make)

    def nth_least(self, index: str, place: int) -> Expression:
        """The score in a place, from 0, when all regions are sorted, the least first.

        At least `place + 1` scores are no greater than it, and at least as many as come from there on no less.
        """
        nth = ("nth", index, str(place))
        self.bounds[nth] = (self.universe.lowest, self.universe.highest)
        count = len(self.universe.regions)
        for side, least, sign in (("up_to", place + 1, 1.0), ("from", count - place, -1.0)):

            def make(on: Mapping[str, Variable], least: int = least, sign: float = sign) -> list[Row]:
                rows = [self.require(dict.fromkeys(on.values(), 1.0), lower=least)]
                for region, switch in on.items():
                    past = add_up((sign, self.score(index, region)), (-sign, {nth: 1.0}))
                    width = self.universe.width
                    rows.append(self.require(add_up((1.0, past), (width, {switch: 1.0})), upper=width))
                return rows

            self._share((*nth, side), self.universe.regions, make)
        return {nth: 1.0}

    def ahead_of(self, index: str, region: str) -> Mapping[str, Variable]:
        """A yes-or-no variable for each other region: is it ahead of this one?"""

        def make(ahead: Mapping[str, Variable]) -> list[Row]:
            rows: list[Row] = []
            for other, variable in ahead.items():
                apart = add_up((1.0, self.score(index, other)), (-1.0, self.score(index, region)))
                rows += self._either(variable, apart, 0.0, self._apart, strictly=True)
            return rows

        return self._share(("ahead", index, region), self.universe.others([region]), make)

    def product(self, index: str, region: str, chosen: Variable) -> Expression:
        """The score of a region where a yes-or-no variable is yes, else nothing (McCormick's envelope, here exact)."""
        name = ("product", index, region, *chosen)
        low, high = self.universe.lowest, self.universe.highest
        self.bounds[name] = (min(low, 0.0), max(high, 0.0))
        product, switch, score = {name: 1.0}, {chosen: 1.0}, self.score(index, region)
        self.require(add_up((1.0, product), (-high, switch)), upper=0)
        self.require(add_up((1.0, product), (-low, switch)), lower=0)
        self.require(add_up((1.0, product), (-1.0, score), (-high, switch)), lower=-high)
        self.require(add_up((1.0, product), (-1.0, score), (-low, switch)), upper=-low)
        return product

    @property
    def _apart(self) -> tuple[float, float]:
        return (-self.universe.width, self.universe.width)

    def _either(
        self, switch: Variable, expression: Expression, at: float, ends: tuple[float, float], *, strictly: bool
    ) -> list[Row]:
        """Yes: the expression is `at` or more. No: it is less. With `strictly`, `at` itself is a no."""
        yes, no = (at + GAP, at) if strictly else (at, at - GAP)
        least, most = ends
        return [
            self.require(add_up((1.0, expression), (least - yes, {switch: 1.0})), lower=least),
            self.require(add_up((1.0, expression), (no - most, {switch: 1.0})), upper=no),
        ]

    def _share(self, name: Variable, regions: Iterable[str], make: Maker) -> Mapping[str, Variable]:
        """Variables that several claims need are made once; their rows stay while one of these claims is in force."""
        if name not in self._shared:
            variables = {region: (*name, region) for region in regions}
            self.binaries.update(variables.values())
            self.bounds.update(dict.fromkeys(variables.values(), (0.0, 1.0)))
            self._shared[name] = variables, make(variables)
        variables, rows = self._shared[name]
        for row in rows:
            row.claims.add(self.claim)
        return variables
