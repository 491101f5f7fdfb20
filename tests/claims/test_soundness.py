"""The truth is always inside: whatever a table makes true, the sheet of claims allows, and the bounds contain.

Random complete tables, random true claims of all kinds. A failure names the seed of its table; `random_case(seed)` and
`claims_of(seed)` bring it back.
"""

import os
import random
from collections.abc import Iterator
from itertools import pairwise

import pytest

from regional_index.claims.bounds import find_bounds
from regional_index.claims.kinds import KINDS, Table
from regional_index.claims.rows import find_classes
from regional_index.claims.universe import Universe
from regional_index.framework import Claim

from .claims_from_table import derive_claims, random_case
from .worked import allows

# `make bench` sets 1000; the tests of every day make do with the first of them.
TABLES, BATCH = int(os.environ.get("SOUNDNESS_TABLES", "50")), 25
BATCHES = [range(start, start + BATCH) for start in range(0, TABLES, BATCH)]
SLACK = 1e-4

in_batches = pytest.mark.parametrize("seeds", BATCHES, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")


def claims_of(seed: int) -> tuple[Universe, Table, list[Claim]]:
    """The table of a seed and true claims about it."""
    universe, table = random_case(seed)
    return universe, table, derive_claims(table, universe, random.Random(seed))


@in_batches
def test_every_derived_claim_is_measured_as_true(seeds: range) -> None:
    """Each on its own, against the table it was made from."""
    wrong = []
    for seed in seeds:
        universe, table, claims = claims_of(seed)
        wrong += [(seed, c) for c in claims if not KINDS[c.kind].measure(c, table, universe).holds]
    assert not wrong


@in_batches
def test_all_claims_together_allow_the_table_they_were_derived_from(seeds: range) -> None:
    """With every cell fixed there is a choice of all yes-or-no variables."""
    cases = ((seed, *claims_of(seed)) for seed in seeds)
    wrong = [(seed, claims) for seed, universe, table, claims in cases if not allows(claims, universe, table)]
    assert not wrong


@pytest.mark.slow
@in_batches
def test_bounds_contain_the_true_score_and_the_true_place_of_every_region(seeds: range) -> None:
    """In one of the indices, from all claims; a place is one more than the regions with a greater score."""
    assert not [found for seed in seeds for found in _outside(seed)]


@pytest.mark.parametrize("seeds", BATCHES[:6], ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
def test_a_claim_or_a_falsified_one_is_measured_as_true_exactly_where_its_rows_allow_the_table(seeds: range) -> None:
    """The two readings of a claim, as a comparison with a table and as rows, are the same."""
    wrong = []
    for seed in seeds:
        universe, table, claims = claims_of(seed)
        for version in (version for claim in claims for version in _with_falsified(claim, universe)):
            if KINDS[version.kind].measure(version, table, universe).holds != allows([version], universe, table):
                wrong.append((seed, version))
    assert not wrong


@in_batches
def test_exchanging_exchangeable_regions_leaves_every_claim_true(seeds: range) -> None:
    """Regions of which every claim says the same may trade their scores in all indices."""
    wrong = []
    for seed in seeds:
        universe, table, claims = claims_of(seed)
        for first, second in _exchangeable_pairs(claims, universe):
            swapped = {index: scores.rename({first: second, second: first}) for index, scores in table.items()}
            wrong += [(seed, c) for c in claims if not KINDS[c.kind].measure(c, swapped, universe).holds]
    assert not wrong


def test_claims_of_every_kind_are_derived() -> None:
    """Each finds something to say, often."""
    derived = [claim.kind for seed in range(100) for claim in claims_of(seed)[2]]
    assert min(derived.count(kind) for kind in KINDS) >= 10


def _with_falsified(claim: Claim, universe: Universe) -> list[Claim]:
    return [claim, *(version.claim for version in KINDS[claim.kind].falsify(claim, universe))]


def _outside(seed: int) -> Iterator[tuple[int, str, str]]:
    """Each region whose true score or place is not within its bounds."""
    universe, table, claims = claims_of(seed)
    index = universe.indices[seed % 2]
    bounds = find_bounds(claims, universe, index)
    for region, score in table[index].items():
        found, rank = bounds.loc[region], 1 + int((table[index] > score).sum())
        if not found["lower"] - SLACK <= score <= found["upper"] + SLACK:
            yield seed, f"{index} {region} {score}", f"not in {found['lower']}..{found['upper']}"
        if not found["rank_lower"] <= rank <= found["rank_upper"]:
            yield seed, f"{index} {region} place {rank}", f"not in {found['rank_lower']}..{found['rank_upper']}"


def _exchangeable_pairs(claims: list[Claim], universe: Universe) -> Iterator[tuple[str, str]]:
    for members in find_classes(claims, universe):
        yield from pairwise(members)
