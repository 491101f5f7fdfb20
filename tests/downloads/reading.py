"""The files of the interface as others read them."""

import json
from io import BytesIO
from typing import Any

import pandas as pd

from regional_index.downloads import API_FOLDER, make_api
from regional_index.facts import Facts


def files_of(facts: Facts) -> dict[str, bytes]:
    """Every file by its name."""
    return {path.removeprefix(f"{API_FOLDER}/"): content for path, content in make_api(facts).items()}


def table(api: dict[str, bytes], name: str) -> pd.DataFrame:
    """A CSV file; codes are text."""
    return pd.read_csv(BytesIO(api[name]), dtype={"region": str, "code": str}, keep_default_na=False, na_values=[""])


def document(api: dict[str, bytes], name: str) -> Any:
    """A JSON file; a number that is not there is an error."""
    return json.loads(api[name], parse_constant=_refuse)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
