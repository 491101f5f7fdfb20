"""Charts of the open series, one a file."""

from regional_index.topics.series.charts import (
    ahead,
    areas,
    compare,
    compare_years,
    correlations,
    heat_map,
    indicator,
    lenses,
    profile,
    quadrants,
    ranges,
    ranking,
    region_years,
    sensitivity,
    tile_map,
    years,
)

__all__ = [
    "ahead",
    "areas",
    "compare",
    "compare_years",
    "correlations",
    "heat_map",
    "indicator",
    "lenses",
    "profile",
    "quadrants",
    "ranges",
    "ranking",
    "region_years",
    "sensitivity",
    "tile_map",
    "years",
]
