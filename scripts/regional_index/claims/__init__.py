"""What follows from the claims of a published edition. Knows no files, no charts and no computed series."""

from regional_index.claims.published import published_scores, stated_ranks

__all__ = ["published_scores", "stated_ranks"]
