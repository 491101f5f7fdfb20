"""A chart before and after it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import altair as alt
import pandas as pd

Chart = alt.LayerChart | alt.FacetChart
# Widths in pixels at which every chart is drawn: a page's whole column; half of it, or a phone.
WIDE, HALF = 740, 350


@dataclass(frozen=True, eq=False)
class Figure:
    """A chart before drawing.

    Attributes:
        id: Name of its files and prefix of its ids, e.g. `scale-ranking`.
        title: Is above the chart, in the page and in downloads.
        description: What it shows with the leading facts and numbers, for those who do not see it.
        chart: Data, marks and encodings; its width is set when it is drawn.
        table: The data behind it as shown, under column titles in the site's language; raw numbers, ranks as `Int64`.
        sources: Ids of the sources.
        credit: The line below a download: notes on its marks, then who published the data.
        decimals: Decimals to show, by column title.
        status: What all its numbers are, such as computed; empty where each says so itself, or where it does not apply.
        variants: Labels by id of the figures that can replace it, itself among them, in the order of a menu;
            empty where there are no others.
    """

    id: str
    title: str
    description: str
    chart: Chart
    table: pd.DataFrame
    sources: tuple[str, ...]
    credit: str = ""
    decimals: Mapping[str, int] = field(default_factory=dict)
    status: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Drawing:
    """A drawn figure.

    Attributes:
        figure: What was drawn.
        svg: Is complete by itself, with title and credit, in light colours.
        inline: For a page, by width: colours are CSS variables (see `palette_css`), the size follows the column.
        height: Height in pixels of the higher one of these.
        vega_lite: The specification as JSON, with the light colours of `PALETTE`.
        vega: What a browser draws, see `interactive_spec`.
    """

    figure: Figure
    svg: str
    inline: Mapping[int, str]
    height: float
    vega_lite: str
    vega: str
