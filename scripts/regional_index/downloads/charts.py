"""Each chart as files: picture, drawing, data, specification."""

from collections.abc import Mapping

from regional_index.figures import Drawing

CHART_FOLDER = "charts"


def chart_files(drawings: Mapping[str, Drawing]) -> dict[str, bytes]:
    """SVG, PNG, CSV and Vega-Lite JSON of every chart, by path below the site's root."""
    files = {}
    for name, drawing in drawings.items():
        stem = f"{CHART_FOLDER}/{name}"
        files[f"{stem}.svg"] = drawing.svg.encode()
        files[f"{stem}.png"] = drawing.png
        files[f"{stem}.csv"] = drawing.figure.table.to_csv(index=False, lineterminator="\n").encode()
        files[f"{stem}.vl.json"] = drawing.vega_lite.encode()
    return files
