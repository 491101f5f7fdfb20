"""The same facts with other declarations, findings or result tables: nothing is computed again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from regional_index.facts import Facts


def with_declared(facts: Facts, **declared: Any) -> Facts:
    """Facts of a project that declares something else, such as `words` or `framework`."""
    return replace(facts, declared=replace(facts.declared, **declared))


def with_findings(facts: Facts, **findings: Any) -> Facts:
    """Facts of an edition of which something else was found: `edition`, `audit` or `weights`."""
    return replace(facts, findings=replace(facts.study, **findings))


def with_tables(facts: Facts, **tables: pd.DataFrame) -> Facts:
    """Facts with other result tables in place of those of the same name."""
    return replace(facts, tables={**facts.tables, **tables})


def with_scores(facts: Facts, change: Callable[[pd.DataFrame], None]) -> Facts:
    """Facts with other scores of the open series; the table that is changed has rows (index, year, region)."""
    table = facts.tables["scores"]
    is_open = table["series"] == "open"
    rows = table[is_open].set_index(["index", "year", "region"]).sort_index()
    change(rows)
    return with_tables(facts, scores=pd.concat([table[~is_open], rows.reset_index()[table.columns]]))
