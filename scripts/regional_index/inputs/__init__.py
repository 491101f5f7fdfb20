"""Reads everything in `data/`, refuses what is wrong with it, and returns it as one checked `Project`.

Nothing after this room reads `data/`. Whatever is wrong is said at once, with its line and what to do: see
`read_project`. `tidy_csv` repairs what needs no decision.
"""

from regional_index.inputs.project_files import read_known_words
from regional_index.inputs.read import read_project
from regional_index.inputs.tidy import tidy_csv

__all__ = ["read_known_words", "read_project", "tidy_csv"]
