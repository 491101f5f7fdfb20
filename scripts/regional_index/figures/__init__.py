"""Every chart of the site: from facts to a specification by Altair, from there to SVG and PNG."""

from regional_index.figures.bundle import vega_bundle
from regional_index.figures.catalogue import catalogue, variants
from regional_index.figures.drawing import draw, draw_interactive
from regional_index.figures.model import Drawing, Figure
from regional_index.figures.palette import PALETTE, palette_css
from regional_index.figures.svg import LARGEST_SCALE

__all__ = [
    "LARGEST_SCALE",
    "PALETTE",
    "Drawing",
    "Figure",
    "catalogue",
    "draw",
    "draw_interactive",
    "palette_css",
    "variants",
    "vega_bundle",
]
