"""The command line as people use it: each command in a process of its own, which begins with what all of them load.

Loading it takes longer than most commands do; a process that has done so once is copied for each.
"""

import os
import runpy
import sys
from collections.abc import Mapping
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "build.py"
LOADED = ["mkdocs.commands.build", "mkdocs_macros.plugin", "material.plugins.search.plugin", "rich.progress",
          "regional_index.computing", "regional_index.site.current", "regional_index.site.inspect"]  # fmt: skip
_processes = get_context("forkserver")
_processes.set_forkserver_preload(LOADED)


def run(
    *arguments: object, cwd: Path | None = None, address: str = "", env: Mapping[str, str] | None = None
) -> CompletedProcess[str]:
    """`python scripts/build.py …`, as a person types it.

    Args:
        arguments: What follows on the command line.
        cwd: Where the person is.
        address: What SITE_URL holds.
        env: Further variables of the environment.
    """
    given = {**os.environ, "SITE_URL": address, "GITHUB_ACTIONS": "", **(env or {})}
    with TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("stdout", "stderr")]
        process = _processes.Process(target=_command, args=([*map(str, arguments)], cwd, given, streams))
        process.start()
        process.join()
        output, errors = (path.read_text(encoding="utf-8") for path in streams)
    return CompletedProcess([str(SCRIPT), *map(str, arguments)], process.exitcode or 0, output, errors)


def _command(arguments: list[str], cwd: Path | None, env: Mapping[str, str], streams: list[Path]) -> None:
    for number, path in enumerate(streams, start=1):
        os.dup2(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND), number)
    os.environ.clear()
    os.environ.update(env)
    if cwd:
        os.chdir(cwd)
    sys.argv = [str(SCRIPT), *arguments]
    runpy.run_path(str(SCRIPT), run_name="__main__")


def said(done: CompletedProcess[str]) -> str:
    """Everything it wrote."""
    return done.stdout + done.stderr
