"""The schema of every result table, declared once, and the digits of numbers in files."""

from regional_index.model.digits import DIGITS, FORMAT, cut_number, write_number
from regional_index.model.results import (
    COLUMNS,
    DOCUMENTS,
    EDITION,
    FLAG,
    NUMBER,
    TABLES,
    TEXT,
    WHOLE,
    Column,
    ResultTable,
    kind_of,
    public_tables,
)

__all__ = [
    "COLUMNS", "DIGITS", "DOCUMENTS", "EDITION", "FLAG", "FORMAT", "NUMBER", "TABLES", "TEXT", "WHOLE", "Column",
    "ResultTable", "cut_number", "kind_of", "public_tables", "write_number",
]  # fmt: skip
