"""The shape of the package: arrows one way, one room that touches the disk, nothing about any one country in it."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "scripts" / "regional_index"
LEVELS = [
    ["errors"], ["files"], ["framework"], ["inputs"], ["compute"], ["claims"], ["facts"], ["markup"],
    ["figures"], ["narrative"], ["tables"], ["pages", "downloads"], ["site"],
]  # fmt: skip
LEVEL_OF = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}
FORBIDDEN = {
    "compute": {"yaml", "altair", "mkdocs", "jinja2"},
    "claims": {"yaml", "altair", "mkdocs", "jinja2"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))
DISK_CALLS = {"open", "read_text", "write_text", "read_bytes", "write_bytes", "unlink", "mkdir", "read_csv"}


def room_of(path: Path) -> str:
    """The first folder or module below the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> set[str]:
    """Dotted names of all modules that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def backward_imports(room: str, source: str) -> list[str]:
    """Rooms that a module of this room must not import."""
    wrong = []
    for name in imported(ast.parse(source)):
        parts = name.split(".")
        if parts[0] != "regional_index" or len(parts) < 2 or parts[1] == room:
            continue
        if LEVEL_OF[parts[1]] >= LEVEL_OF[room]:
            wrong.append(parts[1])
    return wrong


def test_every_room_has_its_place() -> None:
    """A new folder must be entered in the order above."""
    rooms = {room_of(path) for path in MODULES} - {"__init__"}
    assert rooms == set(LEVEL_OF)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_rooms_import_only_from_rooms_before_them(path: Path) -> None:
    """Arrows one way."""
    room = room_of(path)
    if room != "__init__":
        assert backward_imports(room, path.read_text()) == []


def test_a_planted_backward_import_is_noticed() -> None:
    """The guard itself, seen to fail."""
    assert backward_imports("compute", "from regional_index.pages import Page") == ["pages"]
    assert backward_imports("pages", "from regional_index.downloads import make_api") == ["downloads"]


@pytest.mark.parametrize("room", FORBIDDEN)
def test_computing_knows_no_files_and_no_charts(room: str) -> None:
    """`compute` and `claims` know no YAML, no Altair, no MkDocs."""
    modules = [path for path in MODULES if room_of(path) == room]
    used = {name.split(".")[0] for path in modules for name in imported(ast.parse(path.read_text()))}
    assert used & FORBIDDEN[room] == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_one_room_touches_the_disk(path: Path) -> None:
    """Everything else asks `files`."""
    if room_of(path) == "files":
        return
    tree = ast.parse(path.read_text())
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }
    own = {"read_bytes"} if "regional_index.files" in imported(tree) else set()
    assert calls & DISK_CALLS - own == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_code_holds_no_words_of_the_site(path: Path) -> None:
    """Words are in data/words.yml and docs/, so that another language needs no code. Docstrings may show examples."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    strings = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    assert [text for text in strings if re.search(r"[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e]", text)] == []
