"""The one cache: what was made for a key is made once. Plain files in folders, no pickles."""

import json
import re
import shutil
import sysconfig
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from platform import python_version

from regional_index.files import digest, is_under_way, list_files, part_of, read_bytes

PACKAGE = Path(__file__).parent
# Language packs: an input of what prints words, so that another wording computes nothing again.
PACKS = PACKAGE / "words"
SEAL = "seal"
# Below the root of a project.
FOLDER = Path("build/cache")
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|.*)|import[ \t]+([\w., ]+))", re.MULTILINE
)


def key_of(module: str, *inputs: object) -> str:
    """The key of what a module of ours makes: its inputs, its code with all of ours that it imports, the tools.

    Args:
        module: Dotted name, such as `regional_index.results.compute`.
        inputs: Bytes, or what JSON can say.

    Examples:
        >>> key_of("regional_index.errors", "a") == key_of("regional_index.errors", "a")
        True
        >>> key_of("regional_index.errors", "a") == key_of("regional_index.errors", "b")
        False
    """
    parts = [part if isinstance(part, bytes) else json.dumps(part, ensure_ascii=False, default=_say) for part in inputs]
    return digest([*code_and_tools(module), *parts])


def _say(part: object) -> str:
    return digest([part]) if isinstance(part, bytes) else str(part)


@lru_cache
def code_and_tools(module: str) -> tuple[str, ...]:
    """A hash of a module, of all modules of ours that it imports, and of the packages installed for it."""
    code = digest([part for path in code_files(module) for part in (path.name, read_bytes(path))])
    return (code, *tools())


def code_files(module: str) -> list[Path]:
    """The file of a module, those of all modules of ours that it imports, and the schemas and tables of the package."""
    waiting, seen = [module], dict[str, Path]()
    while waiting:
        name = waiting.pop()
        path = _path_of(name)
        if path is None or name in seen:
            continue
        seen[name] = path
        waiting += [name.rpartition(".")[0], *imports_of(read_bytes(path).decode())]
    # Schemas are read, not imported.
    others = [path for path in list_files(PACKAGE) if path.suffix in (".json", ".yml") and path.parent != PACKS]
    return sorted([*seen.values(), *others])


@lru_cache(maxsize=1)
def tools() -> tuple[str, ...]:
    """The version of Python and of every package that is installed, as its folders say them."""
    folders = {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}
    return (python_version(), *sorted(path.stem for folder in folders for path in folder.glob("*.dist-info")))


def imports_of(source: str) -> set[str]:
    """Dotted names of all modules that a source may import; what follows `from x import` may be a module as well.

    Examples:
        >>> sorted(imports_of("from a.b import c as d, e"))
        ['a.b', 'a.b.c', 'a.b.e']
    """
    found: set[str] = set()
    for origin, names, plain in _IMPORT.findall(source):
        listed = [name.split(" as ")[0].strip("() \t\n") for name in (names or plain).replace("\n", " ").split(",")]
        found |= {origin, *(f"{origin}.{name}" for name in listed if name)} if origin else set(filter(None, listed))
    return found


def _path_of(module: str) -> Path | None:
    below = PACKAGE.parent.joinpath(*module.split("."))
    return next((path for path in (below.with_suffix(".py"), below / "__init__.py") if path.is_file()), None)


class Cache:
    """Results by kind and key, each a folder of files below `<folder>/<kind>/`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._used: set[Path] = set()

    def get(self, kind: str, key: str, make: Callable[[], Mapping[str, bytes]]) -> dict[str, bytes]:
        """The files made for a key, by name; made now where there are none yet or some were damaged."""
        found = self.find(kind, key)
        if found is not None:
            return found
        made = dict(make())
        folder = self.folder / kind / key
        unfinished = part_of(folder)
        unfinished.mkdir(parents=True)
        for name, content in {**made, SEAL: _seal(made)}.items():
            (unfinished / name).write_bytes(content)
        # Files of another process that was faster stay: somebody may be about to read them by their path.
        if self.find(kind, key) is None:
            shutil.rmtree(folder, ignore_errors=True)
        try:
            unfinished.rename(folder)
        except OSError:
            shutil.rmtree(unfinished)
        return made

    def find(self, kind: str, key: str) -> dict[str, bytes] | None:
        """The files made for a key, if they are there as they were written."""
        folder = self.folder / kind / key
        self._used.add(folder)
        if not (folder / SEAL).is_file():
            return None
        files = {path.name: path.read_bytes() for path in list_files(folder)}
        return files if files.pop(SEAL) == _seal(files) else None

    def prune(self, kind: str) -> None:
        """Delete entries that were not asked for since this object was made, and what killed processes left."""
        for folder in (self.folder / kind).glob("*"):
            if folder not in self._used and not is_under_way(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _seal(files: Mapping[str, bytes]) -> bytes:
    return digest([part for name in sorted(files) for part in (name, files[name])]).encode()
