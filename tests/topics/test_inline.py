"""What prose may call, on the second index: numbers worked out by hand, and an error for everything unknown."""

import re
from collections.abc import Callable

import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.render import Links
from regional_index.topics import names
from regional_index.topics.all import MACROS, catalogue
from regional_index.topics.edition import claims, trends
from regional_index.topics.series import inline as of_series
from tests.methods import compute
from tests.reading import html_of


def call(facts: Facts, macro: str, *arguments: object, **named: object) -> str:
    """What a macro writes on the front page, without elements."""
    return re.sub(r"<[^>]+>", "", str(bound(facts, macro, "index.md")(*arguments, **named)))


def bound(facts: Facts, macro: str, page: str) -> Callable[..., object]:
    """The macro as a page calls it."""
    return MACROS[macro].bind({"facts": facts, "links": Links(facts, lambda: page), "show": html_of})


@pytest.mark.parametrize(
    ("macro", "arguments", "written"),
    [
        ("score", ("harbour", "Arden"), "71.67"),  # 215 / 3
        ("score", ("harbour", "A1", 2030), "31.67"),
        ("rank", ("harbour", "Big Isle", 2030), "3"),
        ("mean", ("harbour",), "46.88 (mean of 4 islands)"),  # 46.875, a half goes up
        ("mean", ("shore", 2030), "51.00"),  # (0 + 42.5 + 66.25 + 48.75 + 97.5) / 5
        ("leader", ("harbour",), "Arden"),
        ("leader", ("harbour", 2, 2030), "Dunmore"),
        ("leader_score", ("harbour", 2), "61.67"),
        ("leaders", ("harbour", 2), "Arden, Brill"),
        ("climber", ("harbour",), "Arden (not certain)"),
        ("climb", ("harbour",), "2"),
        ("has_climber", ("harbour",), "True"),
        ("rank_change", ("harbour", "Brill"), "\u22121 (not certain)"),
        ("rank_change", ("density", "Corsa"), "+1"),
        ("group_mean", ("ring", "Inner ring", "shore"), "55.00"),  # (20 + 45 + 100) / 3
        ("group_mean", ("ring", "Outer ring", "harbour"), "41.67 (mean of 1 islands)"),  # Elm has no score
        ("group_share", ("ring", "Inner ring", "shore"), "50.0%"),  # 165 of 330
        ("group_share", ("treaty", "Old treaty", "shore"), "36.4%"),  # 120 of 330: those of no treaty count as well
        ("group_share", ("ring", "Inner ring", "harbour"), "77.8% (sum over 4 islands)"),  # 145.83 of 187.5
        ("value", ("clean_beaches", "Elm"), "90.0%"),
        ("value", ("cargo", "Arden", 2030), "60 thousand tonnes"),
        ("total", ("cargo",), "225 thousand tonnes (sum over 4 islands)"),  # 110 + 60 + 20 + 35
        ("total", ("cargo", 2030), "135 thousand tonnes (sum over 4 islands)"),
        ("growth", ("cargo", 2030, 2031), "+66.7% (sum over 4 islands)"),  # 225 / 135
        ("indicator_mean", ("clean_beaches",), "72.0%"),  # (50 + 60 + 90 + 70 + 90) / 5
        (
            "indicator_mean",
            ("waiting_time",),
            "19 hours (mean of 4 islands)",
        ),  # (37 + 21 + 13 + 5) / 4, without the excluded one
        ("top", ("cargo", 2), "Arden, Brill"),
        ("top_share", ("cargo", 2), "75.6% (sum over 4 islands)"),  # 170 of 225
        ("claim", ("harbour-score-arden",), "72.50"),
        ("claim", ("harbour-score-brill",), "61"),
        ("claim_regions", ("harbour-above",), "Arden, Brill"),
        ("claim_tier", ("harbour-tiers", 2), "Dunmore"),
        ("claim_bound", ("traffic-band", "upper"), "40"),
        ("context", ("steamers",), "1,200 ships"),
        ("context", ("sails",), "30\u201340%"),
        ("region", ("Skerries",), "Dunmore"),
        ("index", ("goods",), "Goods"),
        ("indicator", ("waiting_time",), "Waiting time"),
        ("trend", ("sail-to-steam",), "From sail to steam"),
        ("word", ("table.region",), "Island"),
        ("link", ("data/#cargo",), "data/#cargo"),
    ],
)
def test_a_macro_writes_the_number_worked_out_by_hand(
    second_facts: Facts, macro: str, arguments: tuple[object, ...], written: str
) -> None:
    """Two decimals for scores, none for ranks, the indicator's own for values."""
    assert call(second_facts, macro, *arguments) == written


def test_growth_across_a_break_says_so(second_facts: Facts) -> None:
    """A break is in the first year that differs: a change that ends in it crosses it, one that begins there not."""
    for year, crosses in ((2030, False), (2031, True)):
        facts = compute(second_facts.declared, indicators={"cargo": {"breaks": {year: "A census."}}})
        written = call(facts, "growth", "cargo", 2030, 2031)
        assert written.endswith(f" (across the break of {year}, so not to be read as growth)") is crosses
        assert ("A census." in catalogue(facts)["indicator-cargo"]().description) is crosses


def test_every_macro_of_these_modules_is_tried_here() -> None:
    """A new one needs a line above; tables are tried elsewhere."""
    tried = {mark[0] for mark in test_a_macro_writes_the_number_worked_out_by_hand.pytestmark[0].args[1]}
    tried |= {"scored_indices"}  # a list for loops
    modules = {module.__name__ for module in (of_series, claims, trends, names)}
    written = {name for name, macro in MACROS.items() if macro.function.__module__ in modules}
    assert tried == {name for name in written if not name.startswith("table")}


@pytest.mark.parametrize(
    ("macro", "arguments", "message"),
    [
        ("claim", ("harbour-score-elm",), "unknown claim"),
        ("claim", ("harbour-above",), 'claim "harbour-above" of kind "above" states no figure; use claim_regions'),
        ("claim_regions", ("harbour-total",), 'claim "harbour-total" of kind "total" names no regions'),
        ("claim_tier", ("harbour-tiers", 3), 'claim "harbour-tiers" has no tier 3; it has 2'),
        ("claim_tier", ("harbour-tiers", 0), 'claim "harbour-tiers" has no tier 0'),
        ("claim_tier", ("harbour-total", 1), 'claim "harbour-total" has no tier 1; it has 0'),
        ("claim_bound", ("traffic-band", "threshold"), 'claim "traffic-band" names no figure as threshold'),
        ("claim_bound", ("harbour-above", "threshold"), 'claim "harbour-above" names no figure as threshold'),
        ("context", ("steam",), 'unknown context figure "steam"'),
        ("score", ("harbour", "Elm"), 'no score of "harbour" for "Elm"'),
        ("score", ("harbour", "Arden", 2029), "no year 2029"),
        ("rank", ("habour", "Arden"), 'unknown index "habour"'),
        ("leader", ("harbour", 5), 'index "harbour" has no region at place 5'),
        ("leader_score", ("harbour", 5), 'index "harbour" has no region at place 5'),
        ("climber", ("habour",), 'unknown index "habour"'),
        ("group_mean", ("ring", "Middle ring", "harbour"), 'no score of "harbour" for group "Middle ring" of "ring"'),
        ("group_mean", ("colour", "red", "harbour"), 'unknown group "colour"'),
        ("value", ("cargo", "Elm"), 'indicator "cargo" has no value for "Elm"'),
        ("total", ("clean_beaches",), 'indicator "clean_beaches" cannot be summed'),
        ("growth", ("cargo", 2029, 2031), 'indicator "cargo" has no values in 2029'),
        ("top_share", ("waiting_time", 1), 'indicator "waiting_time" cannot be summed'),
        ("region", ("Atlantis",), 'unknown region "Atlantis"'),
        ("index", ("harbor",), 'unknown index "harbor"'),
        ("indicator", ("gold",), 'unknown indicator "gold"'),
        ("trend", ("01",), 'unknown trend "01"'),
        ("word", ("no.such",), 'unknown word "no.such"'),
    ],
)
def test_what_is_unknown_or_missing_stops_the_build(
    second_facts: Facts, macro: str, arguments: tuple[object, ...], message: str
) -> None:
    """With a message that names it; the page is added by whoever calls."""
    with pytest.raises(LookupFailed, match=re.escape(message)):
        call(second_facts, macro, *arguments)


def test_scores_below_zero_have_no_shares_in_their_sum(second_facts: Facts) -> None:
    """Shares of a sum that negative scores eat up would be of any size."""
    facts = compute(second_facts.declared, aggregate="copeland")
    with pytest.raises(LookupFailed, match=r'"shore" below 0, or only of 0, have no shares; use group_mean'):
        call(facts, "group_share", "ring", "Inner ring", "shore")


def test_nobody_climbed_where_nobody_gained_a_place(second_facts: Facts) -> None:
    """A page asks before it names the climber."""
    assert call(compute(second_facts.declared, aggregate="copeland"), "has_climber", "harbour") == "False"


def test_an_index_without_scores_has_no_leader_and_no_climber(bare_facts: Facts) -> None:
    """The shore has no indicators."""
    for macro in ("leader", "climber", "climb"):
        with pytest.raises(LookupFailed, match='"shore"'):
            call(bare_facts, macro, "shore")


@pytest.mark.parametrize(
    ("macro", "arguments"),
    [
        ("mean", ("shore",)),
        ("rank_change", ("shore", "Arden")),
        ("leaders", ("shore", 3)),
        ("leaders", ("harbour", 6)),
    ],
)
def test_a_number_that_is_missing_is_never_written(
    bare_facts: Facts, macro: str, arguments: tuple[object, ...]
) -> None:
    """DESIGN: a macro that meets a missing number stops the build."""
    with pytest.raises(LookupFailed):
        call(bare_facts, macro, *arguments)


@pytest.mark.parametrize(
    ("macro", "arguments"),
    [
        ("leader", ("harbour", 0)), ("leader", ("harbour", -1)), ("leaders", ("harbour", 0)),
        ("top", ("cargo", 0)), ("top", ("cargo", 9)), ("top_share", ("cargo", 0)),
    ],
)  # fmt: skip
def test_a_place_or_count_that_makes_no_sense_is_refused(
    second_facts: Facts, macro: str, arguments: tuple[object, ...]
) -> None:
    """Places begin at 1, and there must be as many regions as are asked for."""
    with pytest.raises(LookupFailed):
        call(second_facts, macro, *arguments)


def test_a_change_of_rank_names_the_unknown_index(second_facts: Facts) -> None:
    """As all other macros do."""
    with pytest.raises(LookupFailed, match='unknown index "harbor"'):
        call(second_facts, "rank_change", "harbor", "Arden")


def test_figures_of_the_edition_lead_to_their_place_in_the_list(second_facts: Facts) -> None:
    """A reader can always ask where a figure comes from."""
    claim, context, claim_bound = (
        bound(second_facts, name, "harbour/index.md") for name in ("claim", "context", "claim_bound")
    )
    assert 'href="../claims/#harbour-mean"' in str(claim("harbour-mean"))
    assert 'href="../claims/#sails"' in str(context("sails"))
    assert 'href="../claims/#traffic-band"' in str(claim_bound("traffic-band", "lower"))
