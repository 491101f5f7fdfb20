"""Results that somebody else computed, scores alone, give a site: what is absent is left out."""

import re
import shutil
from pathlib import Path

import pytest

from regional_index.cache import Cache
from regional_index.charts import Drawings
from regional_index.errors import DataError, LookupFailed
from regional_index.facts import Facts, read_facts
from regional_index.pages import PageWriter
from regional_index.read import read_declarations, read_project
from regional_index.topics.all import catalogue
from tests.commands import run, said
from tests.conftest import ROOT, lay_out_second_index
from tests.editing import replace_once
from tests.left_out import filled

FRAMEWORK = """
title: {en: Index from elsewhere}
language: en
series:
  open: {years: [2030, 2031]}
method: {impute: none, normalise: min-max, aggregate: arithmetic, minimum_weight_share: 0.6667}
groups: []
bands: [50]
indices:
  - code: harbour
    name: {en: Harbour index}
    short: Harbour
    definition: How much a harbour handles, and how fast.
    children:
      - {code: goods, name: {en: Goods}, short: Goods, definition: How much cargo., indicators: {cargo: 1}}
      - {code: speed, name: {en: Speed}, short: Speed, definition: How fast., indicators: {waiting: 1}}
indicators:
  - {code: cargo, name: {en: Cargo}, unit: tonnes, kind: amount, direction: 1, decimals: 0, source: bureau,
     measures: Cargo landed., limits: None.}
  - {code: waiting, name: {en: Waiting time}, unit: hours, kind: ratio, direction: -1, decimals: 0, source: bureau,
     measures: Hours at anchor., limits: None.}
"""
SOURCES = "sources:\n  - {id: bureau, publisher: Bureau, title: Yearbook, years: 2030-2031, terms: Free.}\n"
HEADER = "series,year,index,region,score,rank,lower,upper,rank_lower,rank_upper,status"
# Of Arden, Brill, Corsa and Dunmore; Elm has no score.
SCORES = {
    ("goods", 2030): (80, 60, 40, 20), ("speed", 2030): (10, 30, 50, 70), ("harbour", 2030): (45, 45, 45, 45),
    ("goods", 2031): (90, 60, 30, 0), ("speed", 2031): (10, 40, 70, 90), ("harbour", 2031): (50, 50, 50, 45),
}  # fmt: skip
BY_HAND = ["index.md", "about.md", "data.md", "regions/index.md"]
NAV = """
nav: [index.md, "harbour/*", regions/index.md, "regions/*", data.md, about.md]
"""


def scores_csv() -> str:
    """Scores and ranks, and nothing else."""
    rows = [HEADER]
    for (index, year), scores in SCORES.items():
        for region, score in zip(("A1", "B2", "C3", "D4"), scores, strict=True):
            rank = 1 + sum(other > score for other in scores)
            rows.append(f"open,{year},{index},{region},{score},{rank},,,,,computed")
        rows.append(f"open,{year},{index},E5,,,,,,,not_published")
    return "\n".join(rows) + "\n"


def lay_out_scores_alone(folder: Path) -> tuple[Path, Path]:
    """A project of three files and some pages, and a folder of results with one table."""
    root, results = lay_out_second_index(folder / "project"), folder / "results"
    results.mkdir()
    (results / "scores.csv").write_text(scores_csv())
    data, docs = root / "data", root / "docs"
    regions = (data / "regions.csv").read_text().splitlines()
    shutil.rmtree(data)
    data.mkdir()
    (data / "framework.yml").write_text(FRAMEWORK)
    (data / "sources.yml").write_text(SOURCES)
    names = regions[0].split(",")
    kept = [number for number, name in enumerate(names) if name not in ("ring", "treaty")]
    rows = [[row.split(",")[number] for number in kept] for row in regions]
    (data / "regions.csv").write_text("".join(",".join(row) + "\n" for row in rows))
    for page in docs.rglob("*.md"):
        if page.parent.name != "_parts" and page.relative_to(docs).as_posix() not in BY_HAND:
            page.unlink()
    (docs / "index.md").write_text("# Home\n\n{{ leaders('harbour', 2) }}\n")
    (docs / "data.md").write_text(
        "# Data\n\n{{ table_codebook() }}\n\n{{ table_columns() }}\n\n{{ table_sources() }}\n"
    )
    (docs / "regions" / "index.md").write_text("# Islands\n\n{{ region_map() }}\n\n{{ table_regions() }}\n")
    config = (root / "mkdocs.yml").read_text()
    before, _, after = config.partition("nav:\n")
    (root / "mkdocs.yml").write_text(before + NAV + after[after.index("theme:") :])
    return root, results


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project and its scores."""
    return lay_out_scores_alone(tmp_path_factory.mktemp("alone"))


@pytest.fixture(scope="module")
def alone_facts(alone: tuple[Path, Path]) -> Facts:
    """What its pages know."""
    return read_facts(read_declarations(alone[0]), alone[1])


@pytest.mark.slow
def test_scores_alone_give_a_site(alone: tuple[Path, Path]) -> None:
    """Rankings, maps, years and a page for each region; nothing of what only computing here would tell."""
    root, results = alone
    compare = " <a href=\"{{ link('compare/') }}?regions={{ region.slug }}\">Compare</a>."
    replace_once(root / "docs" / "_parts" / "page_region.md", compare, "")
    done = run("site", "--root", root, "--results", results)
    assert done.returncode == 0, said(done)
    site = root / "site"
    assert {path.name for path in (site / "api" / "v1").iterdir()} == {"scores.csv", "index.json"}
    assert (site / "api" / "v1" / "scores.csv").read_text() == scores_csv()
    charts = {path.stem for path in (site / "charts").glob("*.svg")}
    assert charts >= {"harbour-ranking", "harbour-map", "harbour-years", "heat-map", "region-elm-profile"}
    assert not [name for name in charts if name.startswith("indicator-") or name.endswith(("-ranges", "-edition"))]
    pages = {path.parent.relative_to(site).as_posix(): path.read_text() for path in site.glob("**/index.html")}
    assert {"harbour", "harbour/goods", "harbour/speed", "regions/arden", "regions/elm", "data"} <= pages.keys()
    wrong = (
        "receipt/",
        "nan",
        ">None<",
        "Next step",
        "Neighbours",
        "; the mean is",
        "Places gained",
        "The Third",
        "declared in",
    )
    for name, page in pages.items():
        article = page[page.index("<article") : page.index("</article>")]
        article = re.sub(r"<figure.*?</figure>", "", article, flags=re.DOTALL)
        assert not [word for word in wrong if word in article], name
    assert re.search(r"Arden</a> <span><span class=\"ri-num\">50.00", pages["harbour"])


@pytest.mark.slow
def test_our_own_templates_show_scores_alone(alone_facts: Facts, tmp_path: Path) -> None:
    pages = filled(alone_facts, ROOT / "docs" / "_parts", tmp_path)
    assert len(pages) == 3 + 5
    for name, page in pages.items():
        wrong = [
            word for word in ("receipt/", "nan", "各地平均", "indicators.csv", "前进一位", "与谁相比") if word in page
        ]
        assert not wrong, name


# What each macro is called with.
CALLS = {
    "chart": ["heat-map"], "coherence_limit": ["alpha"], "has_chart": ["x"], "link": ["data/"], "part": ["x"],
    "range_share": ["tail"], "word": ["status.published"], "stated": ["mean", "harbour", "{value}"],
    "group_mean": ["area", "East", "harbour"], "group_share": ["area", "East", "harbour"], "region_lists": ["area"],
    "claim": ["x"], "claim_regions": ["x"], "claim_tier": ["x", 1], "claim_bound": ["x", "lower"], "context": ["x"],
    "verdict_word": ["x"], "verdict_reason": ["x"], "trend": ["x"], "table_trend_figures": ["x"],
    "lens_ranks": ["harbour", "Arden"],
    "leaders": ["harbour", 2], "leaders_list": ["harbour", 2], "growth": ["cargo", 2030, 2031],
    "rank": ["harbour", "Arden"], "rank_change": ["harbour", "Arden"], "score": ["harbour", "Arden"],
    "score_or_dash": ["harbour", "Arden"], "rank_or_dash": ["harbour", "Arden"], "top": ["cargo", 2],
    "top_share": ["cargo", 2], "value": ["cargo", "Arden"], "worked_example": ["Arden", "harbour"],
    "table_next_steps": ["Arden", "harbour"], "table_steps": ["goods", "Arden"], "table_indicators": ["goods"],
    **dict.fromkeys(("region", "movement", "strengths", "neighbours", "indicator_strengths", "next_steps", "receipts",
                     "region_sentence", "region_known", "table_claims_of_region", "table_decomposition",
                     "table_region_edition", "table_region_indices", "table_region_years", "what_changed", "standing",
                     "strong_and_weak", "peers", "table_peers", "expectation"), ("Arden",)),
    **dict.fromkeys(("indicator", "indicator_answer", "indicator_direction", "indicator_mean", "indicator_source",
                     "indicator_use", "lens_values_answer", "table_lens_values", "table_indicator",
                     "table_indicator_weights", "total"), ("cargo",)),
    **dict.fromkeys(("audit_summary", "citations", "compare_charts", "compare_data", "conflicts", "method_steps",
                     "missing_list", "lens_effect", "lens_switch", "table_divided", "series_notes", "original",
                     "random_weightings", "range_width", "region_map", "robustness_summary", "scored_indices",
                     "self_test", "varied_list", "table_codebook", "table_columns", "table_compare", "table_context",
                     "table_control_totals", "table_confirmations", "table_corrections", "table_imputed",
                     "table_indicator_list", "same_scores",
                     "table_regions", "table_self_test",
                     "table_self_test_kinds", "table_sources", "table_treated", "table_treated_values",
                     "table_tree", "table_releases", "table_stated_in_both", "table_restated", "table_revisions",
                     "revision_note"), ()),
}  # fmt: skip
ANSWERED = {
    "chart", "coherence_limit", "compare_charts", "has_chart", "has_climber", "index", "indicator",
    "indicator_strengths", "leader", "made_of", "lens_answer", "lens_effect", "lens_leaders", "lens_moves",
    "lens_ranks", "lens_switch", "lens_changes", "same_scores", "table_divided", "table_lenses",
    "lens_values_answer", "table_lens_values",
    "indicator_direction", "indicator_source", "indicator_use",
    "leader_score", "leaders", "leaders_list", "link", "missing_list", "movement", "random_weightings", "range_share",
    "rank", "rank_or_dash", "region", "region_map", "score", "score_or_dash", "scored_indices", "series_notes",
    "sources_of",
    "strengths", "table_codebook", "table_columns", "table_compare", "table_confirmations",
    "table_corrections", "table_imputed",
    "table_open", "table_region_indices", "table_region_years", "table_regions", "table_releases", "table_restated",
    "table_stated_in_both", "table_revisions", "revision_note", "table_sources", "table_treated",
    "table_treated_values", "table_years", "word", "biggest_moves", "what_changed", "standing", "strong_and_weak",
    "peers", "table_peers", "expectation", "expectation_answer", "table_expected",
}  # fmt: skip


def test_a_macro_answers_from_scores_alone_or_says_what_is_missing(alone_facts: Facts, tmp_path: Path) -> None:
    """None fails in another way, and none makes something up."""
    macros = PageWriter(alone_facts, Drawings(catalogue(alone_facts), Cache(tmp_path)), {}).macros
    answered = set()
    for name, macro in macros.items():
        try:
            text = str(macro(*CALLS.get(name, ["harbour"])))
        except LookupFailed:
            continue
        assert "nan" not in text.split("<svg")[0], name
        answered.add(name)
    assert answered == ANSWERED


@pytest.mark.parametrize(
    ("macro", "table"),
    [("mean", "groups"), ("neighbours", "neighbours"), ("receipts", "steps"), ("coherence_answer", "coherence"),
     ("table_tree", "effective_weights"), ("table_indicators", "cells"), ("weighing_panel", "weights")],
)  # fmt: skip
def test_a_macro_names_the_table_that_is_missing(alone_facts: Facts, macro: str, table: str) -> None:
    with pytest.raises(LookupFailed, match=f"the results hold no {table}.csv; add it to them, or take this out"):
        PageWriter(alone_facts, {}, {}).macros[macro](*CALLS.get(macro, ["harbour"]))


def test_corrections_may_be_left_out_only_where_nothing_is_computed(alone: tuple[Path, Path], tiny_root: Path) -> None:
    """Or a file deleted by accident would let every value pass that somebody excluded."""
    assert read_declarations(alone[0]).corrections == ()
    (tiny_root / "data" / "corrections.yml").unlink()
    assert read_declarations(tiny_root).corrections == ()
    with pytest.raises(DataError, match=r"data/corrections\.yml: found no such file"):
        read_project(tiny_root)
