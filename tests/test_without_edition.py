"""An index without a published edition leaves no trace of one."""

import json
import shutil
from pathlib import Path

import pytest

from regional_index.errors import DataError, LookupFailed
from regional_index.facts import Facts
from regional_index.pages import PageWriter
from regional_index.read import read_project
from tests.commands import run, said
from tests.computed import build_facts, facts_from
from tests.conftest import ROOT, lay_out_second_index
from tests.editing import edit_yaml, replace_once
from tests.left_out import checked, filled

OF_EDITION = ('  - Trends: ["trends/*"]\n', "      - claims.md\n", "      - editions/*\n")


def take_out_edition(root: Path) -> None:
    """Leave the second index without a published edition, and without the pages that quote it."""
    edit_yaml(root / "data" / "framework.yml", lambda read: read["series"].pop("published"))
    shutil.rmtree(root / "data" / "published")
    edit_yaml(root / "data" / "sources.yml", lambda read: read["sources"].pop())
    (root / "docs" / "claims.md").unlink()
    shutil.rmtree(root / "docs" / "trends")
    for entry in OF_EDITION:
        replace_once(root / "mkdocs.yml", entry, "")


@pytest.fixture(scope="module")
def open_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second index without an edition."""
    root = lay_out_second_index(tmp_path_factory.mktemp("open"))
    take_out_edition(root)
    return root


@pytest.fixture(scope="module")
def open_facts(open_only: Path) -> Facts:
    """What its pages know."""
    return build_facts(read_project(open_only))


@pytest.mark.slow
def test_an_index_without_an_edition_leaves_no_trace_of_one(open_only: Path) -> None:
    files = checked(open_only)
    assert not [name for name in files if name.startswith("editions/") or "claims" in name or "audit" in name]
    index = json.loads(files["api/v1/index.json"])
    assert index["series"] == {"open": {"years": [2030, 2031]}}
    assert not {"verdicts", "changes"} & index.keys()
    assert not [name for name in (*index["files"], *index["fields"]) if name in ("claims.json", "audit.json")]
    pages = {name: text for name, text in files.items() if name.endswith(".md")}
    # Of indices, of regions with their receipts, of indicators with their list; and what the other lens has of these.
    assert len(pages) == (6 + 2 * 5) + 6 + (6 + 2 * 5 + 2)
    for name, page in pages.items():
        assert not [word for word in ("Third", "None", "The report", "claims/", "-edition") if word in page], name
    assert "2030,harbour" in files["api/v1/scores.csv"]
    assert "\npublished," not in files["api/v1/scores.csv"]


@pytest.mark.slow
def test_our_own_templates_do_without_an_edition(open_facts: Facts, tmp_path: Path) -> None:
    pages = filled(open_facts, ROOT / "docs" / "_parts", tmp_path)
    assert len(pages) == 6 + 2 * 5 + 6
    for name, page in pages.items():
        assert not [word for word in ("Third", "None", "claims", "全部陈述", "原文") if word in page], name


@pytest.mark.parametrize(
    ("macro", "arguments"),
    [
        ("claim", ["harbour-rank-arden"]), ("claim_regions", ["harbour-rank-arden"]), ("claim_tier", ["a", 1]),
        ("claim_bound", ["a", "lower"]), ("context", ["steamers"]), ("trend", ["sail-to-steam"]),
        ("published_answer", ["harbour"]), ("region_sentence", ["Arden"]), ("region_known", ["Arden"]),
        ("verdict_word", ["a"]), ("verdict_reason", ["a"]), ("audit_summary", []), ("self_test", []),
        ("conflicts", []), ("weights", ["harbour"]), ("citations", []), ("original", []),
        ("table_edition", ["harbour"]),
        ("table_region_edition", ["Arden"]), ("table_claims", ["harbour"]), ("table_claims_of_region", ["Arden"]),
        ("table_context", []), ("table_trend_figures", ["sail-to-steam"]), ("table_self_test", []),
        ("table_self_test_kinds", []), ("table_weights", ["harbour"]),
    ],
)  # fmt: skip
def test_what_needs_an_edition_says_so(open_facts: Facts, macro: str, arguments: list[object]) -> None:
    """And what to do."""
    with pytest.raises(LookupFailed, match=r"no published edition; declare series\.published in data/framework\.yml"):
        PageWriter(open_facts, {}, {}).macros[macro](*arguments)


@pytest.mark.parametrize("name", ["edition", "edition_year", "edition_page", "edition_package", "edition_address"])
def test_names_of_an_edition_are_unknown_without_one(open_facts: Facts, second_facts: Facts, name: str) -> None:
    assert name in PageWriter(second_facts, {}, {}).variables
    with pytest.raises(LookupFailed, match=f"'{name}' is undefined"):
        PageWriter(open_facts, {}, {"a": f"{{{{ {name} }}}}"}).part("a")


def test_an_edition_that_is_not_declared_is_refused(open_only: Path, second_facts: Facts) -> None:
    """Results that somebody else computed may hold one."""
    project = read_project(open_only)
    files = {"scores.csv": b"series,year,index,region,score,rank,lower,upper,rank_lower,rank_upper,status\n"}
    with pytest.raises(DataError, match=r"edition\.json: found an edition; expected no edition, for none is declared"):
        facts_from(project, {**files, "edition.json": edition_json(second_facts)})


def edition_json(facts: Facts) -> bytes:
    """The findings on an edition, as `compute` writes them."""
    from pydantic import TypeAdapter

    return TypeAdapter(type(facts.study)).dump_json(facts.study)


def test_a_draft_is_checked_without_an_edition(open_only: Path, tmp_path: Path) -> None:
    """By the scores of the open series."""
    draft = tmp_path / "draft.yml"
    draft.write_text(
        "data_year: 2031\nclaims:\n  - {index: shore, kind: rank, regions: [Arden], value: '5', place: p}\n"
    )
    done = run("audit", "--root", open_only, draft)
    assert done.returncode == 0, said(done)
