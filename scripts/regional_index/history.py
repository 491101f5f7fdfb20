"""When files were changed last, as far as git knows."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

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


def _ask(root: Path, *question: str) -> str:
    command = ["git", "-C", str(root), *question]
    english = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=english).stdout
