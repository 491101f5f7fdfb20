"""What is published and what follows from it, in a sentence: of an index, a region, the audit, weights."""

import pandas as pd
from markupsafe import Markup

from regional_index.claims.findings import WeightStudy
from regional_index.facts import Facts
from regional_index.framework import Claim
from regional_index.markup import Links, is_missing, join_words, show_number, show_printed
from regional_index.narrative.sentences import fill, join_sentences

TOP_PLACES = 3


def published_answer(facts: Facts, links: Links, index: str) -> Markup:
    """What the published edition says of an index: who leads, as far as it says, and the total and mean."""
    parts = [_leaders(facts, links, index), _totals(facts, links, index)]
    return join_sentences(facts, parts) or fill(facts, "answer.nothing")


def stated_of_region(facts: Facts, links: Links, region: str) -> Markup:
    """The scores and ranks that the published edition states of one region."""
    code = facts.evaluated_region(region).code
    stated = []
    for index in facts.framework.nodes:
        row = facts.published_scores(index).loc[code]
        score, rank = _stated_score(facts, links, row), _stated_rank(facts, row)
        if score or rank:
            key = "answer.score_rank" if score and rank else ("answer.score" if score else "answer.rank")
            stated.append(fill(facts, key, region=links.index(index), score=score, rank=rank))
    edition = facts.framework.edition_name
    if not stated:
        return fill(facts, "answer.region_nothing", region=facts.regions[code].name, edition=edition)
    listed = join_words(stated, facts.word("list.semicolon"))
    return fill(facts, "answer.region_stated", stated=listed, edition=edition)


def known_of_region(facts: Facts, links: Links, region: str) -> Markup:
    """How much is known of a region in the published edition: scores, certain places, the least certain place."""
    code = facts.evaluated_region(region).code
    rows = pd.DataFrame({index: facts.edition_scores(index).loc[code] for index in facts.framework.nodes}).T
    published = int((rows["status"] == "published").sum())
    counts = {"count": len(rows), "published": published, "not_published": len(rows) - published}
    widths = rows["rank_upper"] - rows["rank_lower"]
    exact, widest = rows[widths == 0], rows[(widths == widths.max()) & (widths > 0)]
    edition = facts.framework.edition_name
    clauses = [fill(facts, "known.scores" if published else "known.no_scores", edition=edition, **counts)]
    clauses.append(_places_in(facts, links, "known.exact", exact) or fill(facts, "known.no_exact"))
    clauses.append(_places_in(facts, links, "known.widest", widest))
    said = join_words([clause for clause in clauses if clause], facts.word("list.semicolon"))
    return fill(facts, "known.sentence", clauses=said)


def summarise_audit(facts: Facts) -> Markup:
    """How many claims there are of each verdict, in one sentence."""
    verdicts = list(facts.study.audit.verdicts.values())
    counts = {word: sum(v.verdict == word for v in verdicts) for word in ("holds", "contradicted", "untestable")}
    aside = sum(verdict.set_aside for verdict in verdicts)
    return fill(facts, "audit.summary", count=len(verdicts), aside=aside, **counts)


def summarise_self_test(facts: Facts) -> Markup:
    """How many wrong versions of claims were tried, and how many of them the other claims contradict."""
    trials = facts.study.audit.trials
    noticed = sum(trial.noticed for trial in trials)
    share = show_number(noticed / len(trials) * 100 if trials else None, 1)
    return fill(facts, "audit.self_test", tried=len(trials), noticed=noticed, share=share)


def infer_weights(facts: Facts, links: Links, index: str) -> Markup:
    """With which weights the claims agree, worded as the inference that it is.

    Raises:
        LookupFailed: There is no such index, or nothing can be inferred.
    """
    studies = facts.weight_studies(index)
    clauses = [_say_weights(facts, links, study) for study in studies]
    said = join_words(clauses, facts.word("list.semicolon"))
    return fill(facts, "weights.sentence", index=links.index(index), clauses=said)


def _say_weights(facts: Facts, links: Links, study: WeightStudy) -> Markup:
    step, tried = show_number(100 / study.steps, 0), show_number(study.tried, 0)
    gaps = {"step": step, "tried": tried, "count": show_number(len(study.fit_all), 0)}
    if len(study.fit_all) != 1:
        return fill(facts, "weights.some" if study.fit_all else "weights.none", **gaps)
    shares = [
        fill(facts, "weights.share", part=links.index(part), share=show_number(share * 100, 0))
        for part, share in study.shares(study.fit_all[0]).items()
    ]
    return fill(facts, "weights.one", shares=join_words(shares, facts.word("list.separator")), **gaps)


def _places_in(facts: Facts, links: Links, key: str, rows: pd.DataFrame) -> Markup:
    if rows.empty:
        return Markup("")
    named = []
    for index, row in rows.iterrows():
        best, worst = (show_number(row[end], 0) for end in ("rank_lower", "rank_upper"))
        place = "known.place" if best == worst else "known.places"
        named.append(fill(facts, place, index=links.index(str(index)), best=best, worst=worst))
    return fill(facts, key, indices=join_words(named, facts.word("list.separator")))


def _leaders(facts: Facts, links: Links, index: str) -> Markup:
    frame = facts.published_scores(index)
    ranked = frame[frame["rank"].notna()].sort_values("rank").head(TOP_PLACES)
    ranked = ranked[ranked["rank"].to_numpy() == range(1, len(ranked) + 1)]
    if ranked.empty:
        ranked = frame[frame["score"].notna()].sort_values("score", ascending=False).head(TOP_PLACES)
        if ranked.empty:
            return _top_list(facts, links, index)
    stated = []
    for region, row in ranked.iterrows():
        score, rank = _stated_score(facts, links, row), _stated_rank(facts, row)
        key = "answer.score_rank" if score and rank else ("answer.score" if score else "answer.rank")
        stated.append(fill(facts, key, region=links.region(str(region)), score=score, rank=rank))
    return fill(facts, "answer.stated", stated=join_words(stated, facts.word("list.semicolon")))


def _top_list(facts: Facts, links: Links, index: str) -> Markup:
    tiers = [claim for claim in facts.edition.claims_about(index=index) if claim.kind == "tiers"]
    tops = [claim for claim in facts.edition.claims_about(index=index) if claim.kind == "top"]
    if tops:
        regions = [links.region(code) for code in tops[0].regions]
    elif tiers:
        regions = [links.region(code) for code in tiers[0].details["tiers"][0]]
    else:
        return Markup("")
    names = join_words(regions, facts.word("list.separator"))
    return fill(facts, "answer.top" if tops else "answer.tier", regions=names)


def _totals(facts: Facts, links: Links, index: str) -> Markup:
    about = {claim.kind: claim for claim in facts.edition.claims_about(index=index)}
    if "total" not in about or "mean" not in about:
        return Markup("")
    return fill(facts, "answer.totals", total=_quoted(links, about["total"]), mean=_quoted(links, about["mean"]))


def _quoted(links: Links, claim: Claim) -> Markup:
    return links.claim(claim.id, show_printed(claim.value))


def _stated_score(facts: Facts, links: Links, row: pd.Series) -> Markup | str:
    claim = row["claim"]
    return _quoted(links, facts.edition.claim(claim)) if claim else ""


def _stated_rank(facts: Facts, row: pd.Series) -> str:
    rank = row["rank"]
    return "" if is_missing(rank) else show_number(rank, 0)
