"""What a reader does on a page, for tests that look at it afterwards."""

from typing import Any


def listen(page: Any) -> list[str]:
    """A list to which the page adds what a script or the policy complains of."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def unfold(page: Any) -> None:
    """Open everything that is folded."""
    page.locator("article details").evaluate_all("all => all.forEach((one) => { one.open = true; })")


def open_charts(page: Any) -> None:
    """Open the tools of every chart."""
    buttons = page.locator(".ri-chart-open")
    buttons.first.wait_for()
    for number in range(buttons.count()):
        buttons.nth(number).click()
    page.wait_for_load_state("networkidle")


def open_weights(page: Any) -> None:
    """Unfold all sliders, once they work."""
    page.wait_for_selector(".ri-weighing--live")
    unfold(page)


def try_weights(page: Any) -> None:
    """Unfold all sliders and try random weightings of the first index."""
    open_weights(page)
    page.locator("[data-act=try]").first.click()
    page.locator("[data-ri-index=industry] [role=status]:not(:empty)").wait_for()


def open_comparison(page: Any) -> None:
    """Unfold the next steps of the regions that the address asks for."""
    page.locator("[data-compare-part=steps] details").first.wait_for()
    unfold(page)
