"""The tree of indices, its indicators and the method: the whole of `framework.yml`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from regional_index.errors import LookupFailed
from regional_index.framework.method import Method, Robustness, Rule

SIGNED = "signed"
"""The kind of indicator that may be negative: a growth rate, a balance."""
Name = Mapping[str, str]
"""A name by language code, e.g. `{"zh": "产业规模", "en": "Industry scale"}`; the first one is the site's."""


def site_name(name: Name) -> str:
    """The name in the site's language: the first one given.

    Examples:
        >>> site_name({"zh": "产业规模", "en": "Industry scale"})
        '产业规模'
    """
    return next(iter(name.values()))


@dataclass(frozen=True)
class Denominator:
    """Divide the values of a file by another indicator of the same region and year, then multiply by `scale`.

    Attributes:
        indicator: Code of what the values are divided by.
        scale: What the quotient is multiplied by.
        unit: Unit of the undivided values; empty where another indicator reads the same file undivided.
        kind: Kind of the undivided values; empty likewise.
    """

    indicator: str
    scale: float
    unit: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Divided:
    """How a lens shows an indicator: divided, in another unit, with so many decimals."""

    per: Denominator
    unit: str
    decimals: int


@dataclass(frozen=True)
class Lens:
    """A reading of the same indicators, such as totals, or figures per resident.

    Attributes:
        code: Of the lens; also the address of its pages, unless it is the first one, which is the publisher's.
        definition: What it shows.
        indicators: Those that it divides, by code; all others are as declared.
    """

    code: str
    name: Name
    definition: str
    indicators: Mapping[str, Divided] = field(default_factory=dict)


@dataclass(frozen=True)
class Expectation:
    """What regions are compared with: those alike by an indicator, and what some indicators let expect.

    Attributes:
        peers: Code of the indicator by which regions are alike.
        by: Codes of the indicators that explain scores.
    """

    peers: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """A region that does not publish an indicator, in some years or, where none are named, in all."""

    region: str
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """One measured quantity. `unit` is of the value computed with, after any division.

    `impute`, `treat` and `normalise` are rules of its own, in place of those of the method. `context` says that it
    enters no index on purpose. `years` are those that it has values of, all of the series by default; `calculated` are
    those in which the publisher gives only what it is calculated from, and `breaks` says by year why values cannot be
    compared with those before. `aliases` are other words for it.
    """

    code: str
    name: Name
    unit: str
    kind: str
    direction: int
    decimals: int
    source: str
    measures: str
    limits: str
    file: str
    aliases: tuple[str, ...] = ()
    per: Denominator | None = None
    max_ratio: float | None = None
    weak: bool = False
    quality: str = "high"
    years: tuple[int, ...] = ()
    calculated: tuple[int, ...] = ()
    breaks: Mapping[int, str] = field(default_factory=dict)
    not_published: tuple[Gap, ...] = ()
    context: bool = False
    impute: Rule | None = None
    treat: Rule | None = None
    normalise: Rule | None = None

    def breaks_between(self, first: int, last: int) -> dict[int, str]:
        """The breaks that part values of `first` from those of `last`, by year."""
        return {year: note for year, note in self.breaks.items() if first < year <= last}


@dataclass(frozen=True)
class Node:
    """An index or sub-index: a mean of its children, which are nodes or indicators, never both.

    `short` is the name where there is room for two or three characters only.
    """

    code: str
    name: Name
    short: str
    definition: str
    weight: float = 1.0
    aliases: tuple[str, ...] = ()
    children: tuple["Node", ...] = ()
    indicators: Mapping[str, float] = field(default_factory=dict)
    not_computed: str = ""

    @property
    def child_weights(self) -> dict[str, float]:
        """Weight by code of what this node is the mean of, as declared (they need not sum to 1)."""
        return {child.code: child.weight for child in self.children} or dict(self.indicators)


@dataclass(frozen=True)
class Group:
    """A column of the regions table by which regions are put together, and the order to show them in."""

    code: str
    name: Name
    order: tuple[str, ...]


@dataclass(frozen=True)
class Framework:
    """The whole of `framework.yml`, and the files of weights that it names.

    Attributes:
        edition: Code of the published edition; empty where there is none.
        edition_year: Its data year; 0 where there is none.
        edition_names: The name of the published edition by language; empty where its code is its name.
        language: Code of the site's language, in which the first of every name is.
        expert_weights: By code of a node, the weights of its children (summing to 1) on which experts agree.
        pairwise: By code of a node, how much more each child counts than each other, in the order of the children.
        lenses: Readings of the indicators, the publisher's first; none where there is one only.
        lens: Code of the one that `indicators` are seen by; empty where there are none.
        expectation: What regions are compared with; none where that is not declared.
    """

    title: Name
    edition: str
    edition_year: int
    years: tuple[int, ...]
    method: Method
    groups: tuple[Group, ...]
    bands: tuple[float, ...]
    indices: tuple[Node, ...]
    indicators: Mapping[str, Indicator]
    robustness: Robustness | None = None
    expert_weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    pairwise: Mapping[str, Sequence[Sequence[float]]] = field(default_factory=dict)
    edition_names: Name = field(default_factory=dict)
    language: str = ""
    lenses: tuple[Lens, ...] = ()
    lens: str = ""
    expectation: Expectation | None = None

    @property
    def reading(self) -> Lens | None:
        """The lens that the indicators are seen by."""
        return next((lens for lens in self.lenses if lens.code == self.lens), None)

    def seen_by(self, lens: Lens) -> "Framework":
        """The framework with its indicators as a lens divides them.

        What was a count or an amount is a ratio then; its file is described by the unit and kind that it had.
        """
        indicators = dict(self.indicators)
        for code, divided in lens.indicators.items():
            own = indicators[code]
            per = replace(divided.per, unit=own.unit, kind=own.kind)
            indicators[code] = replace(own, per=per, unit=divided.unit, decimals=divided.decimals, kind="ratio")
        return replace(self, indicators=indicators, lens=lens.code)

    @property
    def edition_name(self) -> str:
        """The name of the published edition in the site's language."""
        return site_name(self.edition_names) if self.edition_names else self.edition

    def walk(self) -> Iterator[Node]:
        """Every node, parents before their children."""
        waiting = list(self.indices)
        while waiting:
            node = waiting.pop(0)
            yield node
            waiting[:0] = node.children

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every node by its code, parents before their children."""
        return {node.code: node for node in self.walk()}

    @cached_property
    def depths(self) -> dict[str, int]:
        """Depth of every node by its code: 1 for the indices at the top, 2 for their children, and so on."""
        found: dict[str, int] = {}
        for code in self.nodes:
            found[code] = found[self.parents[code]] + 1 if code in self.parents else 1
        return found

    def rule_of(self, step: str, indicator: str) -> Rule:
        """The rule by which an indicator is imputed, treated or normalised: its own, else that of the method.

        Args:
            step: `impute`, `treat` or `normalise`.
            indicator: Its code.
        """
        return getattr(self.indicator(indicator), step) or getattr(self.method, step)

    @cached_property
    def incomplete_indicators(self) -> tuple[str, ...]:
        """Codes of the indicators in the tree that are declared to have no values of some year of the series."""
        own = {code: self.indicator(code).years for code in self.used_indicators}
        return tuple(code for code, years in own.items() if years and not set(self.years) <= set(years))

    def address_of(self, code: str) -> str:
        """Address of the page of an index below the root of the site: its own code after those of its parents."""
        codes = [code]
        while codes[0] in self.parents:
            codes.insert(0, self.parents[codes[0]])
        return "/".join(codes) + "/"

    @cached_property
    def parents(self) -> dict[str, str]:
        """Code of the parent of every node and indicator in the tree; the top indices have none.

        An indicator that is in several nodes is listed under the first.
        """
        found: dict[str, str] = {}
        for node in self.walk():
            for code in node.child_weights:
                found.setdefault(code, node.code)
        return found

    @cached_property
    def used_indicators(self) -> tuple[str, ...]:
        """Codes of the indicators that enter an index, in tree order."""
        return tuple(dict.fromkeys(code for node in self.walk() for code in node.indicators))

    def indicators_below(self, code: str) -> tuple[str, ...]:
        """Codes of the indicators that an index is made of, at any depth, each once."""
        node = self.node(code)
        below = [inner for child in node.children for inner in self.indicators_below(child.code)]
        return tuple(dict.fromkeys([*below, *node.indicators]))

    def indicators_by_parent(self, code: str) -> dict[str, list[str]]:
        """The indicators below an index by the node directly above them, each once."""
        found: dict[str, list[str]] = {}
        seen: set[str] = set()
        for node in self.walk():
            new = [name for name in node.indicators if name not in seen] if self.is_below(node.code, code) else []
            seen.update(new)
            found |= {node.code: new} if new else {}
        return found

    def is_below(self, code: str, index: str) -> bool:
        """Whether a node is an index or anywhere below it."""
        return code == index or (code in self.parents and self.is_below(self.parents[code], index))

    def is_additive(self, indicator: str) -> bool:
        """Whether a sum of an indicator over regions means something: counts and amounts, not shares and ratios."""
        declared = self.indicator(indicator)
        return declared.kind in ("count", "amount") and declared.per is None

    def files_of(self, indicator: str) -> tuple[str, ...]:
        """The files that an indicator is made of: its own, and that of what it is divided by."""
        declared = self.indicator(indicator)
        divided_by = [self.indicator(declared.per.indicator).file] if declared.per else []
        return tuple(dict.fromkeys([declared.file, *divided_by]))

    def sources_of_indicator(self, code: str) -> tuple[str, ...]:
        """Ids of the sources of an indicator and of what it is divided by."""
        indicator = self.indicator(code)
        divided_by = [self.indicator(indicator.per.indicator).source] if indicator.per else []
        return tuple(dict.fromkeys([indicator.source, *divided_by]))

    def sources_below(self, code: str) -> tuple[str, ...]:
        """Ids of the sources of all indicators below an index, each once."""
        found = [source for name in self.indicators_below(code) for source in self.sources_of_indicator(name)]
        return tuple(dict.fromkeys(found))

    def node(self, code: str) -> Node:
        """The index or sub-index with this code.

        Raises:
            LookupFailed: There is none; the message lists the codes there are.
        """
        if code not in self.nodes:
            raise LookupFailed(f'unknown index "{code}"; there are {", ".join(self.nodes)}')
        return self.nodes[code]

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code.

        Raises:
            LookupFailed: There is none; the message lists the codes there are.
        """
        if code not in self.indicators:
            raise LookupFailed(f'unknown indicator "{code}"; there are {", ".join(self.indicators)}')
        return self.indicators[code]

    def group(self, code: str) -> Group:
        """The grouping of regions with this code.

        Raises:
            LookupFailed: There is none; the message lists the codes there are.
        """
        for group in self.groups:
            if group.code == code:
                return group
        raise LookupFailed(f'unknown group "{code}"; there are {", ".join(g.code for g in self.groups)}')
