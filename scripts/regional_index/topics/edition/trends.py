"""Trends, and the figures that the publication quotes: in tables and in sentences."""

from dataclasses import replace

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import ContextFigure
from regional_index.render import (
    Column,
    Links,
    Table,
    cell_of,
    element,
    fill,
    of_edition,
    rows_of,
    show_printed,
    show_quantity,
)
from regional_index.render.macros import macro
from regional_index.topics.edition.claim_text import describe_place


def _table(facts: Facts, figures: list[ContextFigure], name: str, *, anchors: bool = False) -> Table:
    """Context figures of the publication: what is counted, the figure, whom the publication names as its source."""
    word = facts.word
    columns = (
        Column(word("table.content"), wide=True),
        Column(word("table.figure"), numeric=True, best="none"),
        Column(word("table.attributed"), wide=True),
        Column(word("table.place"), wide=True),
    )
    rows = [
        [
            figure.about,
            replace(cell_of(_figure_text(facts, figure)), sort=float(figure.value)),
            figure.attributed_to or word("context.unattributed"),
            describe_place(figure.place, facts),
        ]
        for figure in figures
    ]
    ids = tuple(figure.id for figure in figures) if anchors else ()
    return Table(name, word("caption.context"), columns, rows_of(rows), of_edition(facts), ids)


def _figure_text(facts: Facts, figure: ContextFigure) -> Markup:
    return fill(facts, "context.figure", relation=facts.word(f"relation.{figure.relation}"), number=_quantity(figure))


def _quantity(figure: ContextFigure) -> str:
    """The figure as printed, or from where to where, with its unit."""
    number = show_printed(figure.value) + (f"–{show_printed(figure.upper)}" if figure.upper else "")
    return show_quantity(number, figure.unit)


@macro()
def table_context(facts: Facts) -> Table:
    """All context figures, with anchors."""
    return _table(facts, list(facts.edition.context.values()), "context", anchors=True)


@macro()
def table_trend_figures(facts: Facts, trend: str) -> Table | None:
    """The context figures of a trend; nothing where there are none."""
    figures = [facts.edition.figure(figure_id) for figure_id in facts.edition.trend(trend).context]
    return _table(facts, figures, f"trend-figures-{trend}") if figures else None


@macro()
def context(facts: Facts, links: Links, figure_id: str) -> Markup:
    """A figure that the publication quotes, with its unit, linked to its row in the list."""
    figure = facts.edition.figure(figure_id)
    return links.claim(figure_id, _quantity(figure))


@macro()
def trend(facts: Facts, links: Links, trend_id: str) -> Markup:
    """Link to the page of a trend."""
    trend = facts.edition.trend(trend_id)
    title = facts.sentence("trend.title", start=trend.shift_from, end=trend.shift_to)
    return element("a", title, href=links.to(f"trends/{trend_id}/"))
