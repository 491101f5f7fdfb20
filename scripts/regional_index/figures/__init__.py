"""Every chart of the site: from facts to a specification by Altair, from there to SVG and PNG."""

from regional_index.figures.catalogue import catalogue
from regional_index.figures.drawing import draw
from regional_index.figures.model import Drawing, Figure
from regional_index.figures.palette import PALETTE, palette_css

__all__ = ["PALETTE", "Drawing", "Figure", "catalogue", "draw", "palette_css"]
