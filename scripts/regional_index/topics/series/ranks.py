"""A rank with its range, worded by `rank.range`, `rank.place` and `rank.span` of the language pack."""

from regional_index.facts import Facts
from regional_index.render import is_missing, show_number


def show_rank_range(facts: Facts, index: str, region: str, year: int | None = None) -> str:
    """A rank with the range it has when the method varies, as `5 (4–8)`; the rank alone where no range is known."""
    return _with_range(facts, index, region, year, show_number(_rank(facts, index, region, year), 0))


def show_place(facts: Facts, index: str, region: str, year: int | None = None) -> str:
    """A rank with its range in words, as `rank 5 (4–8)`; nothing where there is no rank."""
    rank = _rank(facts, index, region, year)
    if is_missing(rank):
        return ""
    return _with_range(facts, index, region, year, facts.sentence("rank.place", rank=show_number(rank, 0)))


def show_range(facts: Facts, index: str, region: str, year: int | None = None) -> str:
    """The range of a rank alone, as `4–8`; nothing where none is known."""
    ends = facts.soundness.rank_range(index, region, year)
    return "" if ends is None else facts.sentence("rank.span", lower=ends[0], upper=ends[1])


def _rank(facts: Facts, index: str, region: str, year: int | None) -> float:
    return facts.open.rank_or_nan(index, region, facts.year(year))


def _with_range(facts: Facts, index: str, region: str, year: int | None, rank: str) -> str:
    ends = facts.soundness.rank_range(index, region, year)
    return rank if ends is None else facts.sentence("rank.range", rank=rank, lower=ends[0], upper=ends[1])
