"""Each chart as files: drawing, data, specification."""

from collections.abc import Mapping

from regional_index.charts import Drawing
from regional_index.downloads.csv_text import csv_bytes

CHART_FOLDER = "charts"
BUNDLE = "assets/js/vega.js"


def chart_files(drawings: Mapping[str, Drawing]) -> dict[str, bytes]:
    """SVG, CSV, Vega-Lite and Vega JSON of every chart, by path below the site's root."""
    files = {}
    for name, drawing in drawings.items():
        stem = f"{CHART_FOLDER}/{name}"
        files[f"{stem}.svg"] = drawing.svg.encode()
        files[f"{stem}.csv"] = csv_bytes(drawing.figure.table)
        files[f"{stem}.vl.json"] = drawing.vega_lite.encode()
        files[f"{stem}.vg.json"] = drawing.vega.encode()
    return files


def interactive_files(specs: Mapping[str, str], bundle: bytes) -> dict[str, bytes]:
    """Files loaded when a chart is touched, besides the chart's own: the script, and charts of other years."""
    return {BUNDLE: bundle, **{f"{CHART_FOLDER}/{name}.vg.json": spec.encode() for name, spec in specs.items()}}
