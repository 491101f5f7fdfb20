"""Placeholder"""
from pathlib import Path


def write_search_index(site_dir: Path, facts: object) -> None:
    """tbd"""
