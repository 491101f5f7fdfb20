"""What follows from the published edition, on pages: where contradictions are shown, and what is said of a region."""

import re
from collections.abc import Mapping
from dataclasses import replace

import altair as alt
import pandas as pd
import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts, build_facts
from regional_index.figures import Drawing, catalogue
from regional_index.figures.model import Figure
from regional_index.framework import Claim, Decision
from regional_index.pages import PageWriter

REASON = "The list cannot be right."
INDEX_PAGES = ("industry/scale.md", "application/index.md", "application/government.md", "industry/index.md")


def drawings_of(facts: Facts) -> Mapping[str, Drawing]:
    """A drawing for every chart there is; what is drawn does not matter here."""
    figure = Figure(
        "any", "Title", "What it shows.", alt.layer(height=9), pd.DataFrame({"A": [1]}), (facts.edition.source,)
    )
    return dict.fromkeys(catalogue(facts), Drawing(figure, "<svg/>", "<svg/>", b"", "{}", "{}"))


@pytest.fixture
def second(second_facts: Facts) -> PageWriter:
    """A writer for the second index, without templates."""
    return PageWriter(second_facts, drawings_of(second_facts), {})


@pytest.fixture(scope="module")
def real(real_facts: Facts) -> PageWriter:
    """A writer for this site, with its templates."""
    parts = {path.stem: path.read_text() for path in (real_facts.project.root / "docs" / "_parts").glob("*.md")}
    extra = {"data_changed": "", "config": {"site_url": ""}}
    return PageWriter(real_facts, drawings_of(real_facts), parts, extra)


def write(writer: PageWriter, facts: Facts, page: str) -> str:
    """A page written by hand, filled."""
    return writer.fill(page, (facts.project.root / "docs" / page).read_text())


# ---- the second index


def test_a_template_can_ask_whether_there_is_a_chart(second: PageWriter) -> None:
    """An index that no claim is about has none of the edition."""
    assert second.macros["has_chart"]("harbour-edition")
    assert not second.macros["has_chart"]("density-edition")


def test_a_verdict_can_be_quoted_in_prose(second: PageWriter) -> None:
    """Word and reason; links go from the page that is written."""
    second.current_page = "shore.md"
    assert second.macros["verdict_word"]("harbour-mean") == "holds"
    assert 'href="../claims/#harbour-total"' in str(second.macros["verdict_reason"]("harbour-mean"))


@pytest.mark.parametrize("macro", ["table_edition", "table_weights", "weights", "conflicts"])
def test_an_unknown_index_is_refused(second: PageWriter, macro: str) -> None:
    """By every macro that takes one."""
    with pytest.raises(LookupFailed, match="harbor"):
        second.macros[macro]("harbor")


@pytest.mark.parametrize("macro", ["table_region_edition", "region_known"])
def test_an_unknown_region_is_refused(second: PageWriter, macro: str) -> None:
    """By every macro that takes one."""
    with pytest.raises(LookupFailed, match="Atlantis"):
        second.macros[macro]("Atlantis")


def test_a_page_without_contradictions_has_no_empty_list(second: PageWriter) -> None:
    """The second index agrees with itself."""
    assert second.macros["conflicts"]() == ""


def test_a_contradiction_between_indices_stands_on_the_pages_of_both(second_facts: Facts) -> None:
    """Elm cannot be ahead of Arden's harbour with a shore of at most 70."""
    sides = {"greater": {"index": "shore", "regions": ("E5",)}, "less": {"index": "harbour", "regions": ("A1",)}}
    added = [
        Claim("shore-ahead", "shore", "comparison", "shore-1", details=sides),
        Claim("shore-low", "shore", "band", "shore-1", regions=("E5",), details={"lower": "60", "upper": "70"}),
    ]
    claims = second_facts.edition.claims | {claim.id: claim for claim in added}
    edition = replace(second_facts.edition, claims=claims, set_aside={"shore-ahead": Decision("shore-ahead", REASON)})
    facts = build_facts(replace(second_facts.project, edition=edition))
    writer = PageWriter(facts, {}, {})
    for index in ("harbour", "shore"):
        assert REASON in str(writer.macros["conflicts"](index))
    assert writer.macros["conflicts"]("traffic") == ""


# ---- the 2020 edition


def test_contradictions_stand_open_on_the_pages_they_touch(real: PageWriter, real_facts: Facts) -> None:
    """Before the first chart and in no fold; each is explained by its reason; none on other pages."""
    reasons = {name: decision.reason for name, decision in real_facts.edition.set_aside.items()}
    touched = {"industry/scale.md": "scale-tiers", "application/index.md": "application-share-third-tier"}
    assert set(reasons) == set(touched.values())
    for page in INDEX_PAGES:
        top = write(real, real_facts, page).partition("<figure")[0].partition("<details")[0]
        expected = [touched[page]] if page in touched else []
        assert [name for name, reason in reasons.items() if reason in top] == expected, page


def test_the_claims_page_explains_every_contradiction_and_every_claim(real: PageWriter, real_facts: Facts) -> None:
    """One badge for each claim beside those of the contradictions; every claim keeps its anchor."""
    page = write(real, real_facts, "claims.md")
    assert all(decision.reason in page for decision in real_facts.edition.set_aside.values())
    rows = re.findall(r'<tr id="([^"]+)">(.*?)</tr>', page)
    badges = {name: re.findall("ri-verdict--([a-z]+)", row) for name, row in rows}
    assert all(badges[name] == [real_facts.verdict(name).verdict] for name in real_facts.edition.claims)


def test_a_region_without_any_published_score_is_told_so(real: PageWriter, real_facts: Facts) -> None:
    page = real.write("regions/x.md", "page_region", region=real_facts.region("山西"))
    count = len(real_facts.framework.nodes)
    assert f"2020 版的 {count} 个指数里，它的得分一个也没有公布，只能推出介于哪两个数之间" in page


def test_a_region_page_says_how_much_is_known(real: PageWriter, real_facts: Facts) -> None:
    """Scores published and not published add up to all indices."""
    page = real.write("regions/x.md", "page_region", region=real_facts.region("广东"))
    counts = re.search(r"2020 版的 (\d+) 个指数里，它的得分公布了 (\d+) 个；没有公布的 (\d+) 个，", page)
    assert counts is not None
    every, published, not_published = map(int, counts.groups())
    assert every == published + not_published == len(real_facts.framework.nodes)


def test_the_method_says_what_the_audit_cannot_notice(real: PageWriter, real_facts: Facts) -> None:
    """With the rate of the self-test and the weights, inferred."""
    page = write(real, real_facts, "methodology.md")
    trials = real_facts.study.audit.trials
    assert f"一共故意改错 {len(trials)} 次" in page
    assert "发现不了的错" in page
    assert len(re.findall("<caption>[^<]*推断", page)) == 2
    (only,) = [study for study in real_facts.study.weights if len(study.fit_all) == 1]
    assert (only.index, only.steps) == ("application", 20)
    assert "只有一组能使全部陈述成立" in page
