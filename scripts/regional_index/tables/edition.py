"""Tables of what the published edition states."""

from markupsafe import Markup

from regional_index.claims import stated_ranks
from regional_index.facts import Facts
from regional_index.framework import Claim, ContextFigure
from regional_index.markup import Links, escape, is_missing, show_printed, show_quantity
from regional_index.narrative import describe_claim, describe_place, fill
from regional_index.tables.grid import Cell, Column, number_cell, render_table


def table_published(facts: Facts, links: Links, index: str) -> Markup:
    """Every region of which the edition states a score or a rank of this index; all others in one line."""
    frame = facts.published_scores(index)
    stated = frame[frame["score"].notna() | frame["rank"].notna()].sort_values(
        ["score", "rank"], ascending=[False, True], kind="stable"
    )
    word = facts.word
    columns = [
        Column(word("table.region")),
        Column(word("table.rank"), numeric=True),
        Column(word("table.score"), numeric=True),
        Column(word("table.place"), wide=True),
    ]
    rows = []
    for region, row in stated.iterrows():
        claims = _claims_of_cell(facts, index, str(region))
        published = row["status"] == "published"
        score = (
            Cell(show_printed(facts.edition.claim(row["claim"]).value), row["score"], bar=row["score"])
            if published
            else Cell(word("status.not_published"))
        )
        rank = Cell(word("status.not_published")) if is_missing(row["rank"]) else number_cell(row["rank"], 0)
        places = dict.fromkeys(describe_place(claim.place, facts) for claim in claims)
        rows.append([links.region(str(region)), rank, score, Markup("<br>").join(places)])
    caption = facts.sentence("caption.published", index=links.name(index))
    return render_table(columns, rows, caption=caption)


def table_claims(facts: Facts, links: Links, claims: list[Claim], caption: str, *, anchors: bool = False) -> Markup:
    """Claims in words, with their place in the source and what was noticed about them."""
    word = facts.word
    columns = [
        Column(word("table.statement"), wide=True),
        Column(word("table.place"), wide=True),
        Column(word("table.note"), wide=True),
    ]
    rows = [
        [describe_claim(claim, facts, links), describe_place(claim.place, facts), escape(claim.note)]
        for claim in claims
    ]
    ids = [claim.id for claim in claims] if anchors else []
    return render_table(columns, rows, caption=caption, row_ids=ids, sortable=False)


def table_context(facts: Facts, figures: list[ContextFigure], caption: str, *, anchors: bool = False) -> Markup:
    """Context figures of the publication: what is counted, the figure, whom the publication names as its source."""
    word = facts.word
    columns = [
        Column(word("table.content"), wide=True),
        Column(word("table.figure"), numeric=True),
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


def _claims_of_cell(facts: Facts, index: str, region: str) -> list[Claim]:
    return [
        claim
        for claim in facts.edition.claims_about(index=index, region=region)
        if claim.kind == "score" or stated_ranks(claim)
    ]
