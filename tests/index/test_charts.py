"""The charts of this index: every one can be made, every mark is seen."""

import pytest

from regional_index.cache import Cache
from regional_index.charts import HALF, WIDE, Drawing
from regional_index.charts.drawing import raw_svg
from regional_index.facts import Facts
from regional_index.topics.all import catalogue
from tests.charts.measure import faults
from tests.charts.test_charts import check_figures
from tests.charts.test_contrast import SCHEMES, faint_charts
from tests.computed import CACHE


def test_every_chart_can_be_made(real_facts: Facts) -> None:
    check_figures(real_facts)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_mark_stands_out(drawings: dict[str, Drawing], scheme: str) -> None:
    assert faint_charts(drawings, scheme) == {}


@pytest.mark.slow
@pytest.mark.parametrize("width", [WIDE, HALF])
def test_no_text_is_cut_or_covered_and_most_of_a_chart_is_plot(real_facts: Facts, width: int) -> None:
    """Regions are alike: the charts of one stand for those of all."""
    (first, *others) = (facts_region.slug for facts_region in real_facts.regions.values() if facts_region.evaluated)
    skipped = tuple(f"region-{slug}-" for slug in others)
    drawn = {name: make() for name, make in catalogue(real_facts).items() if not name.startswith(skipped)}
    assert any(name.startswith(f"region-{first}-") for name in drawn)
    said = {name: faults(raw_svg(figure, width, Cache(CACHE))) for name, figure in drawn.items()}
    assert {name: those for name, those in said.items() if those} == {}
