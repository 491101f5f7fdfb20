"""What a browser draws: compiled beforehand, in the page's colours, with one region to stand out."""

import json
import re
from typing import Any

import pytest

from regional_index.cache import Cache
from regional_index.charts import PALETTE, Drawing, draw_interactive, vega_bundle
from regional_index.charts.bundle import MODULES
from regional_index.facts import Facts
from regional_index.topics.all import variants

from .conftest import TINY_NAMES


def compiled_marks(part: Any) -> list[dict[str, Any]]:
    """All marks of a specification, at any depth, groups left out."""
    found = []
    for mark in part.get("marks", []):
        found += compiled_marks(mark) if mark["type"] == "group" else [mark]
    return found


@pytest.mark.parametrize("name", TINY_NAMES)
def test_every_kind_of_chart_is_compiled_in_the_colours_of_the_page(
    name: str, tiny_drawings: dict[str, Drawing]
) -> None:
    """Nothing of Vega-Lite is left, and every colour is a variable of the palette, with its light value behind."""
    text = tiny_drawings[name].vega
    spec = json.loads(text)
    assert "vega/v" in spec["$schema"]
    assert "layer" not in spec
    assert spec["usermeta"]["title"] == tiny_drawings[name].figure.title
    named = dict(re.findall(r"var\(--ri-([\w-]+),(#\w+)\)", text))
    assert named
    assert named == {token: PALETTE[token][0] for token in named}
    assert not re.search(r'"#[0-9a-f]{3,8}"', text)


@pytest.mark.parametrize("name", ["supply-ranking", "skill-map", "supply-years", "size-edition", "heat-map"])
def test_all_other_regions_dim_while_one_is_highlighted(name: str, tiny_drawings: dict[str, Drawing]) -> None:
    """Every mark asks the signal, and every name on an axis; it names no region at first."""
    spec = json.loads(tiny_drawings[name].vega)
    assert {"name": "highlight", "value": ""} in spec["signals"]
    assert {"North", "South", "East"} <= set(spec["usermeta"]["regions"])
    marks = compiled_marks(spec)
    assert marks
    for mark in marks:
        rules = mark["encode"]["update"]["opacity"]
        assert "highlight" in rules[0]["test"]
        assert len(rules) == 2
    names = [axis["encode"]["labels"]["update"]["opacity"] for axis in spec.get("axes", []) if axis["scale"] == "y"]
    assert all("highlight" in rules[0]["test"] for rules in names)
    assert bool(names) == (name in ("supply-ranking", "size-edition", "heat-map"))


def test_a_chart_without_regions_has_nothing_to_highlight(tiny_drawings: dict[str, Drawing]) -> None:
    spec = json.loads(tiny_drawings["supply-weights"].vega)
    assert spec["usermeta"]["regions"] == []
    assert "highlight" not in json.dumps(spec)


def test_the_menu_of_a_ranking_names_files_that_are_made(tiny_facts: Facts, tiny_drawings: dict[str, Drawing]) -> None:
    """Years from the last one back, then the edition; all but the chart itself and the edition are made apart."""
    menu = json.loads(tiny_drawings["supply-ranking"].vega)["usermeta"]["variants"]
    ids = [entry["id"] for entry in menu]
    assert ids[0] == "supply-ranking"
    assert ids[-1] == "supply-edition"
    assert set(ids) - {"supply-ranking", "supply-edition"} <= set(variants(tiny_facts))
    assert len({entry["label"] for entry in menu}) == len(menu)


def test_an_earlier_year_shows_the_scores_of_that_year(tiny_facts: Facts, cache: Cache) -> None:
    year = tiny_facts.first_year
    spec = json.loads(draw_interactive(variants(tiny_facts)[f"supply-ranking-{year}"](), cache))
    rows = [row for data in spec["data"] for row in data.get("values", []) if row.get("score") is not None]
    shown = {row["region"]: row["score"] for row in rows}
    wanted = tiny_facts.open.scores("supply", year)["score"].dropna()
    assert shown == pytest.approx({tiny_facts.regions[str(code)].name: score for code, score in wanted.items()})
    assert str(year) in spec["usermeta"]["title"]


def test_the_bundle_holds_what_draws_and_interprets(cache: Cache) -> None:
    """One module with three exports and no address to load anything from; the second time it comes from the cache."""
    made = vega_bundle(cache)
    text = made.decode()
    exported = re.search(r"export\s*\{([^}]*)\};?\s*$", text)
    assert exported
    assert set(re.findall(r"as (\w+)", exported[1])) == {"View", "expressionInterpreter", "parse"}
    assert not re.search(r"(^|[;}])import\s*[{*(\"']", text)
    assert not any(name in text for name in MODULES)
    assert len(made) < 500_000
    assert vega_bundle(cache) == made
