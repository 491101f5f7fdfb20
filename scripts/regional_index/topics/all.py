"""Every topic: once this is imported, all macros and all kinds of charts are registered."""

from regional_index.charts.kinds import catalogue, variants
from regional_index.render.macros import MACROS
from regional_index.topics import (
    charts,
    confirmations,
    data,
    edition,
    guide,
    method,
    names,
    receipts,
    revisions,
    series,
)

__all__ = [
    "MACROS",
    "catalogue",
    "charts",
    "confirmations",
    "data",
    "edition",
    "guide",
    "method",
    "names",
    "receipts",
    "revisions",
    "series",
    "variants",
]
