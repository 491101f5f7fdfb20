"""Labels next to points without overlap: each takes the first free place around its point, or none."""

from collections.abc import Sequence
from typing import NamedTuple

from regional_index.figures.text import text_width


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share any area.

        Examples:
            >>> Box(0, 0, 2, 2).overlaps(Box(1, 1, 3, 3)), Box(0, 0, 2, 2).overlaps(Box(2, 0, 3, 2))
            (True, False)
        """
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: "Box") -> bool:
        """Whether this lies inside the other."""
        return (
            self.left >= other.left and self.top >= other.top
            and self.right <= other.right and self.bottom <= other.bottom
        )  # fmt: skip


class Spot(NamedTuple):
    """A place around a point: how the text is aligned there and how far it is moved."""

    align: str
    dx: float
    dy: float


SPOTS = (
    Spot("left", 6, 0), Spot("right", -6, 0), Spot("center", 0, -11), Spot("center", 0, 11),
    Spot("left", 5, -9), Spot("left", 5, 9), Spot("right", -5, -9), Spot("right", -5, 9),
    Spot("left", 6, -5), Spot("left", 6, 5), Spot("right", -6, -5), Spot("right", -6, 5),
)  # fmt: skip
ROUNDS = 40


def place_labels(
    points: Sequence[tuple[float, float, str]],
    *,
    size: float,
    frame: Box,
    taken: Sequence[Box] = (),
    radius: float = 4,
) -> list[Spot | None]:
    """Find a spot for each label, the first ones first.

    Where a label finds no place, it goes first in the next round; the round that places most is taken.

    Args:
        points: x, y in pixels and text; more important ones first.
        size: Of the font.
        frame: What labels must stay within.
        taken: What they must not cover, apart from the points themselves.
        radius: Of the points.

    Returns:
        For each point its spot, or None where every spot would cover something.
    """
    order, best = list(range(len(points))), None
    for _ in range(ROUNDS):
        spots = _place_in_order(points, order, size, frame, taken, radius)
        if best is None or spots.count(None) < best.count(None):
            best = spots
        unlucky = [i for i in order if spots[i] is None]
        order = unlucky + [i for i in order if i not in unlucky]
        if not unlucky:
            break
    return best or []


def _place_in_order(
    points: Sequence[tuple[float, float, str]],
    order: Sequence[int],
    size: float,
    frame: Box,
    taken: Sequence[Box],
    radius: float,
) -> list[Spot | None]:
    occupied = [Box(x - radius, y - radius, x + radius, y + radius) for x, y, _ in points] + list(taken)
    spots: list[Spot | None] = [None] * len(points)
    for i in order:
        x, y, text = points[i]
        chosen = next((spot for spot in SPOTS if _is_free(label_box(x, y, text, size, spot), frame, occupied)), None)
        spots[i] = chosen
        if chosen:
            occupied.append(label_box(x, y, text, size, chosen))
    return spots


def label_box(x: float, y: float, text: str, size: float, spot: Spot) -> Box:
    """The rectangle that a label covers at a spot of a point."""
    width, half = text_width(text, size), size * 0.55
    left = x + spot.dx - {"left": 0, "center": width / 2, "right": width}[spot.align]
    return Box(left, y + spot.dy - half, left + width, y + spot.dy + half)


def spread(places: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """Move places apart until neighbours are `distance` from each other, staying between `low` and `high`.

    Examples:
        >>> spread([10, 10], 6, 0, 100), spread([1, 2], 6, 0, 100)
        ([7.0, 13.0], [0.0, 6.0])
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = [float(places[i]) for i in order]
    for _ in range(50):
        for i in range(1, len(moved)):
            lack = distance - (moved[i] - moved[i - 1])
            if lack > 1e-9:
                moved[i - 1] -= lack / 2
                moved[i] += lack / 2
        moved = [min(max(place, low + i * distance), high - (len(moved) - 1 - i) * distance)
                 for i, place in enumerate(moved)]  # fmt: skip
    return [round(float(place), 1) for _, place in sorted(zip(order, moved, strict=True))]


def _is_free(box: Box, frame: Box, occupied: list[Box]) -> bool:
    return box.within(frame) and not any(box.overlaps(other) for other in occupied)
