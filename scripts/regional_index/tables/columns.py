"""What every column of the downloadable tables means, in the site's language; `index.json` has it in English."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import QUANTILES, site_name
from regional_index.markup import element, show_percent
from regional_index.model import public_tables
from regional_index.tables.grid import Column, render_table


def columns_of(facts: Facts) -> dict[str, list[str]]:
    """The columns of every CSV file that readers download and the results hold, in order."""
    groups = [group.code for group in facts.framework.groups]
    files = [f"{name}.csv" for name in facts.tables]
    return {table.file: [*table.columns, *(groups if table.grouped else ())] for table in public_tables(files)}


def meaning_of(facts: Facts, column: str) -> str:
    """What a column holds; a column of `regions.csv` that is a grouping says which."""
    for group in facts.framework.groups:
        if column == group.code:
            return facts.sentence("column.group", group=site_name(group.name))
    return facts.sentence(f"column.{column}", tail=show_percent(QUANTILES[0]))


def table_columns(facts: Facts) -> Markup:
    """Every column once: in which files it is, and what it means."""
    files: dict[str, list[str]] = {}
    for file, columns in columns_of(facts).items():
        for column in columns:
            files.setdefault(column, []).append(file.removesuffix(".csv"))
    word = facts.word
    titles = [
        Column(word("table.column")),
        Column(word("table.files"), wide=True),
        Column(word("table.measures"), wide=True),
    ]
    rows = [
        [element("code", column), word("list.separator").join(named), meaning_of(facts, column)]
        for column, named in files.items()
    ]
    return render_table(titles, rows, caption=word("caption.columns"), sortable=False)
