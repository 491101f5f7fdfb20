"""Reads everything in `data/`, refuses what is wrong with it, and returns it as one checked `Project`.

`read_pages` reads the pages that people write in `docs/`, and refuses what would be dropped or misread.
Nothing after this room reads `data/`. All mistakes are said at once, each with its line and what to do: see
`read_project`. `tidy_csv` repairs what needs no decision.
"""

from regional_index.read.checks.method import locate
from regional_index.read.csv_files import tidy_csv
from regional_index.read.edition_names import refuse_typed_names
from regional_index.read.page_files import PageFile, read_page, read_pages, read_parts
from regional_index.read.project import read_declarations, read_project, read_review
from regional_index.read.project_files import read_known_words
from regional_index.read.source_files import INBOX, check_inbox, list_inbox, read_source

__all__ = [
    "INBOX", "PageFile", "check_inbox", "list_inbox", "locate", "read_declarations", "read_known_words", "read_page",
    "read_pages", "read_parts", "read_project", "read_review", "read_source", "refuse_typed_names", "tidy_csv",
]  # fmt: skip
