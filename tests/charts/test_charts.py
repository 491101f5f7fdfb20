"""What every chart has, whatever its kind."""

import re

import pytest

from regional_index.charts import KINDS
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.topics.all import catalogue
from tests.changed_facts import with_declared

from .conftest import TINY_KINDS, TINY_NAMES
from .marks import rows_with


def test_there_is_a_figure_for_every_node_region_and_indicator(tiny_facts: Facts) -> None:
    """And each is made only when it is asked for."""
    names = set(catalogue(tiny_facts))
    for code in tiny_facts.open.computed_nodes:
        assert {f"{code}-{kind}" for kind in ("ranking", "map", "years", "areas")} <= names
    for region in tiny_facts.regions.values():
        assert (f"region-{region.slug}-profile" in names) is region.evaluated
    assert {"heat-map", "quadrants"} <= names
    assert {f"indicator-{code}" for code in tiny_facts.framework.indicators} <= names


@pytest.mark.parametrize("name", TINY_NAMES)
def test_a_figure_says_what_it_shows(tiny_facts: Facts, name: str) -> None:
    """Title, description, data, sources; its width is left to the drawing."""
    figure = catalogue(tiny_facts)[name]()
    assert figure.id == name
    assert figure.title
    assert figure.description
    assert figure.credit
    assert len(figure.table) > 0
    assert set(figure.decimals) <= set(figure.table.columns)
    assert set(figure.sources) <= set(tiny_facts.declared.sources)
    assert "width" not in figure.chart.to_dict(validate=True)


@pytest.mark.parametrize("name", ["supply-ranking", "supply-map", "supply-years", "use-areas", "heat-map"])
def test_a_description_names_the_leader(tiny_facts: Facts, name: str) -> None:
    """A reader who sees nothing learns who is first."""
    index = "use" if name.startswith("use") else "supply"
    assert tiny_facts.open.leaders(index, 1)[0].name in catalogue(tiny_facts)[name]().description


def test_a_table_holds_raw_numbers_in_the_order_shown(tiny_facts: Facts) -> None:
    """Formatting is done elsewhere, so that downloads are exact."""
    table = catalogue(tiny_facts)["supply-ranking"]().table
    scores = tiny_facts.open.scores("supply")
    assert table["Score"].dropna().tolist() == scores["score"].dropna().tolist()
    assert table["Region"].tolist() == [tiny_facts.regions[code].name for code in scores.index]


def test_a_missing_score_is_said_and_stays_missing(tiny_facts: Facts) -> None:
    """East publishes no patents: no bar, an outlined tile, no number, and a sentence."""
    figure = catalogue(tiny_facts)["skill-map"]()
    assert "No data and no score: East" in figure.description
    assert figure.table.set_index("Region")["Score"].isna()["East"]
    assert "Not evaluated and hatched: Isle." in figure.description
    assert {row["region"]: row["state"] for row in rows_with(figure, "state")} == {
        "North": "scored", "South": "scored", "East": "missing", "Isle": "outside",
    }  # fmt: skip


def test_a_score_from_fewer_indicators_is_marked(tiny_facts: Facts) -> None:
    """The supply of East is its size alone."""
    figure = catalogue(tiny_facts)["supply-ranking"]()
    assert [row["region"] for row in rows_with(figure, "shown") if row["shown"].endswith("*")] == ["East"]
    assert "missing for East, marked *" in figure.description


def test_an_unknown_word_stops_the_build(tiny_facts: Facts) -> None:
    """It is never replaced by its key."""
    words = {key: word for key, word in tiny_facts.words.items() if key != "chart.score"}
    bare = with_declared(tiny_facts, words=words)
    with pytest.raises(LookupFailed, match=r"chart\.score"):
        catalogue(bare)["supply-ranking"]()


def test_every_kind_is_tried_here() -> None:
    """A new kind needs a line in `TINY_KINDS`."""
    assert set(TINY_KINDS) == {kind.make.__name__.removeprefix("chart_") for kind in KINDS}


def test_a_denominator_is_credited(tiny_facts: Facts) -> None:
    """Turnover per head is computed from residents, too."""
    figure = catalogue(tiny_facts)["indicator-turnover_per_head"]()
    assert figure.sources == tiny_facts.framework.sources_of_indicator("turnover_per_head")


def test_every_figure_that_there_is_can_be_made(second_facts: Facts) -> None:
    """With its own name, and no gap in what it says."""
    check_figures(second_facts)


def check_figures(facts: Facts) -> None:
    """Every figure of the catalogue can be made, and says what it shows without gaps."""
    for name, make in catalogue(facts).items():
        figure = make()
        assert figure.id == name
        assert not re.search(r"[{}]|nan|None", figure.title + figure.description + figure.credit), name
