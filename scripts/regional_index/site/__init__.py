"""The last room: put everything where MkDocs finds it, and look the built site over."""

from regional_index.site.check_pages import check_pages
from regional_index.site.current import current_site, note_problem, noted_problems, set_current
from regional_index.site.generate import GENERATED, Site, generate
from regional_index.site.late import late_files, write_late_files
from regional_index.site.navigation import expand_navigation

__all__ = [
    "GENERATED", "Site", "check_pages", "current_site", "expand_navigation", "generate", "late_files", "note_problem",
    "noted_problems", "set_current", "write_late_files",
]  # fmt: skip
