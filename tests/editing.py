"""Changing files of a copy of a project."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml


def replace_once(path: Path, old: str, new: str) -> None:
    """Replace a text that stands exactly once in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def edit_yaml(path: Path, change: Callable[[Any], object]) -> None:
    """Change what a YAML file holds."""
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(read)
    path.write_text(yaml.safe_dump(read, allow_unicode=True, sort_keys=False), encoding="utf-8")
