"""The kinds of charts by name. Importing this room's kinds imports Altair, so only `catalogue` does, and late."""

from collections.abc import Callable

from regional_index.figures.ahead import chart_ahead
from regional_index.figures.areas import chart_areas
from regional_index.figures.correlations import chart_correlations
from regional_index.figures.edition import chart_edition
from regional_index.figures.heat_map import chart_heat_map
from regional_index.figures.indicator import chart_indicator
from regional_index.figures.model import Figure
from regional_index.figures.profile import chart_profile
from regional_index.figures.quadrants import chart_quadrants
from regional_index.figures.ranges import chart_ranges
from regional_index.figures.ranking import chart_ranking
from regional_index.figures.region_years import chart_region_years
from regional_index.figures.sensitivity import chart_sensitivity
from regional_index.figures.tile_map import chart_map
from regional_index.figures.weights import chart_weights
from regional_index.figures.years import chart_years

KINDS: dict[str, Callable[..., Figure]] = {
    "ranking": chart_ranking,
    "map": chart_map,
    "years": chart_years,
    "areas": chart_areas,
    "edition": chart_edition,
    "weights": chart_weights,
    "heat_map": chart_heat_map,
    "quadrants": chart_quadrants,
    "profile": chart_profile,
    "region_years": chart_region_years,
    "indicator": chart_indicator,
    "ranges": chart_ranges,
    "sensitivity": chart_sensitivity,
    "ahead": chart_ahead,
    "correlations": chart_correlations,
}
