"""The method in words and formulas, as the framework declares it."""

from regional_index.topics.method import combination, steps, treatment

__all__ = [
    "combination",
    "steps",
    "treatment",
]
