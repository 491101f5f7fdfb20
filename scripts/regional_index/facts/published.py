"""Scores of the published edition, and what follows from its claims."""

from functools import cached_property

import pandas as pd

from regional_index.claims.findings import Verdict, WeightStudy
from regional_index.errors import LookupFailed
from regional_index.facts.lookups import Lookups
from regional_index.facts.steps import lent_frame, table_of


class Published:
    """Scores, intervals, verdicts and weights of the published edition; each refuses where there is none."""

    def __init__(self, known: Lookups) -> None:
        self._known = known

    @lent_frame
    def frame(self) -> pd.DataFrame:
        """The edition: the columns of `scores.csv` but `series`, and `decimals, claim`.

        A score is there only where a claim states it; the intervals are what all claims imply.

        Raises:
            LookupFailed: There is no edition.
        """
        _ = self._known.study
        scores = self._known.tables["scores"]
        rows = scores[scores["series"] == "published"].drop(columns="series")
        rows = rows.merge(
            table_of(self._known.tables, "stated"), on=["index", "region"], how="left", validate="one_to_one"
        )
        return rows.assign(decimals=rows["decimals"].astype("Int64"), claim=rows["claim"].fillna(""))

    def ranking(self, index: str) -> pd.DataFrame:
        """The scores and intervals of the edition for one index: see `frame`, indexed by region code.

        In the order of the middle of the interval, the greatest first; where two are equal, of the ranks that are
        possible, then of the regions table.
        """
        return self._edition_rankings[self._known.node(index).code].copy(deep=False)

    def weight_studies(self, index: str) -> list[WeightStudy]:
        """Weights of an index that agree with the claims, in coarse and in fine steps.

        Raises:
            LookupFailed: There is no such index, or nothing can be inferred.
        """
        code = self._known.node(index).code
        studies = [study for study in self._known.study.weights if study.index == code]
        if not studies:
            raise LookupFailed(f'nothing can be inferred of the weights of "{index}": some total is not published')
        return studies

    def verdict(self, claim_id: str) -> Verdict:
        """Verdict of the other claims on a claim.

        Raises:
            LookupFailed: There is no such claim.
        """
        return self._known.study.audit.verdicts[self._known.edition.claim(claim_id).id]

    @cached_property
    def _published(self) -> dict[str, pd.DataFrame]:
        by_region = self.frame.set_index("region")
        found = {str(index): frame for index, frame in by_region.groupby("index", sort=False)}
        none = by_region.iloc[:0]
        return {
            code: found.get(code, none).reindex(list(self._known.regions.evaluated))
            for code in self._known.framework.nodes
        }

    @cached_property
    def _edition_rankings(self) -> dict[str, pd.DataFrame]:
        return {code: _by_middle(frame.dropna(subset=["status"])) for code, frame in self._published.items()}

    def scores(self, index: str) -> pd.DataFrame:
        """Published series of one index: indexed by region code, `score, rank, decimals, status, claim`."""
        return self._published[self._known.node(index).code].copy(deep=False)


def _by_middle(published: pd.DataFrame) -> pd.DataFrame:
    middle = ((published["lower"] + published["upper"]) / 2).round(6)
    ordered = published.assign(middle=-middle).sort_values(["middle", "rank_lower", "rank_upper"], kind="stable")
    return ordered.drop(columns="middle")
