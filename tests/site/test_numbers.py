"""Numbers that scripts print are those that Python prints."""

from pathlib import Path
from typing import Any

import pytest

from regional_index.render import drop_noise, round_up, show_change, show_number

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "docs" / "assets" / "js" / "numbers.js"
NUMBERS = [
    0.0, 12345.675, -2.675, 1.005, 0.5, -0.004, 0.00335, 0.0996, 9.96e-12, 5e-6, -5e-8, 1.2e-12, 1e-300, 4e16, 1.1e15,
    25.00000004, -0.1, 1e-7, 1e-14,
]  # fmt: skip
CASES = [(number, decimals) for number in NUMBERS for decimals in (0, 1, 2, 6)]


@pytest.fixture
def shown(page: Any) -> list[list[str]]:
    """What the script makes of every case: the number, its change, rounded up, and as a score."""
    page.add_script_tag(
        type="module",
        content=SCRIPT.read_text(encoding="utf-8") + "\nObject.assign(window, { showNumber, dropNoise });",
    )
    page.wait_for_function("window.showNumber")
    return page.evaluate(
        """(cases) => cases.map(([value, decimals]) => [
          showNumber(value, decimals), showNumber(value, decimals, { sign: true }),
          showNumber(value, decimals, { sign: true, up: true }), showNumber(dropNoise(value), decimals)])""",
        CASES,
    )


def test_the_script_prints_what_python_prints(shown: list[list[str]]) -> None:
    """Rounded half up or up, the small ones with two digits, what is noise as 0."""
    expected = [
        [
            show_number(value, decimals),
            show_change(value, decimals),
            show_change(round_up(value, decimals), decimals),
            show_number(drop_noise(value), decimals),
        ]
        for value, decimals in CASES
    ]
    wrong = [(case, a, b) for case, a, b in zip(CASES, shown, expected, strict=True) if a != b]
    assert wrong == []
