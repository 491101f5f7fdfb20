"""Every chart of the site: from facts to a specification by Altair, from there to SVG and PNG."""

from regional_index.figures.bundle import vega_bundle
from regional_index.figures.catalogue import catalogue, variants
from regional_index.figures.drawing import Drawings, draw, draw_interactive, surroundings
from regional_index.figures.model import Drawing, Figure
from regional_index.figures.palette import PALETTE, palette_css
from regional_index.figures.svg import LARGEST_SCALE

__all__ = [
    "LARGEST_SCALE",
    "PALETTE",
    "Drawing",
    "Drawings",
    "Figure",
    "catalogue",
    "draw",
    "draw_interactive",
    "palette_css",
    "surroundings",
    "variants",
    "vega_bundle",
]
