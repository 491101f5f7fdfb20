"""Pages: what they may call, and those that are made from a template for every region or index."""

from regional_index.pages.generated import Page, make_pages
from regional_index.pages.writer import PageWriter

__all__ = ["Page", "PageWriter", "make_pages"]
