"""The site's text: Chinese punctuation, no figure typed by hand, no word kept that nothing prints."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from regional_index.cache import Cache
from regional_index.documents import make_documents
from regional_index.facts import Facts
from regional_index.framework import Publication
from regional_index.pages import PageWriter, make_pages
from regional_index.site import Site
from regional_index.site.late import late_files
from tests.computed import Undrawn
from tests.listening import Listening

ROOT = Path(__file__).parent.parent
HAN = r"\u3400-\u9fff"
PAGES = sorted(path for path in (ROOT / "docs").rglob("*.md") if "generated" not in path.parts)
COUNTED = [path for path in PAGES if path.parent.name in ("docs", "industry", "application", "trends", "regions")]
MARKUP = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{:.*?\}|\{#.*?#\}|<[^<>]*>|`[^`]*`|\]\([^)]*\)|\{\w*\}|^---\n.*?\n---\n|```.*?```",
    re.DOTALL,
)
HALF_WIDTH = re.compile(rf"[{HAN}][,;:?!](?!\S*//)|[,;?!][{HAN}]|[{HAN}]\(|\)[{HAN}]")
FIGURE = re.compile(r"\d+\.\d|\d\s*[%分位名家亿万个]")
NOT_PRINTED_NOW = {
    "series.open": "put into the words that name the series, when a lens shows them",
    "series.by_lens": "the same",
    "lens.outside_named": "one to three regions whose rank leaves its range by another lens; here all or none do",
    "robust.count": "more regions with equally wide ranges than are named",
    "claim.list_below": "a list below a threshold in a check or a contradiction; here none is",
    "chart.lenses.no_both": "no region is at or above both means; in both indices one is",
    "chart.lenses.no_none": "no region is below both means; in both indices one is",
    "portrait.same": "a rank that changed without a climb or fall, for others have no score any more",
    "page.same": "two sub-indices of the same figures; another lens has them",
    "indicator.no_values": "an indicator without any figure; both indices have some of each",
    "claim.order": "an order without rank to start from; both publications count from a rank",
    "claim.band_from": "a band without upper bound; neither publication states one",
    "claim.band_to": "a band without lower bound; neither publication states one",
    "score.none": "a score that is missing for no known reason; here every one lacks a part",
    "prose.across_break": "growth across a break; pages compare years on one side of it",
    "status.no_figure": "a year of the series before an indicator begins; here all begin with the series or before it",
    **dict.fromkeys(
        (
            "claim.median",
            "claim.among",
            "claim.count_of",
            "claim.count_share_of",
            "claim.group_first",
            "claim.group_count_only",
            "claim.ratio",
            "claim.difference",
            "claim.growth",
            "claim.growth_down",
            "claim.place_change",
            "claim.place_change_down",
            "claim.side_median",
            "claim.side_highest",
            "claim.side_lowest",
            "kind.median",
            "kind.among",
            "kind.ratio",
            "kind.difference",
            "kind.growth",
            "kind.place_change",
        ),
        "neither publication states one",
    ),
    "relation.at_most": "no claim or figure of either publication says so",
    "status.published": "the example of `word` in docs/guide, where it stands as code",
    "quality.low": "no indicator is as bad as that",
    "chart.years.compared": "in both indices the regions with a first rank are those with a last one",
    "portrait.compared": "in both indices the regions with a first rank are those with a last one",
    "moved.any": "an index of which nothing is varied",
    "moved.none": "in both indices some rank of each index rose, and some fell",
    "expect.equal": "a score that is just what is expected",
    "robust.changes_none": "in both indices some rank of each top index has changed",
    "site.unknown_date": "only in a copy that git knows nothing of",
    "receipt.code_steps": "a method that takes more than a few lines of Python from raw values",
    "page.years": "a series of more years than a page has room for",
    "page.years_title": "a series of more years than a page has room for",
    "open.older_years": "a series of more years than a page has room for",
    "chart.shortened": "more regions than a chart shows",
    "figure.many_rows": "more rows of data than a page has room for",
    "file.open_name": "an index without a published edition",
    "portrait.one_year": "an open series of one year",
    "portrait.no_strengths": "a region without any score",
    "portrait.no_neighbours": "a region without any score",
    "chart.sensitivity.nothing": "an index whose ranks nothing moves",
    "coherence.explained": "more children than regions have in common",
    "coherence.too_few": "an index with one part",
    "robust.flips_none": "an index whose rule is no mean",
    "robust.sensitivity_none": "nothing is varied",
    "robust.sensitivity_one": "one choice is varied",
    "weighing.no_way_aggregate": "an index whose rule is no mean",
    "weighing.no_way_weight": "an index whose regions have weights of their own",
    "table.tier_one": "a tier of one place",
}
# Asked for by commands and by pages of releases: tests/read and tests/results read what they write.
OF_COMMANDS = re.compile(
    r"(workbook\.|review\.|diff\.|audited\.|form\.|edition\.(terms_unknown|put_away|next)$|releases?\.|page\.releases|revisions\."
    r"|caption\.(releases|stated_in_both|restated|revisions)$).*"
)
# Words of what a framework may declare: which of them are printed depends on the method that it does declare.
OF_A_METHOD = re.compile(
    r"(method|choice|example|imputed|treated|coherence)\..*|caption\.(imputed|treated)(_cells)?|mark\.imputed|macro\..*|guide\..*"
    r"|table\.(before|best|cells|filled|flag|(kurtosis|skewness)_(after|before)|treated|worst)"
)


def prose_of(path: Path) -> str:
    """The text of a page without markup, macros and code."""
    return MARKUP.sub(" ", path.read_text())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_chinese_text_has_chinese_punctuation(path: Path) -> None:
    """Commas, colons and brackets beside Han characters are full-width."""
    found = [match.group() for match in HALF_WIDTH.finditer(prose_of(path))]
    assert found == []


@pytest.mark.parametrize("path", COUNTED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_figure_is_typed_by_hand(path: Path) -> None:
    """Every number on these pages comes from a macro, so that it follows the data."""
    found = [match.group() for match in FIGURE.finditer(prose_of(path))]
    assert found == []


def test_the_guards_notice_what_they_are_for() -> None:
    """Planted: a half-width comma, a typed score, a typed share."""
    assert HALF_WIDTH.search("广东,北京")
    assert HALF_WIDTH.search("得分(见下)")
    assert FIGURE.search("得 68.96 分")
    assert FIGURE.search("占 85%")
    assert not FIGURE.search("2020 版和 2018—2022 年")


def words_asked_for(facts: Facts, folder: Path, author: str = "") -> set[str]:
    """Keys that are printed when all charts, pages and files of an index are made; nothing is drawn."""
    publication = Publication("https://harbour.islands/", author=author, updated="2020-01-01" if author else "")
    words = Listening(facts.words)
    facts = replace(facts, declared=replace(facts.declared, words=words))
    docs = facts.declared.root / "docs"
    parts = {path.stem: path.read_text() for path in (docs / "_parts").glob("*.md")}
    by_hand = {path.relative_to(docs).as_posix(): path.read_text() for path in docs.rglob("*.md")}
    by_hand = {name: text for name, text in by_hand.items() if not name.startswith(("_parts/", "generated/"))}
    drawings = Undrawn(facts)
    from_mkdocs = {"config": {"site_url": ""}, "data_changed": ""}
    writer = PageWriter(facts, drawings, {**parts, **by_hand}, from_mkdocs, publication)
    make_pages(facts, writer, by_hand)
    if "page_lens" in parts:  # what only an overview of a lens prints
        writer.write("lens.md", "page_lens", title="")
    for name in by_hand:
        writer.write(name, name)
    late_files(Site(folder, folder / "results", facts, (), writer, drawings, Cache(folder), {}))
    make_documents(facts)
    return words.asked


def test_no_word_is_kept_that_nothing_prints(real_facts: Facts, second_facts: Facts, tmp_path: Path) -> None:
    """Each key is asked for by a chart or a page of one of the two indices, or it is known why not."""
    unused = (
        set(real_facts.words)
        - words_asked_for(real_facts, tmp_path)
        - words_asked_for(second_facts, tmp_path, "Bureau")
    )
    unused = {key for key in unused if not OF_A_METHOD.fullmatch(key) and not OF_COMMANDS.fullmatch(key)}
    assert unused - set(NOT_PRINTED_NOW) == set()
    assert set(NOT_PRINTED_NOW) - set(real_facts.words) == set()


def test_what_is_asked_for_is_noted(second_facts: Facts, tmp_path: Path) -> None:
    """Seen to fail: a word that nobody prints is not among those asked for, though others begin as it does."""
    words = {**second_facts.words, "chart.planted": "Planted"}
    asked = words_asked_for(replace(second_facts, declared=replace(second_facts.declared, words=words)), tmp_path)
    assert "chart.planted" not in asked
    assert {"chart.rank", "block.control_totals", "page.region"} <= asked
