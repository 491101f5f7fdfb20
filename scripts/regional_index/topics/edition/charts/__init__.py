"""Charts of the published edition, one a file."""

from regional_index.topics.edition.charts import scores, weights

__all__ = ["scores", "weights"]
