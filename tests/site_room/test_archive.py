"""The archive of an edition as those who unpack it find it: complete, described, the same every time."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def archive(second_built: tuple[Path, str]) -> Path:
    """The archive of the second index, as its site offers it."""
    root, said = second_built
    found = root / "site" / "editions" / "third" / "edition-third.zip"
    assert found.is_file(), said
    return found


@pytest.fixture(scope="module")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    zipfile.ZipFile(archive).extractall(folder)
    return folder


def test_it_holds_what_the_site_offers(archive: Path, unpacked: Path) -> None:
    """All data, all tables, all charts, with the same bytes; lists of them; what editors wrote; how to cite."""
    site = archive.parent.parent.parent
    for ours, theirs, endings in (
        ("data", "api/v1", ("",)),
        ("tables", "tables", (".csv",)),
        ("charts", "charts", (".svg", ".vl.json")),
    ):
        offered = {path.name for path in (site / theirs).iterdir() if path.name.endswith(endings)}
        assert offered
        assert offered <= {path.name for path in (unpacked / ours).iterdir()}
        assert all((unpacked / ours / name).read_bytes() == (site / theirs / name).read_bytes() for name in offered)
    for name in ("tables", "charts"):
        listed = set(pd.read_csv(unpacked / f"{name}.csv")["file"])
        assert listed == {f"{name}/{path.name}" for path in (unpacked / name).glob("*.csv")}
    assert (unpacked / "inputs" / "framework.yml").is_file()


def test_every_data_file_is_as_the_package_describes_it(unpacked: Path) -> None:
    """By another implementation: columns, types, keys that are unique, regions that exist."""
    report = Package(str(unpacked / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]
    tables = [task for task in report.tasks if task.type == "table"]
    assert {task.name for task in tables} >= {"scores", "indicators", "steps", "regions", "coverage", "sensitivity"}


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [("scores.csv", "published,2030,harbour,A1", "published,2030,harbour,XX"), ("regions.csv", "A1,", "B2,")],
)
def test_a_planted_mistake_is_noticed(unpacked: Path, tmp_path: Path, file: str, right: str, wrong: str) -> None:
    """The guard itself: a region that does not exist, a key twice."""
    for path in [unpacked / "datapackage.json", *(unpacked / "data").iterdir()]:
        copy = tmp_path / path.relative_to(unpacked)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    text = (tmp_path / "data" / file).read_text()
    assert right in text
    (tmp_path / "data" / file).write_text(text.replace(right, wrong, 1))
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_the_codebook_has_every_column_once(unpacked: Path) -> None:
    """With a meaning each."""
    codebook = pd.read_csv(unpacked / "codebook.csv")
    for file, rows in codebook.groupby("file"):
        assert list(rows["column"]) == list(pd.read_csv(unpacked / str(file), nrows=1).columns)
    assert set(codebook["file"]) == {f"data/{path.name}" for path in (unpacked / "data").glob("*.csv")}
    assert codebook["meaning"].notna().all()
    assert set(codebook["type"]) == {"integer", "number", "string"}


def test_it_has_no_clock_in_it(archive: Path) -> None:
    """Packed again from what it holds, it is the same."""
    from regional_index.files import pack

    with zipfile.ZipFile(archive) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
    again = zipfile.ZipFile(io.BytesIO(pack(dict(reversed(files.items())))))
    assert [entry.CRC for entry in again.infolist()] == [zipfile.ZipFile(archive).getinfo(n).CRC for n in sorted(files)]
    assert pack(files) == pack(dict(reversed(files.items())))
