"""Every chart of the site: from facts to a specification by Altair, from there to SVG."""

from regional_index.figures.bundle import BUNDLE, vega_bundle
from regional_index.figures.catalogue import catalogue, variants
from regional_index.figures.drawing import CHARTS, SPECIFICATIONS, Drawings, draw, draw_interactive, font_digest
from regional_index.figures.model import Drawing, Figure
from regional_index.figures.palette import PALETTE, palette_css
from regional_index.figures.svg import LARGEST_SCALE

__all__ = [
    "BUNDLE",
    "CHARTS",
    "LARGEST_SCALE",
    "PALETTE",
    "SPECIFICATIONS",
    "Drawing",
    "Drawings",
    "Figure",
    "catalogue",
    "draw",
    "draw_interactive",
    "font_digest",
    "palette_css",
    "variants",
    "vega_bundle",
]
