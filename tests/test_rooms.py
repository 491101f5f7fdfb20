"""The shape of the package: arrows one way, few rooms that touch the disk, nothing about any one country in it."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "scripts" / "regional_index"
LEVELS = [
    ["errors"], ["files", "history", "processes"], ["folders"], ["framework"], ["inputs"], ["compute"], ["claims"],
    ["facts"], ["markup"], ["figures"], ["narrative"], ["tables"], ["pages", "downloads"], ["site"],
]  # fmt: skip
LEVEL_OF = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}
FORBIDDEN = {
    "compute": {"yaml", "altair", "mkdocs", "jinja2"},
    "claims": {"yaml", "altair", "mkdocs", "jinja2"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted(PACKAGE.parent.glob("*.py"))
# `replace` and `rename` move files too, but mostly they are str.replace and DataFrame.rename.
DISK_CALLS = {
    "open", "read_text", "write_text", "read_bytes", "write_bytes", "unlink", "mkdir", "read_csv", "rmtree", "rmdir",
    "touch", "copytree", "copyfile", "copy2", "symlink_to", "savefig",
}  # fmt: skip
DISK_ROOMS = {"files", "folders", "history"}
DISK_MODULES = {"os", "shutil", "tempfile", "subprocess"}


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


def disk_calls(source: str) -> set[str]:
    """Calls and imports by which a module would touch the disk itself instead of asking `files`."""
    tree = ast.parse(source)
    modules = imported(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    methods = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
    functions = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
    if "regional_index.files" in modules:
        functions -= {"read_bytes"}
    found = (methods | functions) & DISK_CALLS | {name.split(".")[0] for name in modules} & DISK_MODULES
    return found | ({"to_csv"} if any(map(writes_a_table, calls)) else set())


def writes_a_table(call: ast.Call) -> bool:
    """Whether this is `to_csv` with a path; without one it returns the text."""
    is_to_csv = isinstance(call.func, ast.Attribute) and call.func.attr == "to_csv"
    return is_to_csv and bool(call.args or {"path_or_buf"} & {keyword.arg for keyword in call.keywords})


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
def test_few_rooms_touch_the_disk(path: Path) -> None:
    """Everything else asks them."""
    if room_of(path) in DISK_ROOMS:
        return
    assert disk_calls(path.read_text()) == set()


def test_planted_calls_to_the_disk_are_noticed() -> None:
    """Methods of paths also where `files` is imported, whose own `read_bytes` has no dot; tables with a path."""
    ours = "from regional_index.files import read_bytes\n"
    assert disk_calls(ours + "read_bytes(path)\nframe.to_csv(index=False)") == set()
    assert disk_calls(ours + "path.read_bytes()") == {"read_bytes"}
    assert disk_calls("read_bytes(path)") == {"read_bytes"}
    assert disk_calls("frame.to_csv(path)\npath.touch()") == {"to_csv", "touch"}
    assert disk_calls("frame.to_csv(path_or_buf=path)") == {"to_csv"}
    assert disk_calls("import os.path\nfrom shutil import move") == {"os", "shutil"}


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=lambda path: path.relative_to(PACKAGE.parent).as_posix())
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
