"""Tables of what the published edition states."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Claim, ContextFigure
from regional_index.markup import Links, element, show_printed, show_quantity
from regional_index.narrative import describe_claim, describe_place, explain_verdict, fill, verdict_badge
from regional_index.tables.grid import Cell, Column, render_table


def table_claims(facts: Facts, links: Links, claims: list[Claim], caption: str, *, anchors: bool = False) -> Markup:
    """Claims in words, with the verdict on them and why, below it what a person noticed, and their place."""
    word = facts.word
    columns = [
        Column(word("table.statement"), wide=True),
        Column(word("table.verdict"), wide=True),
        Column(word("table.place"), wide=True),
    ]
    rows = [
        [describe_claim(claim, facts, links), _judged(facts, links, claim), describe_place(claim.place, facts)]
        for claim in claims
    ]
    ids = [claim.id for claim in claims] if anchors else []
    return render_table(columns, rows, caption=caption, row_ids=ids, sortable=False)


def table_context(facts: Facts, figures: list[ContextFigure], caption: str, *, anchors: bool = False) -> Markup:
    """Context figures of the publication: what is counted, the figure, whom the publication names as its source."""
    word = facts.word
    columns = [
        Column(word("table.content"), wide=True),
        Column(word("table.figure"), numeric=True, best="none"),
        Column(word("table.attributed"), wide=True),
        Column(word("table.place"), wide=True),
    ]
    rows = [
        [
            figure.about,
            Cell(_figure_text(facts, figure), sort=float(figure.value)),
            figure.attributed_to or word("context.unattributed"),
            describe_place(figure.place, facts),
        ]
        for figure in figures
    ]
    ids = [figure.id for figure in figures] if anchors else []
    return render_table(columns, rows, caption=caption, row_ids=ids)


def _figure_text(facts: Facts, figure: ContextFigure) -> Markup:
    number = show_printed(figure.value) + (f"–{show_printed(figure.upper)}" if figure.upper else "")
    relation = facts.word(f"relation.{figure.relation}")
    return fill(facts, "context.figure", relation=relation, number=show_quantity(number, figure.unit))


def _judged(facts: Facts, links: Links, claim: Claim) -> Markup:
    reasoning = Markup("{} {}").format(verdict_badge(facts, claim.id), explain_verdict(facts, links, claim.id))
    if not claim.note:
        return reasoning
    return Markup("{}<br>{}").format(reasoning, element("small", fill(facts, "claim.note", note=claim.note)))
