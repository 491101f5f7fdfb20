"""The last room: put everything where MkDocs finds it, and look the built site over."""

from regional_index.site.current import CURRENT
from regional_index.site.late import late_files, table_files, write_late_files
from regional_index.site.navigation import expand_navigation
from regional_index.site.prepare import prepare
from regional_index.site.render import GENERATED, Site

__all__ = [
    "CURRENT", "GENERATED", "Site", "expand_navigation", "late_files", "prepare", "table_files", "write_late_files",
]  # fmt: skip
