"""Receipts: how a score came about, step by step, with its numbers, and code that finds it again."""

from regional_index.topics.receipts import receipts, steps, worked_example

__all__ = [
    "receipts",
    "steps",
    "worked_example",
]
