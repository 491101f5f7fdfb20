"""The data as files for others to build on: stable names and columns, described in `index.json`."""

from regional_index.downloads.api import API_FOLDER, public_files
from regional_index.downloads.charts import chart_files, interactive_files
from regional_index.downloads.feed import FEED, atom_feed
from regional_index.downloads.package import codebook_csv, data_package
from regional_index.downloads.table_files import table_csv, table_xlsx

__all__ = [
    "API_FOLDER", "FEED", "atom_feed", "chart_files", "codebook_csv", "data_package", "interactive_files",
    "public_files", "table_csv", "table_xlsx",
]  # fmt: skip
