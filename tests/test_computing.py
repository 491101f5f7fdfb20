"""The step compute: results are put in place whole, and what has not changed is not computed again."""

import shutil
from pathlib import Path

import pytest

from regional_index import computing
from regional_index.cache import Cache
from regional_index.computing import compute, compute_tables, join_series
from regional_index.errors import DataError
from regional_index.read import read_project
from tests.computed import CACHE
from tests.conftest import SECOND
from tests.editing import edit_yaml, replace_once


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second index, computed once; not to be changed."""
    root = tmp_path_factory.mktemp("computed") / "second"
    shutil.copytree(SECOND, root, ignore=shutil.ignore_patterns("generated", "site", "build"))
    assert compute(root) == root / "build" / "results"
    return root


@pytest.fixture
def root(computed: Path, tmp_path: Path) -> Path:
    """A copy, to change as one likes; times of files stay."""
    return Path(shutil.copytree(computed, tmp_path / "second"))


def results(root: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of the last change of every result."""
    folder = root / "build" / "results"
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


OF_EVERY_LENS = ("coherence.json", "compare.json", "normalised.json", "robustness.json")


def test_the_results_are_tables_documents_and_copies_of_what_was_read(
    computed: Path, second_results: dict[str, bytes]
) -> None:
    found = {name: content for name, (content, _) in results(computed).items()}
    documents = {name for name in found if name.startswith("lenses/") and name.endswith(".json")}
    assert {Path(name).name for name in documents} == {name for name in second_results if name in OF_EVERY_LENS}
    found = {name: content for name, content in found.items() if name not in documents}
    copies = {f"data/{name}": content for name, content in read_project(SECOND).files.items()}
    assert found == {**second_results, **copies}
    assert sorted(path.name for path in (computed / "build").iterdir()) == ["cache", "results", "results.stamp"]


def test_nothing_is_computed_when_nothing_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The data are not even read."""
    before = results(root)
    monkeypatch.setattr(computing, "read_project", lambda _: pytest.fail("read again"))
    compute(root)
    assert results(root) == before


def test_results_that_were_changed_are_put_right(root: Path) -> None:
    """From the cache; files that are as they should be keep their time."""
    before = results(root)
    (root / "build" / "results" / "weights.csv").write_text("by hand")
    (root / "build" / "results" / "scores.csv").unlink()
    (root / "build" / "results" / "more.csv").write_text("by hand")
    compute(root)
    after = results(root)
    assert {name: content for name, (content, _) in after.items()} == {name: old for name, (old, _) in before.items()}
    touched = {name for name in after if after[name][1] != before[name][1]}
    assert touched == {"weights.csv", "scores.csv"}


def test_bad_data_leave_the_results_as_they_were(root: Path) -> None:
    before = results(root)
    replace_once(root / "data" / "indicators" / "cargo.csv", "Brill,2030,35", "Brill,2030,many")
    with pytest.raises(DataError):
        compute(root)
    assert results(root) == before
    assert sorted(path.name for path in (root / "build").iterdir()) == ["cache", "results", "results.stamp"]


def _change_a_figure(root: Path) -> None:
    replace_once(root / "data" / "indicators" / "waiting_time.csv", "Brill,2030,25", "Brill,2030,27")


def _change_a_claim(root: Path) -> None:
    replace_once(root / "data" / "published" / "third.yml", 'lower: "20"', 'lower: "21"')


def _change_a_word(root: Path) -> None:
    edit_yaml(root / "data" / "words.yml", lambda words: words.update({"site.unknown_date": "nobody knows when"}))


@pytest.mark.parametrize(
    ("change", "again"),
    [(_change_a_figure, {"open"}), (_change_a_claim, {"edition"}), (_change_a_word, set())],
    ids=["a figure", "a claim", "a word"],
)
def test_each_series_is_computed_again_only_when_its_own_input_changes(
    root: Path, monkeypatch: pytest.MonkeyPatch, change: object, again: set[str]
) -> None:
    """And the results of what was there before are not kept for ever."""
    made = set()
    for name in ("edition", "open"):
        real = getattr(computing, f"compute_{name}")
        monkeypatch.setattr(computing, f"compute_{name}", _noting(made, name, real))
    before = results(root)
    change(root)
    compute(root)
    assert made == again
    assert (results(root)["scores.csv"] == before["scores.csv"]) is not bool(again)
    lenses = len(read_project(root).framework.lenses)
    kept = sorted(path.parent.name for path in (root / "build" / "cache").glob("*/*"))
    assert kept == ["edition", *["open"] * lenses]


def _noting(made: set[str], name: str, real: object) -> object:
    def compute_and_note(*arguments: object) -> object:
        made.add(name)
        return real(*arguments)

    compute_and_note.__module__ = real.__module__
    return compute_and_note


def test_a_project_without_an_edition_has_the_open_series_alone() -> None:
    """And the other way round, the rows of both are under one header."""
    tables = compute_tables(read_project(SECOND), Cache(CACHE), prune=False)
    header, *rows = tables["scores.csv"].splitlines()
    apart = {series: [row for row in rows if row.startswith(series)] for series in (b"published,", b"open,")}
    assert [*apart[b"published,"], *apart[b"open,"]] == rows
    alone = b"\n".join([header, *apart[b"open,"], b""])
    assert join_series({}, {"scores.csv": alone}) == {"scores.csv": alone}
