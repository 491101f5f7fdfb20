"""Commits of a given day, for tests of dates."""

import os
import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str, day: str = "2031-05-06") -> None:
    """Run git as a committer of that day."""
    who = {f"GIT_{role}_{what}": "e@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    when = {f"GIT_{role}_DATE": f"{day}T12:00:00Z" for role in ("AUTHOR", "COMMITTER")}
    subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, env={**os.environ, **who, **when}
    )
