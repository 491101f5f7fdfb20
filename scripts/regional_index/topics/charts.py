"""A chart on a page, and the same on a page of its own that other sites show in a frame."""

import re
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup
from markupsafe import escape as escape_html

from regional_index.charts import HALF, WIDE, Drawings, Figure
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Publication, site_name
from regional_index.render import Home, Links, cite, element, fill, join_words, one_line, render_table, table_of_frame
from regional_index.render.macros import macro
from regional_index.topics.files import Shown, copy_button

CHART_FORMATS = {"svg": "SVG", "csv": "CSV", "xlsx": "XLSX", "vl.json": "Vega-Lite"}
EMBED_FOLDER = "embed"
# Words of the script that makes charts interactive, by the name under which it looks for them.
LIVE_WORDS = (
    "open",
    "pick",
    "none",
    "series",
    "status",
    "stale",
    "plain",
    "failed",
    "unsaved",
    "colon",
    "comma",
    "stop",
)
# A frame has room for the drawing at its largest and, in pixels, for the lines above and below it: two of description.
ROOM_FOR_LINES = 180
LARGEST_SCALE = 1.2
# Cells of data below a chart; a reader takes more from a file.
MOST_CELLS = 3000
_PLACE = re.compile(r'<svg data-draw="([^"]+)" data-width="(\d+)"></svg>')
_HEIGHT = re.compile(r"height-of-([\w-]+)")


class ChartBlock:
    """Charts with their title, description and source.

    Args:
        facts: What can be asked.
        links: Links from the page being written.
        drawings: The charts, by id.
        shown: Notes which page shows which chart.
        page: Gives the address, below the root, of the page being written.
        publication: Address of the site.
        home: Where the pages and files of the series are.
    """

    def __init__(
        self,
        facts: Facts,
        links: Links,
        drawings: Drawings,
        shown: Shown,
        page: Callable[[], str],
        publication: Publication,
        home: Home,
    ) -> None:
        self._facts = facts
        self._home = home
        self._links = links
        self._drawings = drawings
        self._shown = shown
        self._page = page
        self._publication = publication

    def has(self, chart_id: str) -> bool:
        """Whether there is such a chart."""
        return chart_id in self._drawings

    def chart(self, chart_id: str, *, half: bool = False) -> Markup:
        """A chart with its title, description, source, data and downloads.

        Args:
            chart_id: Which chart.
            half: Whether it stands beside another one, in half of the column.
        """
        figure = self._known(chart_id)
        self._shown.note_chart(chart_id, self._page())
        folder, details = self._links.to("charts/"), element("details", *self._details(figure))
        return self._figure(figure, [HALF] if half else [WIDE, HALF], folder, details)

    def embedded(self, chart_id: str) -> str:
        """The page that holds nothing but a chart, its source, and a link to where the site shows it.

        Args:
            chart_id: A chart that a page has shown.
        """
        figure = self._known(chart_id)
        root = f"../{self._home.to_root}"
        page = f"{self._publication.address or root}{self._shown.page_of(chart_id)}#chart-{chart_id}"
        origin = fill(self._facts, "embed.origin", site=site_name(self._facts.framework.title))
        head = [
            Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
            Markup('<meta name="robots" content="noindex">'),
            Markup("<title>{}</title>").format(figure.title),
            *([Markup('<link rel="canonical" href="{}">').format(page)] if self._publication.address else []),
            *(Markup(f'<link rel="stylesheet" href="{root}assets/{n}.css">') for n in ("palette", "base", "embed")),
            Markup(f'<script type="module" src="{root}assets/embed.js"></script>'),
        ]
        link = element("a", origin, href=page, target="_blank", rel="noopener")
        chart = element(
            "main", element("h1", figure.title, class_="ri-hidden"), self._figure(figure, [WIDE, HALF], "../charts/")
        )
        body = element("body", chart, element("footer", element("p", link)), class_="md-typeset")
        html = element("html", element("head", *head), body, lang=self._facts.framework.language)
        return f"<!doctype html>\n{html}\n"

    def _figure(self, figure: Figure, widths: Sequence[int], folder: str, *folded: Markup) -> Markup:
        content = [
            element("figcaption", figure.title),
            # The table comes first, for readers who cannot see the drawing.
            *folded,
            *(_picture(figure, width, alone=len(widths) == 1) for width in widths),
            element("p", figure.description, class_="ri-note"),
            element("p", self._publishers(figure), class_="ri-note ri-sources"),
        ]
        return one_line(
            element(
                "figure", *content, class_="ri-figure", id=f"chart-{figure.id}", data_search_exclude=True,
                data_folder=folder,
                **{f"data_{name}": self._facts.word(f"live.{name}") for name in LIVE_WORDS},
            )
        )  # fmt: skip

    def _details(self, figure: Figure) -> list[Markup]:
        sources = join_words([cite(self._facts, name) for name in figure.sources], self._facts.word("list.semicolon"))
        downloads = [
            element("a", label, href=self._links.to(f"charts/{figure.id}.{ending}"), download=True)
            for ending, label in CHART_FORMATS.items()
        ]
        word = self._facts.word
        return [
            element("summary", word("figure.data")),
            self._data(figure),
            element("p", fill(self._facts, "figure.sources", sources=sources), class_="ri-note"),
            element("p", word("figure.download"), " ", Markup(" · ").join(downloads), class_="ri-downloads"),
            self._embedding(figure),
        ]

    def _data(self, figure: Figure) -> Markup:
        """The data as a table; how many rows there are in the files, where these are too many for a page."""
        if figure.table.size > MOST_CELLS:
            return element("p", fill(self._facts, "figure.many_rows", count=len(figure.table)), class_="ri-note")
        return render_table(table_of_frame(figure.table, figure.decimals, figure.title))

    def _embedding(self, figure: Figure) -> Markup:
        """The page that another site can show in a frame, and the code for that where the site has an address."""
        path = f"{EMBED_FOLDER}/{figure.id}.html"
        link = element("a", self._facts.word("embed.alone"), href=self._links.to(path))
        if not self._publication.address:
            return element("p", link)
        address = self._publication.address + self._home.of(path)
        code = (
            f'<iframe src="{address}" title="{escape_html(figure.title)}" width="100%" '
            f'height="height-of-{figure.id}" style="border:0" loading="lazy"></iframe>'
        )
        word = self._facts.word
        field = element(
            "label", word("embed.code"), " ", element("input", readonly=True, value=code, data_ri_text=True)
        )
        return element("p", field, " ", copy_button(self._facts), " ", link, class_="ri-copy")

    def _publishers(self, figure: Figure) -> Markup:
        separator = self._facts.word("list.separator")
        names = [name for source in figure.sources for name in self._publisher(source).split(separator)]
        return fill(self._facts, "figure.publishers", publishers=separator.join(dict.fromkeys(names)))

    def _publisher(self, source: str) -> str:
        return self._facts.declared.sources[source].publisher

    def _known(self, chart_id: str) -> Figure:
        if chart_id not in self._drawings:
            near = [known for known in self._drawings if known.split("-")[0] == chart_id.split("-")[0]]
            raise LookupFailed(f'unknown chart "{chart_id}"; similar: {", ".join(near[:8]) or "none"}')
        return self._drawings.figure(chart_id)


def _picture(figure: Figure, width: int, *, alone: bool) -> Markup:
    """The place of a drawing; see `put_in_drawings`. Of a pair, the style sheet shows one."""
    kind = "half" if alone else "wide" if width == WIDE else "narrow"
    place = element("svg", data_draw=figure.id, data_width=f"{width}")
    return element("div", place, class_=f"ri-picture ri-picture--{kind}", data_chart=figure.id)


def put_in_drawings(html: str, inline_svg: Callable[[str, int], str]) -> str:
    """A page with the drawing of every chart in its place, and with the heights of frames for them.

    Args:
        html: With an empty element where each drawing belongs.
        inline_svg: Gives the drawing of a chart at a width.

    Examples:
        >>> put_in_drawings('<div><svg data-draw="x" data-width="350"></svg></div>', "<svg>{} {}</svg>".format)
        '<div><svg>x 350</svg></div>'
    """
    drawn = _PLACE.sub(lambda found: inline_svg(found[1], int(found[2])), html)
    return _HEIGHT.sub(lambda found: f"{_frame_height([inline_svg(found[1], width) for width in (WIDE, HALF)])}", drawn)


def _frame_height(drawings: Iterable[str]) -> int:
    """Height of a frame that shows any of these drawings with the lines around it."""
    heights = [float(svg.partition('viewBox="')[2].partition('"')[0].split()[3]) for svg in drawings]
    return round(max(heights) * LARGEST_SCALE + ROOM_FOR_LINES)


@macro()
def chart(charts: ChartBlock, chart_id: str, *, half: bool = False) -> Markup:
    """A chart with its title, description, source, data and downloads.

    Args:
        charts: Those that there are.
        chart_id: Which chart.
        half: Whether it stands beside another one, in half of the column.
    """
    return charts.chart(chart_id, half=half)


@macro()
def has_chart(charts: ChartBlock, chart_id: str) -> bool:
    """Whether there is such a chart."""
    return charts.has(chart_id)
