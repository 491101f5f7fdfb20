"""What the pages of this index say of its open series: sentences without gaps, and sums that add up."""

import re
from pathlib import Path

from regional_index.facts import Facts
from regional_index.render import Links
from regional_index.topics.edition.scores import stated_of_region
from regional_index.topics.method.rules_in_use import aggregation_at
from regional_index.topics.method.steps import method_steps
from regional_index.topics.series.portrait import missing_scores, movement, neighbours, strengths
from tests.methods import as_text
from tests.receipts import write_files
from tests.topics.test_receipt import check_contributions
from tests.topics.test_receipt_code import check_all, check_steps

BROKEN = re.compile(r"[{}]|nan|None|—")


def chosen_regions(facts: Facts) -> list[str]:
    """The first and the last of the first index, and some region whose score is partial, if there is one."""
    index = facts.open.ranked_nodes[0]
    ranked = facts.open.scores(index).dropna(subset=["score"]).index
    partial = sorted(set().union(*(facts.open.partly_scored(code) for code in facts.open.ranked_nodes)))
    return list(dict.fromkeys([str(ranked[0]), str(ranked[-1]), *partial[:1]]))


def test_every_sentence_about_a_region_is_without_gaps(real_facts: Facts) -> None:
    links = Links(real_facts, lambda: "index.md")
    for region in real_facts.regions.evaluated:
        for say in (strengths, movement, neighbours, stated_of_region):
            said = re.sub(r"<[^>]+>", "", say(real_facts, links, region))
            assert BROKEN.findall(said) == [], (region, say.__name__)


def test_what_is_never_computed_is_said_once(real_facts: Facts) -> None:
    """Not once for every region."""
    links = Links(real_facts, lambda: "index.md")
    said = re.sub(r"<[^>]+>", "", missing_scores(real_facts, links))
    for code in set(real_facts.framework.nodes) - set(real_facts.open.computed_nodes):
        assert said.count(links.name(code)) == 1


def test_the_steps_of_the_method_follow_the_framework(real_facts: Facts) -> None:
    """What is divided is named in the first step; what is not computed is named; no gap is left open."""
    links = Links(real_facts, lambda: "methodology.md")
    said = as_text(method_steps(real_facts, links))
    for code in real_facts.framework.used_indicators:
        if real_facts.indicator(code).per:
            assert next(iter(real_facts.indicator(code).name.values())) in said.split("\n")[0]
    for code in set(real_facts.framework.nodes) - set(real_facts.open.computed_nodes):
        assert links.name(code) in said
    assert not re.search(r"[{}]", said)


def test_receipts_add_up(real_facts: Facts) -> None:
    """With the digits that are printed, for every region, index and year."""
    if all(aggregation_at(real_facts, code).is_sum for code in real_facts.open.computed_nodes):
        check_contributions(real_facts)
        check_steps(real_facts)


def test_scores_are_found_again_by_the_code_on_receipts(real_facts: Facts, tmp_path: Path) -> None:
    """Of every index, in every year."""
    found = check_all(real_facts, chosen_regions(real_facts), write_files(real_facts, tmp_path))
    assert set(found) == set(real_facts.open.computed_nodes)
