"""Results and tables as others read them."""

import json
from io import BytesIO
from typing import Any

import pandas as pd

from regional_index.render import Table, render_table


def table(files: dict[str, bytes], name: str) -> pd.DataFrame:
    """A CSV file; codes are text."""
    return pd.read_csv(BytesIO(files[name]), dtype={"region": str, "code": str}, keep_default_na=False, na_values=[""])


def document(files: dict[str, bytes], name: str) -> Any:
    """A JSON file; a number that is not there is an error."""
    return json.loads(files[name], parse_constant=_refuse)


def html_of(table: Table | None) -> str:
    """A table as a page has it; nothing where there is none."""
    return "" if table is None else str(render_table(table))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
