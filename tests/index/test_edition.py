"""The published edition of this index: what it states, what its claims say of each other, and how pages say so."""

import re

import pytest

from regional_index.facts import Facts
from regional_index.pages import PageWriter
from regional_index.render import Links
from regional_index.topics.edition.audit import summarise_audit
from regional_index.topics.edition.claim_text import describe_claim
from regional_index.topics.edition.scores import known_of_region, published_answer
from regional_index.topics.edition.verdicts import explain_verdict_plainly
from tests.changed_facts import with_declared
from tests.index.conftest import fill

BROKEN = re.compile(r"[{}<>]|None|nan")


def links_of(facts: Facts) -> Links:
    return Links(facts, lambda: "claims.md")


def test_every_claim_is_said_with_all_its_gaps_filled(real_facts: Facts) -> None:
    """Each gap is put into brackets first; one that nothing fills shows as an empty pair."""
    words = {
        key: re.sub(r"\{(\w+)\}", r"[{\1}]", text) if key.startswith("claim.") else text
        for key, text in real_facts.words.items()
    }
    facts = with_declared(real_facts, words=words)
    for claim in facts.edition.claims.values():
        said = re.sub(r"<[^>]+>", "", describe_claim(claim, facts, links_of(facts)))
        assert "[" in said, claim.id
        assert re.findall(r"\[\]|[{}]|None", said) == [], claim.id


def test_every_claim_is_explained_in_one_sentence(real_facts: Facts) -> None:
    for claim in real_facts.edition.claims:
        said = explain_verdict_plainly(real_facts, claim)
        assert (said.count("。"), said.endswith("。"), BROKEN.findall(said)) == (1, True, []), claim


def test_every_index_has_an_answer(real_facts: Facts) -> None:
    for index in real_facts.framework.nodes:
        said = re.sub(r"<[^>]+>", "", published_answer(real_facts, links_of(real_facts), index))
        assert said
        assert BROKEN.findall(said) == [], index


def test_the_verdicts_add_up(real_facts: Facts) -> None:
    """To all claims."""
    every, holds, untestable, contradicted, aside, *_ = map(int, re.findall(r"(\d+) 条", summarise_audit(real_facts)))
    assert every == len(real_facts.edition.claims) == holds + untestable + contradicted
    assert aside == len(real_facts.edition.set_aside) <= contradicted


def test_whatever_is_set_aside_contradicts_others(real_facts: Facts) -> None:
    """And of every set that cannot all hold, something is set aside."""
    aside = set(real_facts.edition.set_aside)
    sets = [set(conflict.claims) for conflict in real_facts.study.audit.conflicts]
    assert all(aside & claims for claims in sets)
    assert aside <= set().union(*sets)


def test_weights_that_fit_all_claims_give_the_totals(real_facts: Facts) -> None:
    """Within the rounding of what is printed."""
    totals = {claim.index: claim for claim in real_facts.edition.claims.values() if claim.kind == "total"}
    for study in real_facts.study.weights:
        for weights in study.fit_all:
            found = sum(float(totals[part].value) * share for part, share in study.shares(weights).items())
            assert found == pytest.approx(float(totals[study.index].value), abs=0.02)


def test_contradictions_are_on_the_pages_they_touch_before_the_first_chart(
    real_facts: Facts, index_pages: dict[str, str]
) -> None:
    """In no fold; each is explained by its reason; no other page has it."""
    decisions = real_facts.edition.set_aside
    conflicts = [conflict for conflict in real_facts.study.audit.conflicts if not conflict.overlaps]
    for code, page in index_pages.items():
        top = page.partition("<figure")[0].partition("<details")[0]
        touching = [c for c in conflicts if any(real_facts.edition.claim(name).index == code for name in c.claims)]
        expected = {name for conflict in touching for name in conflict.claims if name in decisions}
        assert {name for name, decision in decisions.items() if decision.reason in top} == expected, code


def test_the_claims_page_explains_every_contradiction_and_every_claim(real_facts: Facts, writer: PageWriter) -> None:
    """One badge for each claim besides those of the contradictions; every claim keeps its anchor."""
    page = fill(writer, real_facts, "claims.md")
    assert all(decision.reason in page for decision in real_facts.edition.set_aside.values())
    rows = re.findall(r'<tr id="([^"]+)">(.*?)</tr>', page)
    badges = {name: re.findall("ri-verdict--([a-z]+)", row) for name, row in rows}
    assert all(badges[name] == [real_facts.published.verdict(name).verdict] for name in real_facts.edition.claims)


def test_the_method_says_what_the_audit_cannot_notice(real_facts: Facts, writer: PageWriter) -> None:
    """With the number of trials, and a table of weights for every index of which they can be inferred."""
    page = fill(writer, real_facts, "methodology.md")
    assert f" {len(real_facts.study.audit.trials)} " in re.sub(r"<[^>]+>", "", page)
    assert all(str(study.tried) in page for study in real_facts.study.weights)


def test_every_region_is_told_how_much_is_known_of_it(real_facts: Facts) -> None:
    """Scores that are published and that are not add up to all indices."""
    nodes = len(real_facts.framework.nodes)
    stated = real_facts.published.frame.query("status == 'published'")["region"].value_counts()
    for code in real_facts.regions.evaluated:
        said = known_of_region(real_facts, links_of(real_facts), code).striptags()
        counts = re.search(r" (\d+) 个指数里，它的得分(?:公布了 (\d+) 个|一个也没有公布)", said)
        assert counts is not None, said
        assert (int(counts[1]), int(counts[2] or 0)) == (nodes, stated.get(code, 0))
