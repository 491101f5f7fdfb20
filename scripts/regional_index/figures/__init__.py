"""Every chart of the site: from facts to a specification by Altair, from there to SVG and PNG."""

from regional_index.figures.bundle import vega_bundle
from regional_index.figures.catalogue import catalogue, variants
from regional_index.figures.drawing import draw, draw_interactive
from regional_index.figures.model import Drawing, Figure
from regional_index.figures.palette import PALETTE, palette_css

__all__ = [
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
