"""What comparing all claims of an edition found: plain records, which are written as JSON and read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regional_index.claims.readings import Interval
from regional_index.framework import Edition


@dataclass(frozen=True)
class Mend:
    """One change to one claim after which all others can hold, but for those of other conflicts.

    Attributes:
        claim: Its id.
        part: `value`, `lower` or `upper`, or `regions` where one region would be exchanged for another.
        stated: The figure as printed, or the code of a region.
        needed: What would have to stand there.
    """

    claim: str
    part: str
    stated: str
    needed: str


@dataclass(frozen=True)
class Conflict:
    """A set of claims that cannot all hold, though any that leaves one of them out can.

    `overlaps` where it shares claims with one that was found before.
    """

    claims: tuple[str, ...]
    mends: tuple[Mend, ...] = ()
    overlaps: bool = False


@dataclass(frozen=True)
class Check:
    """One printed figure computed again from others.

    Attributes:
        rule: `mean`, `share`, `count_share`, `members`, `both_sides` or `rest`.
        claim: The claim that states the figure.
        others: The claims it was computed from.
        parts: What was computed with, as printed, in the order of the rule's sentence.
        computed: All values that the others allow.
        fits: `rounded`, `truncated`, `approximate` or, where none of these fits, `not`.
    """

    rule: str
    claim: str
    others: tuple[str, ...]
    parts: tuple[str, ...]
    computed: Interval
    fits: str


@dataclass(frozen=True)
class Trial:
    """One wrong version of a claim.

    Attributes:
        claim: Id of the claim.
        kind: Its kind.
        change: What was changed, see `Version` in `kinds`.
        noticed: Whether it contradicts the other claims.
    """

    claim: str
    kind: str
    change: str
    noticed: bool


@dataclass(frozen=True)
class Verdict:
    """What the other claims say of one.

    Attributes:
        verdict: `contradicted` where it is in a set that cannot all hold and shares no claim with those found before
            it; else `holds`
            where the others test it, that is, where plain arithmetic gives it again or some wrong version of it would
            contradict them; else `untestable`.
        set_aside: Whether a decision leaves it out of everything that is derived.
        conflicts_with: The other claims of that set.
        checks: The arithmetic it takes part in.
        tried: How many wrong versions of it were tried.
        noticed: How many of them the others contradict.
    """

    verdict: str
    set_aside: bool = False
    conflicts_with: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    tried: int = 0
    noticed: int = 0


@dataclass(frozen=True)
class Audit:
    """Everything that was found; `verdicts` by claim."""

    conflicts: tuple[Conflict, ...]
    checks: tuple[Check, ...]
    trials: tuple[Trial, ...]
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True)
class WeightStudy:
    """The weights in whole steps with which an index can be the weighted mean of its sub-indices.

    Attributes:
        index: Code of the index.
        parts: Codes of its sub-indices.
        steps: How many steps make the whole: 20 for steps of 5 %, 100 for steps of 1 %.
        tried: How many weightings there are, every sub-index having one step at least.
        fit_totals: How many agree with the published totals to their rounding.
        fit_all: Those of them with which all claims can hold, in steps by the order of `parts`.
    """

    index: str
    parts: tuple[str, ...]
    steps: int
    tried: int
    fit_totals: int
    fit_all: tuple[tuple[int, ...], ...]

    def shares(self, weights: Sequence[int]) -> dict[str, float]:
        """Weights as parts of 1, by sub-index."""
        return {part: weight / self.steps for part, weight in zip(self.parts, weights, strict=True)}


@dataclass(frozen=True)
class EditionFindings:
    """An edition, and what its claims say of each other.

    Attributes:
        edition: The claims and the decisions on them.
        audit: Verdicts, contradictions and the self-test.
        weights: For each index with sub-indices, weights that may have been used, in coarse and in fine steps.
    """

    edition: Edition
    audit: Audit
    weights: tuple[WeightStudy, ...]
