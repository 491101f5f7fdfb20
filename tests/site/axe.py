"""What axe finds on a page, said shortly."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

# Links are as high as the font is, and each machine has other fonts: whichever it is, here its letters are as low as
# those of any, so that what is large enough here is so everywhere.
LOW_FONT = """@font-face { font-family: "Low"; ascent-override: 88%; descent-override: 12%; line-gap-override: 0%;
  src: local("Noto Sans CJK SC"), local("Noto Sans CJK SC Regular"), local("DejaVu Sans"), local("Arial"); }
  :not(.md-icon, .md-icon *) { font-family: "Low", sans-serif !important; }"""
# The theme's tabs fade while the page scrolls; half faded they have no contrast.
FADED = 500
# What is below the screen and not laid out yet has no colours that axe could see.
ALL_LAID_OUT = """() => [...document.querySelectorAll(".ri-scroll, .ri-chart")].every(
  (part) => getComputedStyle(part).contentVisibility !== "auto")"""
# Of the rules that axe leaves out by default: the one of WCAG 2.2, and those still on trial that a page can keep.
BESIDES = (
    "target-size", "css-orientation-lock", "label-content-name-mismatch", "p-as-heading", "table-fake-caption",
    "td-has-header",
)  # fmt: skip
# What the colours of a scheme can break; all other rules ask for what stands in the page.
OF_COLOURS = ("color-contrast", "link-in-text-block")


def violations(page: Any, only: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """The rules that the page breaks as it is now, all of it laid out, each with the element that does.

    Args:
        page: A page of the browser.
        only: The rules to ask for, all by default.
    """
    page.add_style_tag(content=LOW_FONT)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].some((font) => font.family.includes('Low') && font.status === 'loaded')")
    page.wait_for_function(ALL_LAID_OUT)
    if page.evaluate("scrollY") > 0:
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        page.wait_for_timeout(FADED)
    asked = {"runOnly": list(only)} if only else {"rules": {rule: {"enabled": True} for rule in BESIDES}}
    found = Axe().run(page, options={"resultTypes": ["violations"], **asked}).response["violations"]
    return [(violation["id"], node["target"]) for violation in found for node in violation["nodes"]]
