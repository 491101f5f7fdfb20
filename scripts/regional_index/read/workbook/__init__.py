"""Figures of a new year out of an Excel workbook, and the blank workbook that editors fill in.

`read_book` finds the figures, `change_files` says which files of `data/` they change, and nothing is written here.
A workbook that `blank_workbook` made is read without `data/import.yml`, for its headings hold the names of files.
"""

from regional_index.read.indicator_files import Declaration
from regional_index.read.workbook.changes import change_files, describe_rest
from regional_index.read.workbook.figures import Book, read_book
from regional_index.read.workbook.form import blank_workbook
from regional_index.read.workbook.mapping import NEAREST, Entry, same_unit
from regional_index.read.workbook.tables import Column

__all__ = [
    "NEAREST", "Book", "Column", "Declaration", "Entry", "blank_workbook", "change_files", "describe_rest", "read_book",
    "same_unit",
]  # fmt: skip
