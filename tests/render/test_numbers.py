"""Numbers as readers see them."""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_index.render import (
    MISSING,
    drop_noise,
    is_missing,
    round_half_up,
    show_change,
    show_fixed,
    show_number,
    show_printed,
    show_score,
)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (-0.5, 0, "-1"), (-2.5, 0, "-3"),
        (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (2.675, 2, "2.68"), (1.005, 2, "1.01"), (68.955, 2, "68.96"),
        (99.995, 2, "100.00"), (0.004999, 2, "0.00"), (1e-7, 2, "0.00"), (1e16, 0, "10000000000000000"),
        (np.float64(0.125), 2, "0.13"), (np.int64(3), 1, "3.0"), (Decimal("0.145"), 2, "0.15"),
    ],
)  # fmt: skip
def test_a_half_goes_away_from_zero(value: Any, decimals: int, rounded: str) -> None:
    """Also where the binary fraction lies a little below the half that was written, as with 2.675 and 1.005."""
    assert str(round_half_up(value, decimals)) == rounded


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_every_written_half_goes_away_from_zero(whole: int, decimals: int) -> None:
    """12.5, 1.25, 0.125 …: whatever stands before the 5, the last digit kept goes up by one in size."""
    step = Decimal(1).scaleb(-decimals)
    half = float(Decimal(whole) * step + step / 2 * (1 if whole >= 0 else -1))
    assert round_half_up(half, decimals) == (Decimal(whole) + (1 if whole >= 0 else -1)) * step


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_rounding_moves_a_number_by_half_a_unit_at_most(value: float, decimals: int) -> None:
    """And mirrors it for the opposite sign."""
    rounded = round_half_up(value, decimals)
    assert abs(rounded - Decimal(repr(value))) <= Decimal(1).scaleb(-decimals) / 2
    assert round_half_up(-value, decimals) == -rounded


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(1234567.891, 2, "1,234,567.89"), (999.995, 2, "1,000.00"), (-1234.5, 0, "\u22121,235"), (0, 0, "0")],
)
def test_thousands_are_separated_and_a_minus_is_a_minus(value: float, decimals: int, shown: str) -> None:
    """U+2212, not a hyphen."""
    assert show_number(value, decimals) == shown


def test_thousands_may_stay_together() -> None:
    """As in years."""
    assert show_number(2031, 0, separate=False) == "2031"


@pytest.mark.parametrize("value", [None, float("nan"), np.nan, np.float64("nan"), pd.NA])
def test_missing_is_a_dash_in_every_way_to_say_it(value: Any) -> None:
    """Never 0, never `nan`."""
    assert show_number(value, 2) == show_change(value, 2) == MISSING == "\u2014"


@pytest.mark.parametrize("value", [np.float32("nan"), Decimal("nan"), pd.NaT])
def test_missing_is_a_dash_in_rarer_ways_too(value: Any) -> None:
    """`MaybeNumber` promises every way of Python, NumPy and pandas."""
    assert show_number(value, 2) == MISSING


@pytest.mark.parametrize("value", [float("inf"), -np.inf, np.float32("inf"), Decimal("Infinity")])
def test_an_infinite_number_is_a_defect_and_named(value: Any) -> None:
    """It comes from a division by 0; a dash would hide it."""
    for show in (show_number, show_change, round_half_up):
        with pytest.raises(ValueError, match=r"^-?[iI]nf(inity)? is not a finite number"):
            show(value, 2)


@pytest.mark.parametrize("value", [-0.0, 0, 0.0])
def test_zero_has_no_sign(value: float) -> None:
    """Neither as a number nor as a change."""
    assert show_number(value, 2) == show_change(value, 2) == "0.00"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0.004, 2, "0.0040"), (0.4, 0, "0.40"), (0.005, 2, "0.01"), (0.00335, 1, "0.0034"), (0.0996, 0, "0.100"),
        (5e-6, 1, "0.0000050"), (5e-8, 1, "5.0 × 10⁻⁸"), (1.2e-12, 2, "1.2 × 10⁻¹²"), (9.96e-12, 2, "1.0 × 10⁻¹¹"),
        (5e-324, 6, "5.0 × 10⁻³²⁴"), (Decimal("0.0012"), 0, "0.0012"),
    ],
)  # fmt: skip
def test_nothing_but_zero_is_shown_as_zero(value: Any, decimals: int, shown: str) -> None:
    """Two digits, as a power of ten where a reader would have to count zeros; the same below 0 and as a change."""
    assert show_number(value, decimals) == shown
    assert show_number(-value, decimals) == show_change(-value, decimals) == f"\u2212{shown}"
    assert show_change(value, decimals) == f"+{shown}"


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 6))
def test_every_number_but_zero_shows_a_digit_that_is_not_zero(value: float, decimals: int) -> None:
    """From the smallest float to the greatest."""
    assert bool(set(show_number(value, decimals)) & set("123456789")) == bool(value)


def test_what_arithmetic_left_of_zero_is_no_score() -> None:
    """Ranks take scores so close to each other for equal, too."""
    assert [show_score(score) for score in (0.1 + 0.2 - 0.3, -1e-14, 2e-9)] == ["0.00", "0.00", "2.0 × 10⁻⁹"]
    assert is_missing(drop_noise(None))


def test_a_place_of_fixed_width_keeps_its_decimals() -> None:
    """A cell of a drawing; a 0 has no sign there."""
    assert [show_fixed(value, 2) for value in (-0.001, 0.005, None)] == ["0.00", "0.01", MISSING]


def test_a_change_carries_its_sign() -> None:
    """Both ways, rounded as numbers are."""
    assert [show_change(value, 1) for value in (1.25, -1.25, 1200)] == ["+1.3", "\u22121.3", "+1,200.0"]


@pytest.mark.parametrize(
    ("printed", "shown"), [("19.5", "19.5"), ("8000", "8,000"), ("68.90", "68.90"), ("0.05", "0.05")]
)
def test_a_published_figure_keeps_the_decimals_it_was_printed_with(printed: str, shown: str) -> None:
    """68.90 does not become 68.9."""
    assert show_printed(printed) == shown
