"""The shape of the package: arrows one way, few rooms that touch the disk, nothing about any one country in it."""

import ast
import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "scripts" / "regional_index"
LEVELS = [
    ["errors"], ["files", "history", "processes"], ["folders", "cache"], ["messages", "framework", "model"], ["method"],
    ["read"], ["soundness"], ["claims"], ["results"], ["facts"], ["render"], ["charts"], ["topics"],
    ["pages", "downloads", "documents"], ["reports"], ["computing"], ["comparing"], ["site"],
]  # fmt: skip
LEVEL_OF = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}
FORBIDDEN = {
    "method": {"yaml", "altair", "mkdocs", "jinja2"},
    "soundness": {"yaml", "altair", "mkdocs", "jinja2"},
    "claims": {"yaml", "altair", "mkdocs", "jinja2"},
}
# What reads the results: these rooms, and these parts of rooms that compute as well.
READING = (
    "facts", "render", "charts", "topics", "pages", "downloads", "site", "method.rules",
    "results.files", "results.folder", "results.lenses", "results.releases",
    "claims.findings", "claims.against", "claims.kinds", "claims.readings",
    "claims.universe", "claims.sheet",
)  # fmt: skip
# What makes them, but for the parts above; a site of finished results is built without it.
COMPUTING = ("method", "soundness", "claims", "results", "documents", "computing", "comparing")
MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted(path for folder in (".", "bench", "commands") for path in PACKAGE.parent.glob(f"{folder}/*.py"))
SCRIPTS_OF_PAGES = [path for path in SCRIPTS if path.name.startswith("site_")]
# `replace` and `rename` move files too, but mostly they are str.replace and DataFrame.rename.
DISK_CALLS = {
    "open", "read_text", "write_text", "read_bytes", "write_bytes", "unlink", "mkdir", "read_csv", "rmtree", "rmdir",
    "touch", "copytree", "copyfile", "copy2", "symlink_to", "savefig",
}  # fmt: skip
DISK_ROOMS = {"files", "folders", "history", "cache"}
DISK_MODULES = {"os", "shutil", "tempfile", "subprocess"}


def room_of(path: Path) -> str:
    """The first folder or module below the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def found_in(paths: Iterable[Path], look: Callable[[Path], Collection[str]]) -> dict[str, Collection[str]]:
    """What is found in each module, by its path below `scripts/`; modules in which nothing is are left out."""
    found = {path.relative_to(PACKAGE.parent).as_posix(): look(path) for path in paths}
    return {name: those for name, those in found.items() if those}


def imported(tree: ast.AST) -> set[str]:
    """Dotted names of all modules that a module imports, wherever in it; `from x import y` may mean the module x.y."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            below = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in below if is_module(name)}
            names |= modules if len(modules) == len(below) else {node.module, *modules}
    return names


def is_module(name: str) -> bool:
    """Whether a dotted name is a module or room of the package."""
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


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


def name_of(path: Path, package: Path = PACKAGE) -> str:
    """Dotted name of a module below the package."""
    return ".".join(path.relative_to(package).with_suffix("").parts).removesuffix(".__init__")


def is_part(name: str, parts: tuple[str, ...]) -> bool:
    """Whether a module is one of these, or below one of them."""
    return any(name == part or name.startswith(f"{part}.") for part in parts)


def computing_imports(source: str) -> list[str]:
    """Modules of the package that compute, among those that a module imports wherever in it."""
    ours = sorted(name.removeprefix("regional_index.") for name in imported(ast.parse(source)))
    return [name for name in ours if is_part(name, COMPUTING) and not is_part(name, READING)]


def disk_calls(source: str) -> set[str]:
    """Calls and imports by which a module would touch the disk itself instead of asking `files`."""
    tree = ast.parse(source)
    modules = imported(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    methods = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute) and not reads_memory(call)}
    functions = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
    if "regional_index.files" in modules:
        functions -= {"read_bytes"}
    found = (methods | functions) & DISK_CALLS | {name.split(".")[0] for name in modules} & DISK_MODULES
    found -= {"os"} if of_os(tree) == {"environ"} else set()
    return found | ({"to_csv"} if any(map(writes_a_table, calls)) else set())


def of_os(tree: ast.AST) -> set[str]:
    """What a module that imports `os` as a whole uses of it; its variables are not on the disk."""
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)]
    return {node.attr for node in used if node.value.id == "os"}


def reads_memory(call: ast.Call) -> bool:
    """Whether this is `read_csv` of bytes that are in memory already."""
    is_read_csv = isinstance(call.func, ast.Attribute) and call.func.attr == "read_csv"
    source = call.args[0] if call.args else None
    name = source.func if isinstance(source, ast.Call) else None
    return is_read_csv and isinstance(name, ast.Attribute) and name.attr in {"BytesIO", "StringIO"}


def writes_a_table(call: ast.Call) -> bool:
    """Whether this is `to_csv` with a path; without one it returns the text."""
    is_to_csv = isinstance(call.func, ast.Attribute) and call.func.attr == "to_csv"
    return is_to_csv and bool(call.args or {"path_or_buf"} & {keyword.arg for keyword in call.keywords})


def test_every_room_has_its_place() -> None:
    """A new folder must be entered in the order above."""
    rooms = {room_of(path) for path in MODULES} - {"__init__"}
    assert rooms == set(LEVEL_OF)


def test_rooms_import_only_from_rooms_before_them() -> None:
    """Arrows one way."""
    rooms = [path for path in MODULES if path.parent != PACKAGE or path.name != "__init__.py"]
    assert found_in(rooms, lambda path: backward_imports(room_of(path), path.read_text())) == {}


def test_a_planted_backward_import_is_noticed() -> None:
    """The guard itself, seen to fail."""
    assert backward_imports("method", "from regional_index.pages import Page") == ["pages"]
    assert backward_imports("pages", "from regional_index.downloads import table_csv") == ["downloads"]


def test_what_reads_results_does_not_compute() -> None:
    """Nothing after `compute` imports what computes, at the top of a module or in a function, but for one door."""
    reading = [*SCRIPTS_OF_PAGES, *(path for path in MODULES if is_part(name_of(path), READING))]
    found = found_in(reading, lambda path: computing_imports(path.read_text()))
    assert found == {"regional_index/site/prepare.py": ["computing"]}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from regional_index.method import compute_index", ["method"]),
        ("import regional_index.method.rank", ["method.rank"]),
        ("from regional_index.results.compute_open import compute_open", ["results.compute_open"]),
        ("from regional_index.results.open_tables import steps", ["results.open_tables"]),
        ("def make():\n    from regional_index.claims.solver import Programme", ["claims.solver"]),
        ("from regional_index.claims import audit, findings, kinds", ["claims.audit"]),
        ("from regional_index.documents import make_documents", ["documents"]),
        ("from regional_index import computing, facts", ["computing"]),
        ("from regional_index.claims.kinds.places import Order", []),
        ("from regional_index.claims.findings import Verdict\nfrom regional_index.results.files import read_table", []),
    ],
)
def test_a_planted_computation_is_noticed(source: str, found: list[str]) -> None:
    """The guard itself, seen to fail: rooms, the parts of rooms that compute, and imports inside a function."""
    assert computing_imports(source) == found


@pytest.mark.parametrize("room", FORBIDDEN)
def test_computing_knows_no_files_and_no_charts(room: str) -> None:
    """`compute` and `claims` know no YAML, no Altair, no MkDocs."""
    modules = [path for path in MODULES if room_of(path) == room]
    used = {name.split(".")[0] for path in modules for name in imported(ast.parse(path.read_text()))}
    assert used & FORBIDDEN[room] == set()


def test_few_rooms_touch_the_disk() -> None:
    """Everything else asks them."""
    others = [path for path in MODULES if room_of(path) not in DISK_ROOMS]
    assert found_in(others, lambda path: disk_calls(path.read_text())) == {}


def test_planted_calls_to_the_disk_are_noticed() -> None:
    """Methods of paths also where `files` is imported, whose own `read_bytes` has no dot; tables with a path."""
    ours = "from regional_index.files import read_bytes\n"
    assert disk_calls(ours + "read_bytes(path)\nframe.to_csv(index=False)") == set()
    assert disk_calls(ours + "path.read_bytes()") == {"read_bytes"}
    assert disk_calls("read_bytes(path)") == {"read_bytes"}
    assert disk_calls("frame.to_csv(path)\npath.touch()") == {"to_csv", "touch"}
    assert disk_calls("frame.to_csv(path_or_buf=path)") == {"to_csv"}
    assert disk_calls("pd.read_csv(io.BytesIO(content), dtype=str)") == set()
    assert disk_calls("pd.read_csv(path)\npd.read_csv(make(path))") == {"read_csv"}
    assert disk_calls("import os\nos.environ.get(name)") == set()
    assert disk_calls("import os\nos.environ.get(name)\nos.remove(name)") == {"os"}
    assert disk_calls("import os.path\nfrom shutil import move") == {"os", "shutil"}


def test_the_code_holds_no_words_of_the_site() -> None:
    """Words are in language packs and docs/, so that another language needs no code. Docstrings may show examples."""
    assert found_in([*MODULES, *SCRIPTS], lambda path: words_in(path.read_text())) == {}


def test_a_planted_word_is_noticed() -> None:
    """In a string, also one with gaps; not in a docstring."""
    assert words_in('def f():\n    """\u5f97\u5206"""\n    return f"{x}\u5206"') == ["\u5206"]


def words_in(source: str) -> list[str]:
    """Strings of a module, but for docstrings, that hold a Han letter or Chinese punctuation."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    strings = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [text for text in strings if re.search(r"[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e]", text)]
