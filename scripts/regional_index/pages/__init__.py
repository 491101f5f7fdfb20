"""Pages: what they may call, and those that are made from a template for every region or index."""

from regional_index.pages.generated import Page, make_pages, page_of_index
from regional_index.pages.lenses import home_of_lens, make_lens_pages, pages_of_lens
from regional_index.pages.released import home_of_release, make_release_pages
from regional_index.pages.writer import PageWriter

__all__ = [
    "Page",
    "PageWriter",
    "home_of_lens",
    "home_of_release",
    "make_lens_pages",
    "make_pages",
    "make_release_pages",
    "page_of_index",
    "pages_of_lens",
]
