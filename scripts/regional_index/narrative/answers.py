"""The answer in one sentence that stands at the top of a page."""

import pandas as pd
from markupsafe import Markup

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
    if not stated:
        return fill(facts, "answer.region_nothing", region=facts.regions[code].name)
    return fill(facts, "answer.region_stated", stated=join_words(stated, facts.word("list.semicolon")))


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
