"""The contract: a site needs results, words, pages and the framework; no figures, and no code that computes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from regional_index.files import read_folder
from tests.conftest import ROOT
from tests.test_rooms import COMPUTING, READING, is_part, name_of

pytestmark = pytest.mark.slow

FIGURES = ("indicators", "published")


@pytest.fixture(scope="module")
def without_computing(second_built: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the second index and of the scripts, in which nothing is left that computes or is computed from."""
    root, output = second_built
    assert output.endswith("exit 0"), output
    copy = tmp_path_factory.mktemp("contract")
    made = shutil.ignore_patterns("generated", "site", "rendered", "results", "results.stamp")
    shutil.copytree(root, copy / "tests" / root.name, ignore=made)
    for name in ("scripts", "overrides"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FIGURES:
        shutil.rmtree(copy / "tests" / root.name / "data" / name)
    package = copy / "scripts" / "regional_index"
    for path in package.rglob("*.py"):
        name = name_of(path, package)
        if is_part(name, COMPUTING) and not is_part(name, READING) and name not in ("claims", "results"):
            path.unlink()
    return copy / "tests" / root.name


def build(root: Path, results: Path) -> subprocess.CompletedProcess[str]:
    """`build.py site --results …`, with the scripts that are in the copy."""
    script = root.parent.parent / "scripts" / "build.py"
    command = [sys.executable, str(script), "site", "--root", str(root), "--results", str(results)]
    env = {**os.environ, "SITE_URL": ""}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


def test_nothing_that_computes_is_left(without_computing: Path) -> None:
    """Or else the next test would prove nothing."""
    package = without_computing.parent.parent / "scripts" / "regional_index"
    assert not [*(package / "method").glob("*.py"), *(package / "soundness").glob("*.py")]
    assert not (package / "computing.py").exists()
    assert {path.stem for path in (package / "results").glob("*.py")} == {
        "__init__",
        "files",
        "folder",
        "lenses",
        "releases",
    }
    assert not (package / "claims" / "solver.py").exists()


def test_results_alone_give_the_same_site(
    second_built: tuple[Path, str], without_computing: Path, tmp_path: Path
) -> None:
    """Byte for byte, from results that lie elsewhere."""
    root, _ = second_built
    results = shutil.copytree(root / "build" / "results", tmp_path / "results of others")
    done = build(without_computing, results)
    assert done.returncode == 0, done.stdout + done.stderr
    built, again = read_folder(root / "site"), read_folder(without_computing / "site")
    assert built.keys() == again.keys()
    assert [name for name in built if built[name] != again[name]] == []
    assert not (without_computing / "build" / "results").exists()
