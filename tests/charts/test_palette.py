"""Every colour can be told from what it stands on, in both schemes."""

import itertools
from math import cbrt

import pytest

from regional_index.charts import PALETTE, palette_css
from regional_index.charts.palette import CLASSES, EDGED_CLASSES, colour, name_colours, variable

SCHEMES = {"light": 0, "dark": 1}
TEXT, MARK = 4.5, 3.0


def linear_light(hexadecimal: str) -> tuple[float, float, float]:
    """Red, green and blue without the gamma of sRGB."""
    channels = [int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2."""
    lights = sorted(
        sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear_light(x), strict=True)) for x in (one, other)
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def lightness(hexadecimal: str) -> float:
    """Lightness in OKLab, from 0 to 1."""
    red, green, blue = linear_light(hexadecimal)
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read(scheme: str) -> None:
    """4.5:1 on the surface, and on the class it stands on."""
    colours = {token: pair[SCHEMES[scheme]] for token, pair in PALETTE.items()}
    for token in ("ink", "muted", "accent", "class3", "fourth"):
        assert contrast(colours[token], colours["surface"]) >= TEXT, token
    for number in range(CLASSES):
        assert contrast(colours[f"on-class{number}"], colours[f"class{number}"]) >= TEXT, number


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_can_be_seen(scheme: str) -> None:
    """3:1 on the surface; classes that are closer to it have an edge that is not."""
    colours = {token: pair[SCHEMES[scheme]] for token, pair in PALETTE.items()}
    for token in ("other", "accent", "edge", "hatch", "ink"):
        assert contrast(colours[token], colours["surface"]) >= MARK, token
    for number in range(CLASSES):
        if number not in EDGED_CLASSES:
            assert contrast(colours[f"class{number}"], colours["surface"]) >= MARK, number


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_classes_are_evenly_spaced(scheme: str) -> None:
    """Steps of lightness are equal, so no border between classes looks stronger than another."""
    steps = [lightness(PALETTE[f"class{number}"][SCHEMES[scheme]]) for number in range(CLASSES)]
    gaps = [abs(b - a) for a, b in itertools.pairwise(steps)]
    assert sorted(steps) in (steps, steps[::-1])
    assert max(gaps) - min(gaps) < 0.02


def test_no_two_tokens_share_a_light_colour() -> None:
    """Otherwise the name of a colour could not be found from it."""
    assert len({light for light, _ in PALETTE.values()}) == len(PALETTE)


def test_the_style_sheet_has_both_schemes_and_paper() -> None:
    """Paper is light, whatever the reader chose on the screen."""
    sheet = palette_css()
    assert "[data-md-color-scheme=slate]{--ri-ink:" in sheet
    assert "@media print" in sheet
    assert sheet.count("--ri-accent:") == 3


def test_a_colour_outside_the_palette_is_refused() -> None:
    """A default of Vega, for example, that would not follow the scheme."""
    assert name_colours(f'<path fill="{colour("ink")}"/>') == f'<path fill="{variable("ink")}"/>'
    with pytest.raises(ValueError, match="#4c78a8"):
        name_colours('<path fill="#4c78a8"/>')
