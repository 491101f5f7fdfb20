"""Two folders of results compared: which figures, declarations, scores and ranks differ, and what it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from regional_index.claims.findings import EditionFindings
from regional_index.framework import Project
from regional_index.method.rules import CannotCompute
from regional_index.results.why import BETWEEN, KEY, NO_PARTS, NOISE, OF_SCORES, SWITCHES, Reasons, explain

CELL = ["indicator", "region", "year"]
# What nothing is computed from; what is not published is among the figures.
TEXTS = {
    "title", "name", "short", "definition", "aliases", "measures", "limits", "language", "edition_names",
    "not_computed", "not_published", "bands", "decimals", "quality", "weak", "source", "max_ratio", "robustness",
    "unit", "calculated", "breaks", "lenses", "lens", "expectation",
}  # fmt: skip
# A rule of the method as a mapping, which is one declaration.
RULE = {"name", "options"}
# Declarations that have a table of their own in a diff.
ELSEWHERE = ("years", "indices", "groups")
# Why there are no parts: of single scores, `why.BETWEEN`; of all.
NO_DATA, DEPENDS, REFUSED = "no_data", "depends", "refused"


@dataclass(frozen=True, eq=False)
class Version:
    """One of the two that are compared.

    Attributes:
        name: What a person calls it.
        tables: Its result tables by name.
        project: The data and the method that they were computed from; nothing where the folder has none.
        findings: The published edition, if there is one.
    """

    name: str
    tables: Mapping[str, pd.DataFrame]
    project: Project | None
    findings: EditionFindings | None = None


@dataclass(frozen=True, eq=False)
class Diff:
    """What differs between two versions.

    Attributes:
        before: Name of the first.
        figures: Figures that differ: `indicator, region, year, before, after, status_before, status_after`, the status
            missing where a version has no such cell.
        declared: Declarations that differ, as lines (where, before, after).
        weights: `index, part, before, after`, missing where a version has no such part.
        regions: Codes of the evaluated regions that only one version has, by `before` and `after`.
        years: Likewise the years of the open series.
        scores: Scores of the open series that differ, or their ranks: `index, region, year, score_before, score_after,
            rank_before, rank_after, score_change, rank_change` (places gained), the parts of both changes as
            `why.Reasons` has them, with `score_program` and `rank_program`, what another program computed otherwise;
            missing where there are none, and then `note` says why.
        compared: How many scores of the open series both versions have.
        ends: As in `why.Reasons`.
        published: Rows of the published edition that differ: `index, region, year` and each column before and after.
        verdicts: Claims of the edition with their verdict before and after, where these differ.
        totals: Control totals of which the published total or the sum of the regions differs.
        unexplained: Why no score has parts; empty where they have.
    """

    before: str
    figures: pd.DataFrame
    declared: tuple[tuple[str, str, str], ...]
    weights: pd.DataFrame
    regions: Mapping[str, tuple[str, ...]]
    years: Mapping[str, tuple[int, ...]]
    scores: pd.DataFrame
    compared: int
    ends: pd.DataFrame
    published: pd.DataFrame
    verdicts: tuple[tuple[str, str, str], ...]
    totals: pd.DataFrame
    unexplained: str = ""

    @property
    def moved(self) -> pd.DataFrame:
        """Scores of `scores` that both versions have."""
        return self.scores[self.scores["score_change"].notna()]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        frames = (self.figures, self.weights, self.scores, self.published, self.totals)
        only = any([*self.regions.values(), *self.years.values()])
        return not (only or self.declared or self.verdicts or any(len(frame) for frame in frames))


def compare(before: Version, after: Version) -> Diff:
    """Find what differs between two versions; indices, regions, years and indicators may be in one only."""
    reasons, unexplained = _explain(before, after)
    scores = _scores(before, after, reasons, unexplained)
    has_score = scores[["score_before", "score_after"]].notna().all(axis=1)
    return Diff(
        before.name,
        _figures(before, after),
        tuple(_declared(before, after)),
        _weights(before, after),
        _only_in(_regions_of(before), _regions_of(after)),
        _only_in(_years_of(before), _years_of(after)),
        scores[_changes(scores)].reset_index(drop=True),
        int(has_score.sum()),
        reasons.ends,
        _published(before, after),
        tuple(_verdicts(before, after)),
        _differing(_totals(before), _totals(after), ["indicator", "year"], ["total", "sum"]),
        unexplained,
    )


def _explain(before: Version, after: Version) -> tuple[Reasons, str]:
    none = Reasons(NO_PARTS, pd.DataFrame())
    if before.project is None or after.project is None:
        return none, NO_DATA
    try:
        reasons = explain(before.project, after.project)
    except CannotCompute:  # the report says that the method of one does not go with the data of the other
        return none, REFUSED
    return reasons, DEPENDS if reasons.parts.empty and set(_years_of(before)) & set(_years_of(after)) else ""


def _scores(before: Version, after: Version, reasons: Reasons, unexplained: str) -> pd.DataFrame:
    """Every score of the open series that any version has, with its changes and their parts."""
    found = _both(_open(before), _open(after), KEY, ["score", "rank"]).astype(
        {f"{what}_{when}": float for what in ("score", "rank") for when in ("before", "after")}
    )
    found["score_change"] = found["score_after"] - found["score_before"]
    found["rank_change"] = found["rank_before"] - found["rank_after"]
    names = [*(f"score_{name}" for name in OF_SCORES), *(f"rank_{name}" for name in SWITCHES)]
    computed = [f"{what}_{when}" for what in ("score", "rank") for when in ("before", "after")]
    parts = reasons.parts.reindex(columns=[*computed, *names, "own_indicator", "scale_indicator", "note"])
    joined = found.join(parts.rename(columns={name: f"computed_{name}" for name in computed}), on=KEY)
    # What another program made of the same data is the rest.
    for what, sign in (("score", 1), ("rank", -1)):
        here = sign * (joined[f"computed_{what}_after"] - joined[f"computed_{what}_before"])
        rest = (joined[f"{what}_change"] - here).where(joined[f"{what}_own"].notna())
        joined[f"{what}_program"] = rest.where(rest.isna() | (rest.abs() > NOISE), 0.0)
    note = joined["note"].astype(object).fillna("").where(joined["score_change"].notna(), "")
    unknown = joined["score_own"].isna() & joined["score_change"].notna() & (note == "")
    note = note.mask(unknown, unexplained or BETWEEN)
    return joined.drop(columns=[f"computed_{name}" for name in computed]).assign(note=note)


def _changes(scores: pd.DataFrame) -> pd.Series:
    """Whether a score or a rank differs; a score that no version has does not."""
    one = scores["score_before"].isna() != scores["score_after"].isna()
    return one | (scores["score_change"].abs() > NOISE) | (scores["rank_change"].abs() > 0)


def _open(version: Version) -> pd.DataFrame:
    table = version.tables["scores"]
    return table[table["series"] == "open"]


def _both(before: pd.DataFrame, after: pd.DataFrame, key: list[str], columns: list[str]) -> pd.DataFrame:
    """The rows of two tables next to each other, in the order of the second, then of the first."""
    wanted = [*key, *columns]
    rows = pd.concat([after[key], before[key]]).drop_duplicates()
    joined = rows.merge(before[wanted], on=key, how="left").merge(
        after[wanted], on=key, how="left", suffixes=("_before", "_after")
    )
    return joined[[*key, *(f"{name}_{when}" for name in columns for when in ("before", "after"))]]


def _differing(before: pd.DataFrame, after: pd.DataFrame, key: list[str], columns: list[str]) -> pd.DataFrame:
    """The rows of `_both` in which some column differs."""
    joined = _both(before, after, key, columns)
    differs = pd.Series(data=False, index=joined.index)
    for name in columns:
        differs |= ~_equal(joined[f"{name}_before"], joined[f"{name}_after"])
    return joined[differs].reset_index(drop=True)


def _equal(one: pd.Series, other: pd.Series) -> pd.Series:
    """Whether cells are equal, numbers but for what arithmetic leaves; missing equals missing."""
    same = (one == other).fillna(value=False).astype(bool) | (one.isna() & other.isna())
    if pd.api.types.is_numeric_dtype(one) and pd.api.types.is_numeric_dtype(other):
        close = ((one - other).abs() <= NOISE * other.abs()).fillna(value=False)
        return same | close.astype(bool)
    return same


def _figures(before: Version, after: Version) -> pd.DataFrame:
    """See `Diff.figures`; values as they are in the files, or where a version has no files, in their own unit."""
    if before.project is None or after.project is None:
        frames = _tables("indicators", before, after, [*CELL, "value", "status"])
    else:
        frames = [version.project.values.astype({"indicator": str, "region": str}) for version in (before, after)]  # pyright: ignore
    old, new = (frame.astype({"value": float}) for frame in frames)
    found = _differing(old, new, CELL, ["value", "status"])
    empty = found[["value_before", "value_after"]].isna().all(axis=1)
    only_one = found[["status_before", "status_after"]].isna().any(axis=1)
    found = found[~(empty & only_one)]
    return found.rename(columns={"value_before": "before", "value_after": "after"}).reset_index(drop=True)


def _declared(before: Version, after: Version) -> Iterator[tuple[str, str, str]]:
    """See `Diff.declared`; of the framework, but for the tree and the years."""
    if before.project is None or after.project is None:
        return
    frameworks = (asdict(project.framework) for project in (before.project, after.project))
    sides = [dict(_leaves({k: v for k, v in each.items() if k not in ELSEWHERE})) for each in frameworks]
    for place in dict.fromkeys([*sides[0], *sides[1]]):
        old, new = (side.get(place, "") for side in sides)
        if old != new:
            yield place, old, new


def _leaves(part: Any, *above: str) -> Iterator[tuple[str, str]]:
    """Every single declaration with its place, the keys down to it with points between them."""
    if isinstance(part, Mapping) and part.keys() == RULE:
        options = ", ".join(f"{key}={value}" for key, value in part["options"].items())
        yield ".".join(above), f"{part['name']}({options})" if options else part["name"]
    elif isinstance(part, Mapping):
        for key, inner in part.items():
            if str(key) not in TEXTS:
                yield from _leaves(inner, *above, str(key))
    elif isinstance(part, list | tuple) and any(isinstance(inner, Mapping) for inner in part):
        for number, inner in enumerate(part, start=1):
            yield from _leaves(inner, *above, str(number))
    elif part not in (None, ""):
        yield ".".join(above), ", ".join(map(str, part)) if isinstance(part, list | tuple) else str(part)


def _weights(before: Version, after: Version) -> pd.DataFrame:
    """See `Diff.weights`; none where one of the two does not say them."""
    old, new = _tables("weights", before, after, ["index", "part", "weight"])
    found = _differing(old, new, ["index", "part"], ["weight"])
    return found.rename(columns={"weight_before": "before", "weight_after": "after"})


def _tables(name: str, before: Version, after: Version, columns: list[str]) -> list[pd.DataFrame]:
    """A table of both versions; without rows where one of them has none, for then nothing can be compared."""
    tables = [version.tables.get(name, pd.DataFrame()) for version in (before, after)]
    return [pd.DataFrame(columns=columns)] * 2 if any(table.empty for table in tables) else tables


def _totals(version: Version) -> pd.DataFrame:
    totals = version.project.control_totals if version.project else ()
    rows = [(total.indicator, total.year, total.total, total.found) for total in totals]
    return pd.DataFrame(rows, columns=["indicator", "year", "total", "sum"])


def _regions_of(version: Version) -> list[Any]:
    known = version.project.regions.evaluated if version.project else ()
    return list(known) or list(dict.fromkeys(_open(version)["region"]))


def _years_of(version: Version) -> list[Any]:
    known = version.project.framework.years if version.project else ()
    return list(known) or sorted(int(year) for year in _open(version)["year"].unique())


def _only_in(before: list[Any], after: list[Any]) -> dict[str, tuple[Any, ...]]:
    """What only one of the two has."""
    return {
        "before": tuple(each for each in before if each not in after),
        "after": tuple(each for each in after if each not in before),
    }


def _published(before: Version, after: Version) -> pd.DataFrame:
    columns = ["score", "rank", "lower", "upper", "rank_lower", "rank_upper", "status"]
    tables = [version.tables["scores"] for version in (before, after)]
    old, new = (table[table["series"] == "published"] for table in tables)
    return _differing(old, new, KEY, columns)


def _verdicts(before: Version, after: Version) -> Iterator[tuple[str, str, str]]:
    """See `Diff.verdicts`; none where a version is scores alone."""
    if not all(version.findings or version.project for version in (before, after)):
        return
    old, new = (version.findings.audit.verdicts if version.findings else {} for version in (before, after))
    for claim in dict.fromkeys([*new, *old]):
        one, other = (side[claim].verdict if claim in side else "" for side in (old, new))
        if one != other:
            yield claim, one, other
