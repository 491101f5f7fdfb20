"""The schema of every result table: what `compute` writes, and what everything after it reads.

A table is a CSV file in `build/results/`; documents next to them are JSON, where a table does not fit. Those that are
public are copied to `api/v1/`. The codebook, the column table of the data page, `index.json` and the check on reading
come from these declarations.
"""

from collections.abc import Iterable
from dataclasses import dataclass

TEXT, WHOLE, NUMBER, FLAG = "text", "whole", "number", "flag"


@dataclass(frozen=True)
class Column:
    """A column of a result table; one name means the same in every table.

    Attributes:
        name: As in the first line of the file.
        kind: `text`, `whole` (whole numbers), `number`, or `flag` (`yes` or `no`).
        meaning: What it holds, and its unit. Public columns have `column.<name>` in the words of the site as well.
    """

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class ResultTable:
    """A table of the results.

    Attributes:
        name: The file is `<name>.csv`.
        columns: Names, in the order of the file.
        key: The columns that together differ in every row.
        public: Whether readers download it.
        grouped: Whether a text column for every grouping of regions follows.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    public: bool = False
    grouped: bool = False

    @property
    def file(self) -> str:
        """Name of the file."""
        return f"{self.name}.csv"


_MEANINGS = {
    TEXT: {
        "series": "published or open; the two are never mixed",
        "index": "code of an index or sub-index, see indices",
        "region": "code of a region, see regions",
        "status": "status of the score or value, see statuses",
        "indicator": "code of an indicator, see indicators",
        "unit": "unit of measurement",
        "source": "id of a source, see sources",
        "code": "code of the region",
        "iso": "code of the region by ISO 3166-2",
        "name": "short name of the region, as pages print it",
        "full_name": "official name",
        "name_en": "name in English",
        "slug": "name of the region in addresses",
        "part": "code of the indicator or sub-index that the index has as a part",
        "output": "mean: the mean shift of all ranks from the declared ones; a code of a region: the shift of its rank",
        "lens": "code of a lens: how the indicators are read, such as totals or per resident",
        "factor": "which choice of method: weights, normalise, treat, impute, aggregate, leave_out or incomplete",
        "claim": "id of the claim that states the score",
        "rule": "rule of the step that was applied to the indicator",
        "applied": "what the treatment did: none, winsorise, log or box-cox",
        "note": "why a number is missing, or what else was found",
        "top": "code of the index at the top",
        "other": "code of the other indicator, index or region of the pair",
        "ahead": "code of the region that is ahead",
        "behind": "code of the region that is behind",
        "raised": "part whose weight grows most",
        "lowered": "part whose weight shrinks most",
        "above": "code of the region one place higher",
        "outcome": "reached, limit (the best value of all regions and years does not do) or missing (no value)",
        "kind": "strength or weakness",
        "grouping": "code of the grouping of regions",
        "group": "name of the group; empty for all evaluated regions",
        "flag": "negative, weak or collinear: the pair goes together too little or too much",
    },
    WHOLE: {
        "year": "data year; 0 where it is all years together",
        "rank": "1 for the greatest score, equal scores share a rank; published: only where the publication states it",
        "rank_lower": "published: best rank that the claims allow; open: 5 % of the draws give a better one",
        "rank_upper": "published: worst rank that the claims allow; open: 5 % of the draws give a worse one",
        "rank_median": "median rank of the draws",
        "decimals": "decimals with which the score is printed in the publication",
        "tier": "number of the tier, 1 for the best",
        "best": "best rank with any weights within the declared range",
        "worst": "worst rank with any weights within the declared range",
        "rank_first": "rank in the first year",
        "rank_last": "rank in the last year",
        "rank_change": "places gained from the earlier year to the later, among the regions that have both",
        "count": "regions that have a value",
        "base_year": "the year that is compared with",
        "rank_expected": "rank of the expected score, among the regions that have one",
        "value_rank": "rank of the value: 1 for the best by the direction of the indicator, equal values share a rank",
        "place": "how many regions with the largest values are put together",
        "cells": "values that the treatment changed",
        "children": "parts that have scores",
        "rows": "regions that have a score of all parts",
        "wins": "regions that this one is ahead of, over the parts that both have",
        "losses": "regions that this one is behind",
        "ties": "regions that it is level with",
    },
    NUMBER: {
        "score": "score, published or computed: see status",
        "lower": "published: least score that the claims allow; open: 5 % of draws with this normalisation are below",
        "upper": "published: greatest score that the claims allow; open: 5 % of these draws are above",
        "score_median": "median score of the draws with this normalisation",
        "weight_present": "part of the weight that has data",
        "value": "value in the unit of the indicator",
        "raw": "value of the indicator in the unit that it is compared in, after any division",
        "treated": "the same after gaps were filled and outliers treated, as declared",
        "imputed": "the same after gaps were filled",
        "normalised": "score of the part: of an indicator after normalisation, or of a sub-index",
        "weight": "weight of the part as used: scaled up to 1 where parts are missing and the rule does so",
        "points": "change of the contribution of the indicator to the score, in points of the score",
        "points_relative": "the same, less its mean over the regions that were overtaken (or overtook this one)",
        "contribution": "weight x normalised, where the score is the sum of these",
        "first": "first-order Sobol index: the part of the variance of the output that the choice explains alone",
        "total": "total-order Sobol index: the part that it explains together with the others",
        **{
            f"{name}_{end}": f"{end} end of its 95 % interval"
            for name in ("first", "total")
            for end in ("lower", "upper")
        },
        "probability": "part of the draws, 0-1",
        "rose": "part of the draws in which the rank rose, 0-1, the same draw in both years; empty: nothing is varied",
        "fell": "part of the draws in which the rank fell, 0-1, likewise",
        "available": "part of the indicators that the region has, 0-1",
        "gap": "points of score between the two",
        "distance": "Euclidean distance: of weights from the declared ones, or of profiles in points of score; of "
        "peers, the difference of the natural logarithms",
        "largest_change": "largest change of one weight",
        "needed": "value of the indicator at which the region gains a place",
        "change": "by how much the value would have to change",
        "percent": "the same in percent",
        "score_first": "score in the first year",
        "score_last": "score in the last year",
        "score_change": "change of the score from the first year to the last",
        "own": "places from the region's own figures",
        "others": "places from the figures of the others",
        "method": "places from the scale",
        "coverage": "places from which figures are missing",
        "score_own": "points from the region's own figures",
        "score_method": "points from the scale",
        "score_coverage": "points from which figures are missing",
        "mean": "unweighted mean over the regions that have a value",
        "median": "median of the regions that have a value",
        "value_change": "change of the value from the year before, in the unit of the indicator",
        "value_growth": "the same as a part of the value of the year before, where that is above 0, 0.1 for 10 %",
        "sum": "sum over the regions that have a value",
        "share": "part of the sum of all evaluated regions, or of all parts, 0-1",
        "growth": "change of the sum over the regions that have both years, as a part of the first, 0.1 for 10 %",
        "least": "least value",
        "greatest": "greatest value",
        "percentile": "percentile rank among the regions, 0-1",
        "correlation": "Pearson correlation over the regions",
        "with_index": "correlation of the part with the index",
        "with_top": "correlation of the part with the index at the top",
        "alpha": "Cronbach's alpha of the parts",
        "expected": "score that the indicators under `expectation` let expect, by least squares on their logarithms",
        "difference": "score less the expected one",
        "explained": "part of the variance of the parts that the first principal component has; of that of the scores, "
        "the part that the expected ones have (R2), 0-1",
        "linear": "squared correlation of the part with the index",
        "nonlinear": "part of the variance of the index that the part explains by a smooth curve",
        "ratio": "consistency ratio of the pairwise comparisons",
        **{
            name: f"number of the formula of normalisation: {name}"
            for name in ("n", "min", "max", "sd", "target", "reference", "worst_value", "best_value")
        },
        "scale_lower": "score of the worst value",
        "scale_upper": "score of the best value",
        **{
            f"{shape}_{when}": f"{shape} {when} treatment"
            for shape in ("skewness", "kurtosis")
            for when in ("before", "after")
        },
    },
    FLAG: {
        "partial": "yes where any data are missing",
        "evaluated": "yes where the region takes part in the index",
        "enough": "yes where the region has enough data to be scored",
        "filled": "yes where a gap was filled",
        "changed": "yes where the treatment changed the value",
        "possible": "yes where some weights swap the two",
        "exact": "yes where it was solved for, no where it was searched for",
        "passed": "yes where the indicator passes the limits of skewness and kurtosis",
    },
}
COLUMNS = {
    name: Column(name, kind, meaning) for kind, meanings in _MEANINGS.items() for name, meaning in meanings.items()
}


def _table(name: str, columns: str, key: int, *, public: bool = False, grouped: bool = False) -> ResultTable:
    """A table whose key is its first columns."""
    names = tuple(columns.split())
    return ResultTable(name, names, names[:key], public, grouped)


_ALL = (
    _table(
        "scores",
        "series year index region score rank lower upper rank_lower rank_upper status",
        4,
        public=True,
    ),
    _table("coverage", "series year index region weight_present partial", 4, public=True),
    _table("indicators", "indicator region year value unit status source", 3, public=True),
    _table("steps", "series year index region part raw treated normalised weight contribution", 5, public=True),
    _table("regions", "code iso name full_name name_en slug evaluated", 1, public=True, grouped=True),
    _table(
        "sensitivity",
        "index output factor first first_lower first_upper total total_lower total_upper",
        3,
        public=True,
    ),
    _table("lenses", "lens index year region score rank rank_lower rank_upper", 4, public=True),
    _table("lens_values", "lens indicator region year value value_rank", 4),
    _table("expected", "index region expected difference rank_expected explained", 2, public=True),
    # How the scores of the open series came about.
    _table("cells", "indicator region year raw imputed filled treated changed normalised", 3),
    _table("screening", "region year available enough", 2),
    _table(
        "parameters",
        "indicator year rule n min max mean sd target reference worst_value best_value scale_lower scale_upper",
        2,
    ),
    _table("unscored", "indicator region year note", 4),
    _table("imputation", "indicator rule", 1),
    _table(
        "treatment",
        "indicator year rule applied skewness_before kurtosis_before skewness_after kurtosis_after cells passed note",
        2,
    ),
    _table("weights", "index part weight", 2),
    _table("own_weights", "index region year part weight", 4),
    _table("effective_weights", "top part weight", 2),
    _table("consistency", "index ratio", 1),
    _table("duels", "index region year wins losses ties", 3),
    # What they say when put together.
    _table("movement", "index region score_first rank_first score_last rank_last score_change rank_change", 2),
    _table(
        "decomposition",
        "index region rank_change own others method coverage score_change score_own score_method score_coverage note",
        2,
    ),
    _table("drivers", "index region base_year year indicator points points_relative", 5),
    _table("groups", "grouping group year index count mean share least greatest", 4),
    _table("totals", "indicator year count sum mean", 2),
    _table("growth", "indicator base_year year count growth", 3),
    _table("indicator_medians", "indicator year median", 2),
    _table("indicator_ranks", "indicator year region value_rank value_change value_growth", 3),
    _table("concentration", "indicator year place region share", 3),
    _table("neighbours", "region other distance", 2),
    _table("peers", "region other distance", 2),
    _table("profiles", "region indicator percentile kind", 2),
    _table("next_steps", "index region indicator rank above gap value needed change percent outcome", 3),
    _table("control_totals", "indicator year sum", 2),
    # How sure they are.
    _table("medians", "index year region rank_median score_median", 3),
    _table("tiers", "index year region tier probability", 4),
    _table("rank_changes", "index region base_year year rank_change rose fell", 4, public=True),
    _table("first_place", "index region probability", 2),
    _table("ahead", "index ahead behind probability", 3),
    _table("flips", "index ahead behind gap possible distance largest_change raised lowered exact", 3),
    _table("flip_weights", "index ahead behind part weight", 4),
    _table("rank_limits", "index region rank best worst exact", 2),
    # Whether what is put together belongs together.
    _table("coherence", "index children rows alpha explained", 1),
    _table("correlations", "index part other correlation", 3),
    _table("parent_correlations", "index part top with_index with_top", 3),
    _table("indicator_correlations", "index indicator other correlation", 3),
    _table("correlation_flags", "index part other correlation flag", 3),
    _table("coherence_notes", "index part note", 3),
    _table("importance", "index part linear nonlinear share rows note", 2),
    # What the edition states.
    _table("stated", "index region decimals claim", 2),
)
TABLES: dict[str, ResultTable] = {table.name: table for table in _ALL}

# JSON files next to the tables. `edition.json` is for the pages alone: the claims, and what comparing them found.
DOCUMENTS = (
    "claims.json", "context.json", "audit.json", "coherence.json", "normalised.json", "compare.json",
    "robustness.json",
)  # fmt: skip
EDITION = "edition.json"


def public_tables(files: Iterable[str]) -> list[ResultTable]:
    """The tables among these files that readers download."""
    names = set(files)
    return [table for table in TABLES.values() if table.public and table.file in names]


def kind_of(column: str) -> str:
    """The kind of a column; groupings of regions are text."""
    return COLUMNS[column].kind if column in COLUMNS else TEXT
