"""The colours of all charts, for light and dark. Each has one meaning everywhere.

Charts are drawn with the light colours. As no two tokens share one, the inline SVG can name the token instead.
"""

import re

# token: (light, dark). The classes are one ramp of blues, evenly spaced in OKLab lightness (0.93 to 0.37 in
# light, 0.44 to 0.88 in dark, where more is brighter and the surface is 0.25); classes under 3:1 to the surface are
# drawn with an edge.
PALETTE: dict[str, tuple[str, str]] = {
    "ink": ("#1b1f24", "#e8eaee"),  # text and what matters
    "muted": ("#5a626d", "#a6adb8"),  # text that explains
    "other": ("#868e99", "#7b8390"),  # all regions that are not looked at
    "grid": ("#e3e6ea", "#343944"),  # lines that only guide the eye
    "accent": ("#c2410c", "#ff8f5e"),  # the region looked at
    "fourth": ("#9b3fa8", "#d79be0"),  # the fourth of regions that are compared: accent, class3, ink, fourth
    "surface": ("#ffffff", "#1e2129"),  # the background of the chart
    "hatch": ("#8b929c", "#6a717e"),  # not evaluated
    "edge": ("#5f87b3", "#5f8fc4"),  # outline of classes that are close to the surface
    "class0": ("#daeafc", "#2a5581"),
    "class1": ("#98beea", "#3f74ae"),
    "class2": ("#5893d3", "#5f96d3"),
    "class3": ("#2268ae", "#8bb8ec"),
    "class4": ("#074075", "#bedbfc"),
    "on-class0": ("#10151b", "#f4f8fd"),  # text on a class
    "on-class1": ("#10151c", "#f4f8fe"),
    "on-class2": ("#0e131a", "#0b1017"),
    "on-class3": ("#fdfeff", "#0b1018"),
    "on-class4": ("#fcfeff", "#0b1019"),
}
CLASSES = sum(token.startswith("class") for token in PALETTE)
EDGED_CLASSES = (0, 1)


def colour(token: str) -> str:
    """The light colour of a token, with which charts are drawn."""
    return PALETTE[token][0]


def variable(token: str) -> str:
    """The CSS value of a token, with the light colour for where the custom property is not set."""
    return f"var(--ri-{token},{colour(token)})"


def name_colours(svg: str) -> str:
    """Replace every light colour in an SVG by the CSS variable of its token.

    Raises:
        ValueError: A colour is not in the palette.
    """
    tokens = {colour(token): token for token in PALETTE}

    def replace(match: re.Match[str]) -> str:
        if match[1].lower() not in tokens:
            raise ValueError(f"{match[1]} is not in the palette; draw with colour(token)")
        return f'"{variable(tokens[match[1].lower()])}"'

    return re.sub(r'"(#[0-9a-fA-F]{3,8})"', replace, svg)


def palette_css() -> str:
    """CSS custom properties of all tokens: light, dark, and light again on paper."""
    light, dark = (_declarations(scheme) for scheme in (0, 1))
    return (
        f":root,[data-md-color-scheme=default]{{{light}}}\n"
        f"[data-md-color-scheme=slate]{{{dark}}}\n"
        f"@media print{{:root,[data-md-color-scheme=slate]{{{light}}}}}\n"
    )


def _declarations(scheme: int) -> str:
    return "".join(f"--ri-{token}:{colours[scheme]};" for token, colours in PALETTE.items())
