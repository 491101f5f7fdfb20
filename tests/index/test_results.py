"""The results of this index hold what its data say, whatever these are; nothing here is a figure of `data/`."""

import pandas as pd

from regional_index.facts import Facts


def test_every_score_that_is_stated_is_a_claim_and_its_own_interval(real_facts: Facts) -> None:
    """And no other has a number."""
    published = real_facts.published.frame.set_index(["index", "region"])
    claims = real_facts.edition.claims.values()
    stated = {(claim.index, claim.regions[0]): float(claim.value) for claim in claims if claim.kind == "score"}
    scored = published.dropna(subset=["score"])
    assert scored["score"].to_dict() == stated
    assert (scored["lower"] == scored["score"]).all()
    assert (scored["upper"] == scored["score"]).all()
    assert set(published["status"]) <= {"published", "not_published"}


def test_both_series_have_a_row_for_every_year_index_and_region(real_facts: Facts) -> None:
    """Each once."""
    framework, cells = real_facts.framework, len(real_facts.framework.nodes) * len(real_facts.regions.evaluated)
    for series, years in (("published", [framework.edition_year]), ("open", list(framework.years))):
        scores = real_facts.tables["scores"]
        rows = scores[scores["series"] == series]
        assert len(rows) == len(rows.drop_duplicates(["year", "index", "region"])) == len(years) * cells
        assert sorted(set(rows["year"])) == years


def test_scores_and_ranks_keep_to_their_intervals(real_facts: Facts) -> None:
    """Of the edition to the range that scores are assumed to keep to; a stated rank is the only one possible."""
    published = real_facts.published.frame
    lowest, highest = real_facts.edition.score_range
    assert published[["lower", "upper"]].stack().between(lowest, highest).all()
    assert published[["rank_lower", "rank_upper"]].stack().between(1, len(real_facts.regions.evaluated)).all()
    assert (published["lower"] <= published["upper"]).all()
    ranked = published.dropna(subset=["rank"])
    assert (ranked["rank"] == ranked["rank_lower"]).all()
    assert (ranked["rank"] == ranked["rank_upper"]).all()


def test_what_is_left_out_is_what_was_decided(real_facts: Facts) -> None:
    """Every conflict has a decision, and every decision a conflict."""
    audit, decided = real_facts.study.audit, set(real_facts.edition.set_aside)
    assert {name for name, verdict in audit.verdicts.items() if verdict.set_aside} == decided
    assert all(decided & set(conflict.claims) for conflict in audit.conflicts)
    assert {name for name, verdict in audit.verdicts.items() if verdict.verdict == "contradicted"} == {
        name for conflict in audit.conflicts if not conflict.overlaps for name in conflict.claims
    }


def test_weights_are_looked_for_where_all_totals_are_stated(real_facts: Facts) -> None:
    """Of an index and of all its parts."""
    totals = {claim.index for claim in real_facts.edition.claims.values() if claim.kind == "total"}
    parts = {code: [child.code for child in node.children] for code, node in real_facts.framework.nodes.items()}
    expected = {code for code, children in parts.items() if children and {code, *children} <= totals}
    assert {study.index for study in real_facts.study.weights} == expected
    assert all(list(study.parts) == parts[study.index] for study in real_facts.study.weights)


def test_every_value_says_where_it_is_from_or_why_it_is_missing(real_facts: Facts) -> None:
    """What a correction excludes is excluded, what is declared as not published is not."""
    rows: pd.DataFrame = real_facts.tables["indicators"]
    assert set(rows["source"]) <= set(real_facts.declared.sources)
    assert (rows["value"].notna() == rows["status"].isin(["published", "calculated"])).all()
    status = rows.set_index(["indicator", "region", "year"])["status"]
    for entry in real_facts.declared.corrections:
        if entry.decision == "exclude":
            assert status[(entry.indicator, entry.region, entry.year)] == "excluded"
