"""What git knows: when files were changed last, and what they were in an earlier commit."""

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from regional_index.errors import LookupFailed

# What was measured and decided; putting a release away changes nothing of it.
DATA = ("data", ":(exclude)data/releases")


@dataclass(frozen=True)
class LastChange:
    """Day of a last change as YYYY-MM-DD, and its commit; or empty ones, and why they are unknown."""

    day: str = ""
    commit: str = ""
    unknown: str = ""


def last_change(root: Path, *paths: str) -> LastChange:
    """Day of the last commit that touched something; unknown rather than wrong.

    Args:
        root: A folder of a repository.
        paths: What, as paths below it, or as git writes them (pathspecs).
    """
    try:
        commit, day, *parents = _ask(root, "log", "-1", "--format=%H %cs %p", "--", *paths).split() or ["", ""]
        if not day:
            return LastChange(unknown=f"no commit holds {paths[0]}")
        # In a shallow clone, the oldest commits seem to have made all that was there before them.
        if not parents and _ask(root, "rev-parse", "--is-shallow-repository").strip() == "true":
            return LastChange(unknown="this shallow clone may lack the last change; run git fetch --unshallow")
    except OSError as error:
        return LastChange(unknown=f"git cannot be run: {error.strerror}")
    except subprocess.CalledProcessError as error:
        return LastChange(unknown=f"git says: {' '.join(error.stderr.split())}")
    return LastChange(day, commit)


def commit_of(root: Path, revision: str) -> str:
    """The commit that a branch, a tag or another name means.

    Raises:
        LookupFailed: git has none of that name, or there is no repository.
    """
    try:
        return _ask(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").strip()
    except (OSError, subprocess.CalledProcessError) as error:
        said = " ".join(getattr(error, "stderr", str(error)).split())
        raise LookupFailed(f'git knows no revision "{revision}" in {root}: {said}') from error


def files_of(root: Path, commit: str, names: Iterable[str]) -> dict[str, bytes]:
    """The files of a commit, by their path below the root.

    Args:
        root: A folder of the repository.
        commit: Which.
        names: Folders below the root; those that the commit has not are left out, as are links.
    """
    there = set(_ask(root, "ls-tree", "--name-only", commit).split("\n"))
    wanted = [name for name in names if name in there]
    if not wanted:
        return {}
    command = ["git", "-C", str(root), "archive", "--format=tar", commit, "--", *wanted]
    packed = subprocess.run(command, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        members = [member for member in archive if member.isfile()]
        return {member.name: archive.extractfile(member).read() for member in members}  # pyright: ignore


def run_earlier_program(root: Path, *arguments: str) -> str:
    """Run the program of an earlier commit; say what it complained of last, nothing if it ended well.

    Args:
        root: Where the files of the commit are, with its `scripts/`.
        arguments: Command and options.
    """
    command = [sys.executable, str(root / "scripts" / "build.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]


def _ask(root: Path, *question: str) -> str:
    command = ["git", "-C", str(root), *question]
    english = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=english).stdout
