"""Charts: how they look, how they are drawn for pages, files and the browser. What each shows is in its topic."""

from regional_index.charts.bundle import BUNDLE, vega_bundle
from regional_index.charts.drawing import CHARTS, SPECIFICATIONS, Drawings, draw, draw_interactive
from regional_index.charts.figure import HALF, WIDE, Chart, Drawing, Figure
from regional_index.charts.kinds import KINDS, chart_kind, for_each
from regional_index.charts.palette import PALETTE, palette_css

__all__ = [
    "BUNDLE",
    "CHARTS",
    "HALF",
    "KINDS",
    "PALETTE",
    "SPECIFICATIONS",
    "WIDE",
    "Chart",
    "Drawing",
    "Drawings",
    "Figure",
    "chart_kind",
    "draw",
    "draw_interactive",
    "for_each",
    "palette_css",
    "vega_bundle",
]
