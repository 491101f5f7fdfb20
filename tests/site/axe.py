"""What axe finds on a page, said shortly."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

# The theme's tabs fade while the page scrolls; half faded they have no contrast.
FADED = 500
# What is below the screen and not laid out yet has no colours that axe could see.
LATER = ".ri-scroll:not(.ri-near), .ri-chart:not(.ri-near, .ri-chart--live)"


def violations(page: Any) -> list[tuple[str, Any]]:
    """The rules that the page breaks as it is now, all of it laid out, each with the element that does."""
    page.wait_for_function(
        "() => !document.querySelector('.ri-scroll:not(.ri-near), .ri-chart:not(.ri-near, .ri-chart--live)')"
    )
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.wait_for_timeout(FADED)
    found = Axe().run(page).response["violations"]
    return [(violation["id"], node["target"]) for violation in found for node in violation["nodes"]]
