"""Every topic: once this is imported, all macros are registered."""

from regional_index.render.macros import MACROS
from regional_index.topics import charts, data, edition, guide, method, names, receipts, series

__all__ = ["MACROS", "charts", "data", "edition", "guide", "method", "names", "receipts", "series"]
