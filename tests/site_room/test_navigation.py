"""Generated pages take their place in the navigation."""

from regional_index.pages import Page
from regional_index.site import expand_navigation

PAGES = [
    Page("regions/arden.md", "Arden", "", "Inner ring"),
    Page("regions/brill.md", "Brill", "", "Inner ring"),
    Page("regions/elm.md", "Elm", "", "Outer ring"),
    Page("harbour/index.md", "Harbour", ""),
    Page("harbour/traffic/goods.md", "Goods", ""),
]


def test_a_pattern_becomes_the_pages_it_matches_by_section() -> None:
    """Sections in the order of the pages."""
    assert expand_navigation([{"Islands": ["regions/index.md", "regions/*"]}], PAGES) == [
        {
            "Islands": [
                "regions/index.md",
                {"Inner ring": [{"Arden": "regions/arden.md"}, {"Brill": "regions/brill.md"}]},
                {"Outer ring": [{"Elm": "regions/elm.md"}]},
            ]
        }
    ]


def test_pages_without_a_section_stand_by_themselves() -> None:
    """At any depth below the pattern."""
    assert expand_navigation(["harbour/*"], PAGES) == [
        {"Harbour": "harbour/index.md"},
        {"Goods": "harbour/traffic/goods.md"},
    ]


def test_everything_else_stays_as_it_was_declared() -> None:
    """Names, nested lists, addresses."""
    declared = [{"Home": "index.md"}, {"Data": ["data.md", {"More": ["claims.md"]}]}, {"Away": "https://example.org/"}]
    assert expand_navigation(declared, PAGES) == declared


def test_a_pattern_that_matches_nothing_leaves_nothing() -> None:
    """As with an index that has no page from a template."""
    assert expand_navigation(["gone/*", "about.md"], PAGES) == ["about.md"]


def test_what_was_declared_is_not_changed() -> None:
    """`serve` reads it again."""
    declared = [{"Islands": ["regions/*"]}]
    expand_navigation(declared, PAGES)
    assert declared == [{"Islands": ["regions/*"]}]
