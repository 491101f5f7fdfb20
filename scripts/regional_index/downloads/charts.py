"""Each chart as files: picture, drawing, data, specification."""

from collections.abc import Mapping

import pandas as pd

from regional_index.downloads.csv_text import csv_bytes, rounded
from regional_index.figures import Drawing

CHART_FOLDER = "charts"


def chart_files(drawings: Mapping[str, Drawing]) -> dict[str, bytes]:
    """SVG, PNG, CSV and Vega-Lite JSON of every chart, by path below the site's root."""
    files = {}
    for name, drawing in drawings.items():
        stem = f"{CHART_FOLDER}/{name}"
        files[f"{stem}.svg"] = drawing.svg.encode()
        files[f"{stem}.png"] = drawing.png
        files[f"{stem}.csv"] = csv_bytes(_with_whole_numbers(drawing.figure.table))
        files[f"{stem}.vl.json"] = drawing.vega_lite.encode()
    return files


def _with_whole_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """The table with ranks and counts as whole numbers, also where one is missing and the column is of floats."""
    table = rounded(table)
    floats = table.select_dtypes("floating")
    whole = [column for column in floats if (floats[column].dropna() % 1 == 0).all()]
    return table.astype(dict.fromkeys(whole, "Int64"))
