"""axe-core on every kind of page: on a phone in the dark, on a desk in the light."""

from typing import Any

import pytest

from tests.site.axe import violations

pytestmark = pytest.mark.browser

KINDS = [
    "", "industry/scale/", "application/government/", "trends/", "trends/04/", "regions/", "regions/guangdong/",
    "regions/xizang/receipt/",
    "compare/?regions=beijing,hebei", "methodology/", "weights/", "data/", "claims/", "about/", "guide/",
]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing(browser: Any, site_url: str, width: int, scheme: str) -> None:
    """No violation of any rule."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    found = []
    for kind in KINDS:
        page.goto(site_url + kind)
        found += [(kind, *violation) for violation in violations(page)]
    context.close()
    assert found == []


def test_a_planted_fault_is_noticed(page: Any, site_url: str) -> None:
    """The guard itself, seen to fail."""
    page.goto(site_url)
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=\"x.png\">')")
    assert "image-alt" in dict(violations(page))
