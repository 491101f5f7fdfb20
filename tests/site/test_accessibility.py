"""axe-core on every kind of page, with what can be opened there: on a phone in the dark and a desk in the light."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.site.axe import OF_COLOURS, violations
from tests.site.playing import open_charts, open_comparison, try_weights, unfold

pytestmark = pytest.mark.browser

VIEWS = [(360, "dark"), (1280, "light")]


@pytest.fixture(scope="module", params=VIEWS, ids=str)
def quiet(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page on which nothing moves, so that no colour is read while it changes."""
    width, scheme = request.param
    size = {"width": width, "height": 800}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def in_both_schemes(page: Any) -> list[tuple[str, Any]]:
    """All rules; in the other scheme, where the same elements have other colours, those of colours."""
    found = violations(page)
    page.evaluate(
        "({ dataset }) => { dataset.mdColorScheme = dataset.mdColorScheme === 'slate' ? 'default' : 'slate' }",
        page.query_selector("body"),
    )
    return found + violations(page, OF_COLOURS)


def test_axe_finds_nothing_where_there_is_no_page(quiet: Any, site_url: str) -> None:
    """The answer to a mistyped address; of a site without an address of its own it works at the root of a host."""
    quiet.goto(site_url + "404.html")
    assert in_both_schemes(quiet) == []


ALIKE = "tbody tr:nth-child(n+9), .ri-section:nth-of-type(n+4)"


def shorten(page: Any) -> None:
    """Leave the first rows of each table and the first parts of a receipt; all others are alike, and axe is slow."""
    page.evaluate("(alike) => document.querySelectorAll(alike).forEach((one) => one.remove())", ALIKE)


def use_charts(page: Any) -> None:
    """Open the tools of all charts, let a region stand out, point at a mark, and open the tables."""
    open_charts(page)
    page.locator("[data-ri-highlight]").first.select_option(index=3)
    page.locator(".ri-chart--live g[class*=role-mark] :is(path, text)").first.hover(force=True)
    unfold(page)


def open_columns(page: Any) -> None:
    """The list of columns, beside a message on what the address asks for in vain."""
    page.locator("[data-ranking][data-ready] summary:visible").first.click()


def search(page: Any) -> None:
    """Ask for a region; the theme's box opens over the page, and its results are no part of the page's outline."""
    page.keyboard.press("f")
    page.locator("[data-md-component=search-query]").fill("广东")
    page.locator(".md-search-result__item").first.click(trial=True)


def open_menu(page: Any) -> None:
    """The navigation: a drawer where there is no room for tabs."""
    button = page.locator("label[for=__drawer].md-header__button")
    if button.is_visible():
        button.click()
        page.wait_for_function(
            "() => document.querySelector('.md-sidebar--primary').getBoundingClientRect().left === 0"
        )


KINDS = [
    ("", None),
    ("", search),
    ("industry/", open_menu),
    ("industry/scale/", use_charts),
    ("regions/", use_charts),
    ("regions/?sort=foo&area=西部", open_columns),
    ("regions/guangdong/", use_charts),
    ("compare/", None),
    ("compare/?regions=beijing,hebei,xizang,nowhere&year=2019", open_comparison),
    ("weights/?w=sclae:3,key:60", try_weights),
    ("robustness/", unfold),
]
# Pages to be read, on which nothing answers: on a desk they differ from the others in no kind of element.
TEXTS = ["application/government/", "regions/xizang/receipt/", "methodology/", "coherence/", "data/", "claims/",
         "guide/claims/"]  # fmt: skip


@pytest.mark.parametrize(("address", "use"), KINDS)
def test_axe_finds_nothing(quiet: Any, site_url: str, address: str, use: Callable[[Any], None] | None) -> None:
    quiet.goto(site_url + address)
    if use is not None:
        use(quiet)
    shorten(quiet)
    assert (violations(quiet) if address else in_both_schemes(quiet)) == []


@pytest.mark.parametrize("quiet", VIEWS[:1], indirect=True, ids=str)
@pytest.mark.parametrize("address", TEXTS)
def test_axe_finds_nothing_where_there_is_only_text(quiet: Any, site_url: str, address: str) -> None:
    quiet.goto(site_url + address)
    unfold(quiet)
    shorten(quiet)
    assert violations(quiet) == []


PLANTED = {
    "image-alt": '<img src="x.png">',
    "color-contrast": '<p style="color: #8a8a8a; background: #fff">pale</p>',
    "target-size": '<button style="all: unset">a</button><button style="all: unset">b</button>',
    "select-name": "<select><option>a</option></select>",
    "td-has-header": "<table>" + "<tr><td>a</td><td>b</td><td>c</td><td>d</td></tr>" * 5 + "</table>",
}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_fault_is_noticed(page: Any, site_url: str, rule: str) -> None:
    """The guard itself, seen to fail."""
    page.goto(site_url + "about/")
    page.evaluate("html => document.querySelector('article').insertAdjacentHTML('beforeend', html)", PLANTED[rule])
    assert rule in dict(violations(page))


def test_a_fault_of_the_dark_scheme_alone_is_noticed(quiet: Any, site_url: str) -> None:
    quiet.goto(site_url + "about/")
    quiet.add_style_tag(content="[data-md-color-scheme=slate] article p { color: #333 !important }")
    assert {rule for rule, _ in in_both_schemes(quiet)} == {"color-contrast"}
