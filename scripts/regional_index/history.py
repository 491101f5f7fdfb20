"""When files were changed last, as far as git knows."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LastChange:
    """Day of a last change as YYYY-MM-DD; or an empty day, and why it is unknown."""

    day: str = ""
    unknown: str = ""


def last_change(root: Path, folder: str) -> LastChange:
    """Day of the last commit that touched a folder; unknown rather than wrong.

    Args:
        root: A folder of a repository.
        folder: Path below it.
    """
    try:
        day, *parents = _ask(root, "log", "-1", "--format=%cs %p", "--", folder).split() or [""]
        if not day:
            return LastChange(unknown=f"no commit holds {folder}")
        # In a shallow clone, the oldest commits seem to have made all that was there before them.
        if not parents and _ask(root, "rev-parse", "--is-shallow-repository").strip() == "true":
            return LastChange(unknown="this shallow clone may lack the last change; run git fetch --unshallow")
    except OSError as error:
        return LastChange(unknown=f"git cannot be run: {error.strerror}")
    except subprocess.CalledProcessError as error:
        return LastChange(unknown=f"git says: {' '.join(error.stderr.split())}")
    return LastChange(day)


def _ask(root: Path, *question: str) -> str:
    command = ["git", "-C", str(root), *question]
    english = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=english).stdout
