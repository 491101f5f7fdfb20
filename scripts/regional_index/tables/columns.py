"""What every column of the downloadable tables means, in the site's language; `index.json` has it in English."""

from markupsafe import Markup

from regional_index.compute import QUANTILES
from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.markup import element
from regional_index.narrative import STEP_COLUMNS, show_percent
from regional_index.tables.grid import Column, render_table

SCORE_COLUMNS = [
    "series", "year", "index", "region", "score", "rank", "lower", "upper", "rank_lower", "rank_upper", "status",
]  # fmt: skip
INDICATOR_COLUMNS = ["indicator", "region", "year", "value", "unit", "status", "source"]
COVERAGE_COLUMNS = ["series", "year", "index", "region", "weight_present", "partial"]
REGION_COLUMNS = ["code", "iso", "name", "full_name", "name_en", "slug", "evaluated"]
SENSITIVITY_COLUMNS = [
    "index", "output", "factor", "first", "first_lower", "first_upper", "total", "total_lower", "total_upper",
]  # fmt: skip
WHOLE = {"year", "rank", "rank_lower", "rank_upper"}
NUMBERS = {
    "score", "lower", "upper", "weight_present", "value", "raw", "treated", "normalised", "weight", "contribution",
    *SENSITIVITY_COLUMNS[3:],
}  # fmt: skip


def columns_of(facts: Facts) -> dict[str, list[str]]:
    """The columns of every CSV file of the interface, in order."""
    return {
        "scores.csv": SCORE_COLUMNS,
        "coverage.csv": COVERAGE_COLUMNS,
        "indicators.csv": INDICATOR_COLUMNS,
        "steps.csv": STEP_COLUMNS,
        "regions.csv": [*REGION_COLUMNS, *(group.code for group in facts.framework.groups)],
        **({"sensitivity.csv": SENSITIVITY_COLUMNS} if facts.robustness_declared else {}),
    }


def type_of(column: str) -> str:
    """Whether a column holds whole numbers (`integer`), numbers (`number`) or text (`string`)."""
    return "integer" if column in WHOLE else "number" if column in NUMBERS else "string"


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
