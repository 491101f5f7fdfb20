"""What the audit says in words: of a claim, of a contradiction, of itself, and of weights."""

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from regional_index.claims.findings import Check, Conflict, Mend, Verdict, WeightStudy
from regional_index.claims.readings import Interval
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Claim, Decision
from regional_index.render import Links
from regional_index.topics.edition.audit import summarise_audit, summarise_self_test
from regional_index.topics.edition.scores import known_of_region
from regional_index.topics.edition.verdicts import (
    explain_conflict,
    explain_verdict,
    explain_verdict_plainly,
    list_conflicts,
    verdict_badge,
    verdict_word,
)
from regional_index.topics.edition.weights import infer_weights
from tests.changed_facts import with_findings
from tests.computed import build_facts

REASON = "The two scores stand in a table, the sum does not."


def links_of(facts: Facts) -> Links:
    """From the list of claims."""
    return Links(facts, lambda: "claims.md")


def with_claims(facts: Facts, claims: Iterable[Claim], **set_aside: str) -> Facts:
    """The second index with further claims, some of them set aside; `_` in a name stands for the hyphen."""
    edition = facts.edition
    decisions = {name.replace("_", "-"): reason for name, reason in set_aside.items()}
    changed = replace(
        edition,
        claims={**edition.claims, **{claim.id: claim for claim in claims}},
        set_aside={name: Decision(name, reason) for name, reason in decisions.items()},
    )
    return build_facts(replace(facts.declared, edition=changed))


def with_verdict(facts: Facts, claim: str, verdict: Verdict) -> Facts:
    """The same facts with another verdict on one claim."""
    audit = replace(facts.study.audit, verdicts={**facts.study.audit.verdicts, claim: verdict})
    return with_findings(facts, audit=audit)


def with_weights(facts: Facts, *studies: WeightStudy) -> Facts:
    """The same facts with these studies of weights."""
    return with_findings(facts, weights=studies)


@pytest.fixture(scope="module")
def contradicted(second_facts: Facts) -> Facts:
    """Arden 72.50 and Brill 61 cannot have 140.00 together; the sum is set aside."""
    wrong = Claim("harbour-sum", "harbour", "sum", "harbour-2", "140.00", ("A1", "B2"))
    return with_claims(second_facts, [wrong], harbour_sum=REASON)


# ---- one claim


def test_a_verdict_is_a_word_and_a_badge(second_facts: Facts) -> None:
    """In the language of the site; the badge has a class that says the same."""
    assert verdict_word(second_facts, "harbour-total") == "holds"
    assert verdict_word(second_facts, "speed-top") == "untestable"
    assert verdict_badge(second_facts, "speed-top") == (
        '<span class="ri-verdict ri-verdict--untestable">untestable</span>'
    )


@pytest.mark.parametrize("ask", [verdict_word, explain_verdict_plainly])
def test_an_unknown_claim_is_refused(second_facts: Facts, ask) -> None:
    """Naming similar ones."""
    with pytest.raises(LookupFailed, match=r'unknown claim "harbour-totl"; similar: harbour-total'):
        ask(second_facts, "harbour-totl")


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("harbour-mean", "200.0 ÷ 5 = 40.000, rounded 40.0."),
        ("harbour-total", "200.0 ÷ 5 = 40.000, rounded 40.0."),
        ("harbour-above", "Islands in the list above the mean = 2, the report says 2."),
        ("harbour-score-arden", "Changed in 7 ways; the other statements notice 1 of them."),
        ("harbour-top", "Changed in 2 ways; the other statements notice all of them."),
        ("speed-top", "No other statement tests it: it was changed in 2 ways, and none was noticed."),
    ],
)
def test_a_verdict_is_explained_in_one_sentence(second_facts: Facts, claim: str, sentence: str) -> None:
    """By arithmetic where there is any, else by what happens to wrong versions of the claim."""
    assert explain_verdict_plainly(second_facts, claim) == sentence


def test_a_claim_that_cannot_be_changed_says_so(second_facts: Facts) -> None:
    """It was not tried."""
    facts = with_verdict(second_facts, "speed-top", Verdict("untestable"))
    assert (
        explain_verdict_plainly(facts, "speed-top") == "It has no number and no order to change, and no sum to check."
    )


def test_every_figure_of_an_explanation_leads_to_its_claim(second_facts: Facts) -> None:
    """On the page that lists them, and from any other."""
    assert re.findall(r'href="([^"]+)"', explain_verdict(second_facts, links_of(second_facts), "harbour-mean")) == [
        "#harbour-total", "#harbour-mean",
    ]  # fmt: skip
    elsewhere = explain_verdict(second_facts, Links(second_facts, lambda: "shore.md"), "harbour-mean")
    assert 'href="../claims/#harbour-total"' in elsewhere


SUM = Claim("harbour-sum", "harbour", "sum", "harbour-2", "133.50", ("A1", "B2"))
SHARE = Claim("harbour-share", "harbour", "share", "harbour-2", "66.75", ("A1", "B2"), {"of": "total"})
COUNT_SHARE = Claim(
    "harbour-count-share", "harbour", "count_share", "harbour-2", "40", (), {"relation": "above", "threshold": "mean"}
)
BELOW = Claim("harbour-below", "harbour", "count", "harbour-2", "3", (), {"relation": "below", "threshold": "mean"})
REST = Claim(
    "harbour-rest", "harbour", "group_mean", "harbour-2", "22.16", (),
    {"group": {"relation": "below", "threshold": "mean"}, "size": "3", "wording": "approximate", "tolerance": "0.02"},
)  # fmt: skip


@pytest.fixture(scope="module")
def reckoned(second_facts: Facts) -> Facts:
    """A sum, a share, a count and a mean of what is left, all true of 72.5, 61, 40, 20 and 6.5."""
    return with_claims(second_facts, [SUM, SHARE, COUNT_SHARE, BELOW, REST])


@pytest.mark.parametrize(
    ("claim", "part"),
    [
        ("harbour-share", "133.50 ÷ 200.0 = 66.7500%, rounded 66.75%"),
        ("harbour-share", "(72.50 + 61) ÷ 200.0 = 66.7500%, rounded 66.75%"),
        ("harbour-count-share", "2 ÷ 5 = 40%, the report says 40%"),
        ("harbour-below", "5 − 2 = 3, the report says 3"),
        ("harbour-rest", "(200.0 − 133.50) ÷ 3 = 22.1483–22.1850, the report says 22.16"),
    ],
)
def test_each_rule_of_arithmetic_has_its_formula(reckoned: Facts, claim: str, part: str) -> None:
    """Numbers as printed; what is computed has two decimals more; what no reading gives is shown as a range."""
    assert part in explain_verdict_plainly(reckoned, claim)


def test_a_share_that_was_cut_off_says_so(reckoned: Facts) -> None:
    """133.51 of 200 is 66.755 percent: rounding does not give the 66.75 that were printed, cutting off does."""
    for part in ("133.51", "133.519"):
        share = float(part) / 2
        check = Check(
            "share", "harbour-share", ("harbour-sum", "harbour-total"), (part, "200"), Interval(share, share), "not"
        )
        facts = with_verdict(reckoned, "harbour-share", Verdict("holds", checks=(check,)))
        assert explain_verdict_plainly(facts, "harbour-share").endswith(f"{share:.4f}%, the report says 66.75%.")
        facts = with_verdict(reckoned, "harbour-share", Verdict("holds", checks=(replace(check, fits="truncated"),)))
        assert explain_verdict_plainly(facts, "harbour-share").endswith(f"{share:.4f}%, truncated 66.75%.")


# ---- contradictions


def test_a_contradicted_claim_names_the_others_and_what_becomes_of_it(contradicted: Facts) -> None:
    """Kept, or not used; each linked to its row."""
    assert explain_verdict_plainly(contradicted, "harbour-sum") == (
        "It cannot be true together with: score 72.50, score 61; this one is not used."
    )
    assert explain_verdict_plainly(contradicted, "harbour-score-brill") == (
        "It cannot be true together with: score 72.50, sum 140.00; this one is used, sum 140.00 is not."
    )
    said = explain_verdict(contradicted, links_of(contradicted), "harbour-sum")
    assert re.findall(r'href="([^"]+)"', said) == ["#harbour-score-arden", "#harbour-score-brill"]


def test_only_what_is_set_aside_has_a_second_badge(contradicted: Facts) -> None:
    """Both are contradicted."""
    assert verdict_badge(contradicted, "harbour-sum").striptags() == "contradicted not used"
    assert verdict_badge(contradicted, "harbour-score-arden").striptags() == "contradicted"


def test_a_contradiction_is_explained_by_its_reason_and_the_least_change(contradicted: Facts) -> None:
    """Nothing else: what a person wrote, and what the search found."""
    (conflict,) = contradicted.study.audit.conflicts
    said = explain_conflict(contradicted, links_of(contradicted), conflict).striptags()
    reason, _, least = said.partition(". ")
    assert f"{reason}." == REASON
    assert least.startswith("The least change is to put ")
    assert "134.00 for 140.00 as the sum" in least
    assert least.endswith("; then all of them can hold.")


def test_names_that_would_mend_a_contradiction_are_those_of_regions(contradicted: Facts) -> None:
    """Several that would do for one are put together."""
    mends = (
        Mend("harbour-tiers", "regions", "D4", "C3"),
        Mend("harbour-tiers", "regions", "D4", "E5"),
    )
    conflict = Conflict(("harbour-sum", "harbour-tiers"), mends)
    said = explain_conflict(contradicted, links_of(contradicted), conflict).striptags()
    assert "to put Corsa or Elm for Dunmore in the tiers; then" in said


def test_a_contradiction_that_nothing_mends_has_its_reason_only(contradicted: Facts) -> None:
    """No change is made up."""
    conflict = Conflict(("harbour-sum", "harbour-tiers"))
    assert explain_conflict(contradicted, links_of(contradicted), conflict) == REASON


def test_a_reason_is_text_whatever_a_person_wrote(second_facts: Facts) -> None:
    """No markup."""
    wrong = Claim("harbour-sum", "harbour", "sum", "harbour-2", "140.00", ("A1", "B2"))
    facts = with_claims(second_facts, [wrong], harbour_sum="<script>planted()</script>")
    assert "<script" not in list_conflicts(facts, links_of(facts))


def test_contradictions_are_listed_for_the_indices_that_they_touch(contradicted: Facts) -> None:
    """With all others, or for one index; nothing where there are none."""
    links = links_of(contradicted)
    for listed in (list_conflicts(contradicted, links), list_conflicts(contradicted, links, "harbour")):
        assert listed.count("<li>") == 1
        assert "score 72.50, score 61, sum 140.00 (not used): The two scores" in listed.striptags()
    assert list_conflicts(contradicted, links).striptags().startswith("contradicted Harbour index · ")
    assert list_conflicts(contradicted, links, "shore") == ""
    with pytest.raises(LookupFailed, match="harbor"):
        list_conflicts(contradicted, links, "harbor")


def test_further_sets_of_a_contradiction_are_named_where_asked_for(contradicted: Facts) -> None:
    """They stand with the one they overlap with, and add nothing to the two sentences."""
    audit = contradicted.study.audit
    more = Conflict(("harbour-sum", "harbour-total"), overlaps=True)
    facts = with_findings(contradicted, audit=replace(audit, conflicts=(*audit.conflicts, more)))
    assert "<small>Nor can these: " in list_conflicts(facts, links_of(facts), overlapping=True)
    assert list_conflicts(facts, links_of(facts)) == list_conflicts(contradicted, links_of(contradicted))


# ---- the audit, weights, regions


def test_the_audit_is_summed_up_in_a_sentence(second_facts: Facts, contradicted: Facts) -> None:
    """Every claim has one verdict."""
    assert summarise_audit(second_facts) == (
        "Of 12 statements 10 agree with the others, 2 cannot be tested, 0 are part of a contradiction; "
        "0 of these are not used."
    )
    assert "Of 13 statements" in summarise_audit(contradicted)
    assert "3 are part of a contradiction; 1 of these are not used." in summarise_audit(contradicted)


def test_the_self_test_is_summed_up_in_a_sentence(second_facts: Facts) -> None:
    """With the share of what was noticed."""
    trials = second_facts.study.audit.trials
    noticed = sum(trial.noticed for trial in trials)
    said = summarise_self_test(second_facts)
    assert f"{len(trials)} wrong versions were tried, of which the other statements notice {noticed}, or " in said
    assert f"{noticed / len(trials) * 100:.1f}%" in said


@pytest.mark.parametrize(
    ("fitting", "said"),
    [
        ((), "in steps of 5% with none of 19."),
        (((15, 5),), "in steps of 5% all statements can hold with one of 19 weightings: Traffic 75%, Speed 25%."),
        (((15, 5), (14, 6)), "in steps of 5% with 2 of 19."),
    ],
)
def test_weights_are_worded_as_an_inference(
    second_facts: Facts, fitting: tuple[tuple[int, ...], ...], said: str
) -> None:
    """If it is a weighted mean, then."""
    facts = with_weights(second_facts, WeightStudy("harbour", ("traffic", "speed"), 20, 19, 3, fitting))
    sentence = infer_weights(facts, links_of(facts), "harbour").striptags()
    assert sentence == f"If the Harbour index is a weighted mean of its sub-indices: {said}"


def test_weights_of_which_nothing_is_known_are_refused(second_facts: Facts) -> None:
    """No total of the sub-indices is published; an unknown index is another error."""
    with pytest.raises(LookupFailed, match='nothing can be inferred of the weights of "harbour"'):
        infer_weights(second_facts, links_of(second_facts), "harbour")
    with pytest.raises(LookupFailed, match="unknown index"):
        infer_weights(second_facts, links_of(second_facts), "harbor")


def test_a_region_is_told_how_much_is_known_of_it(second_facts: Facts) -> None:
    """Dunmore is third in the harbour without a score; Elm or Dunmore leads in speed; of the rest nothing is known."""
    said = known_of_region(second_facts, links_of(second_facts), "Dunmore").striptags()
    assert said == (
        "The Third report states none of its 6 scores; only intervals follow; "
        "ranks that are certain: Harbour index (rank 3); least certain ranks: Traffic (rank 1 to 5), "
        "Goods (rank 1 to 5), Density (rank 1 to 5), Shore index (rank 1 to 5)."
    )
    assert "no rank is certain" in known_of_region(second_facts, links_of(second_facts), "Elm")


def test_what_is_known_of_a_region_needs_one_that_is_evaluated(second_facts: Facts) -> None:
    """Fogholm takes no part."""
    with pytest.raises(LookupFailed, match="not evaluated"):
        known_of_region(second_facts, links_of(second_facts), "Fogholm")
