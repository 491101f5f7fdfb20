"""Pages' text about the published edition: what it states, and what follows from it."""

from regional_index.topics.edition import audit, charts, citation, claims, releases, scores, trends, verdicts, weights

__all__ = ["audit", "charts", "citation", "claims", "releases", "scores", "trends", "verdicts", "weights"]
