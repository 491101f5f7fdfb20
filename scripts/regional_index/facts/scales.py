"""Scales of scores: where they begin and end, where bars begin, into which classes they are divided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from regional_index.framework import Framework, Node, at_depth
from regional_index.method.rules import AGGREGATE, NORMALISE, WEIGH

Ends = tuple[float, float]
# What a score is counted in; scores that are counted in the same things share a scale.
INDICATORS, DUELS, BEST_WEIGHTS = "indicators", "duels", "best weights"
BEST_SCORE = 100.0
MARGIN = 0.04  # of the range of scores, left free at either end where no rule says where a scale ends
SLIP = 1e-9
DECIMALS = 2
CLASS_DIGITS = 2  # at least, of the bounds of classes of values


@dataclass(frozen=True)
class ScoreScale:
    """The scale of the scores of an index, and of all others that are counted in the same.

    Attributes:
        ends: Where charts of dots begin and end.
        declared: Whether the rules of the method say where the scale ends; else the scores do.
        bar_ends: Where charts of bars begin and end: 0 is always among them.
        bounds: From which score on each class but the lowest begins.
    """

    ends: Ends
    declared: bool
    bar_ends: Ends
    bounds: tuple[float, ...]

    def bar(self, score: float) -> Ends:
        """Start and end of a bar in a cell, in percent of the width.

        Examples:
            >>> ScoreScale((0, 100), True, (0, 100), ()).bar(71.5), ScoreScale((-3, 1), False, (-3, 1), ()).bar(-1)
            ((0.0, 71.5), (50.0, 75.0))
        """
        low, high = self.bar_ends
        start, stop = sorted((end - low) * (100 / (high - low)) for end in (0.0, score))
        return start, stop


def score_scales(framework: Framework, scores: Mapping[str, Iterable[float]], regions: int) -> dict[str, ScoreScale]:
    """The scale of every index.

    Args:
        framework: Says the rules.
        scores: The scores that are shown together, by code of the index; NaN where missing.
        regions: How many regions are ranked.
    """
    counted = {node.code: frozenset(_counted_in(framework, node)) for node in framework.walk()}
    pooled: dict[frozenset[str], list[float]] = {}
    for code, kinds in counted.items():
        pooled.setdefault(kinds, []).extend(scores.get(code, ()))
    made = {kinds: _scale(framework, kinds, np.array(found, float), regions) for kinds, found in pooled.items()}
    return {code: made[kinds] for code, kinds in counted.items()}


def fitting_classes(bounds: tuple[float, ...], scores: Iterable[float]) -> tuple[float, ...]:
    """Bounds of classes for one index: those given, or equal classes where one of them would hold most of the scores.

    Args:
        bounds: From which score on each class but the lowest begins.
        scores: Of the index, NaN where missing.

    Examples:
        >>> fitting_classes((10, 20), [5, 12, 30]), fitting_classes((10, 20), [21, 22, 23, 24, 25, 26])
        ((10, 20), (23.0, 24.0))
    """
    known = np.array([score for score in scores if not np.isnan(score)], float)
    counts = np.bincount(np.searchsorted(bounds, known, side="right"), minlength=1)
    return bounds if counts.max() <= len(known) / 2 else _equal_classes(known, len(bounds) + 1)


def value_classes(values: Iterable[float], count: int) -> tuple[float, ...]:
    """Bounds of classes with as many values of an indicator each, with as few digits as tell them apart.

    Args:
        values: None is missing.
        count: How many classes there are; fewer where values are equal.

    Examples:
        >>> value_classes([12.0, 1234.0, 56789.0, 64321.0], 3), value_classes([0.0, 0.0, 0.0, 7.0], 3)
        ((1200.0, 57000.0), ())
    """
    known = np.array(list(values), float)
    exact, least = np.quantile(known, np.arange(1, count) / count), float(known.min())
    for digits in range(CLASS_DIGITS, CLASS_DIGITS + 3):
        bounds = [float(f"{bound:.{digits}g}") for bound in exact]
        if all(earlier < later for earlier, later in pairwise([least, *bounds])):
            return tuple(bounds)
    return tuple(sorted({float(bound) for bound in exact if bound > least}))


def _counted_in(framework: Framework, node: Node) -> set[str]:
    depth = framework.depths[node.code]
    if AGGREGATE[at_depth(framework.method.aggregate, depth).name].compares:
        return {DUELS}
    if WEIGH[at_depth(framework.method.weight, depth).name].of_each_row:
        return {BEST_WEIGHTS}
    below = {kind for child in node.children for kind in _counted_in(framework, child)}
    return below or {INDICATORS}


def _scale(framework: Framework, kinds: frozenset[str], scores: np.ndarray, regions: int) -> ScoreScale:
    known = scores[~np.isnan(scores)]
    least, greatest = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    declared = _together(_declared(framework, kind, regions) for kind in sorted(kinds))
    low, high = declared or (least, greatest)
    slip = SLIP * (high - low)
    low, high = (least if least < low - slip else low), (greatest if greatest > high + slip else high)
    bars = (min(low, 0.0), max(high, 0.0))
    bounds = framework.bands
    if any(not low < bound <= high for bound in bounds):
        bounds = _equal_classes(known, len(bounds) + 1)
    ends = (low, high) if declared else _widened(low, high)
    return ScoreScale(ends, declared is not None, bars if bars[0] < bars[1] else (0.0, 1.0), bounds)


def _widened(low: float, high: float) -> Ends:
    room = (high - low) * MARGIN or max(abs(low), 1.0) * MARGIN
    return low - room, high + room


def _together(all_ends: Iterable[Ends | None]) -> Ends | None:
    """The range from the lowest to the highest number; nothing where one of them is not known."""
    found = list(all_ends)
    known = [ends for ends in found if ends is not None]
    if not known or len(known) < len(found):
        return None
    return min(low for low, _ in known), max(high for _, high in known)


def _declared(framework: Framework, kind: str, regions: int) -> Ends | None:
    if kind == DUELS:
        return (1.0 - regions, regions - 1.0) if regions > 1 else None
    if kind == BEST_WEIGHTS:
        return 0.0, BEST_SCORE
    rules = [framework.rule_of("normalise", code) for code in framework.used_indicators]
    return _together(NORMALISE[rule.name].ends(rule.options, regions) for rule in rules)


def _equal_classes(scores: np.ndarray, count: int) -> tuple[float, ...]:
    """Bounds of classes with as many scores each, with as few decimals as tell them apart."""
    if not scores.size:
        return ()
    exact, least = np.quantile(scores, np.arange(1, count) / count), float(scores.min())
    for decimals in range(DECIMALS):
        bounds = _rounded(exact, decimals)
        if all(earlier < later for earlier, later in pairwise([least, *bounds])):
            return tuple(bounds)
    return tuple(sorted({bound for bound in _rounded(exact, DECIMALS) if bound > least}))


def _rounded(numbers: np.ndarray, decimals: int) -> list[float]:
    return [float(number) for number in numbers.round(decimals) + 0.0]
