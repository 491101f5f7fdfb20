"""Pages: what a page may be made of, and the pages that are made from a template for every region or index."""

from regional_index.pages.blocks import Blocks
from regional_index.pages.generated import Page, make_pages
from regional_index.pages.writer import PageWriter

__all__ = ["Blocks", "Page", "PageWriter", "make_pages"]
