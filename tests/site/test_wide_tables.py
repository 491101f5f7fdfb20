"""Tables wider than the screen: what is on it first, what stays on it, and that there is more."""

from typing import Any

import pytest

from tests.site.offered import Offered

pytestmark = pytest.mark.browser

NARROW = {"width": 360, "height": 780}
WIDER = ".ri-scroll:has(.ri-table th:nth-child(6))"


@pytest.fixture
def box(page: Any, site_url: str, offered: Offered) -> Any:
    """The box of the table with the years of a region, on a phone."""
    page.set_viewport_size(NARROW)
    page.goto(site_url + "regions/guangdong/")
    return page.locator(f"#movement ~ div {WIDER}").first


def test_the_newest_year_is_on_a_narrow_screen_and_the_first_one_is_not(box: Any, offered: Offered) -> None:
    """Years run from the newest back."""
    box.scroll_into_view_if_needed()
    inside = box.evaluate(
        "box => [...box.querySelectorAll('th')].filter(th => th.getBoundingClientRect().right <= box.clientWidth + "
        "box.getBoundingClientRect().left).map(th => th.textContent)"
    )
    assert str(offered.years[-1]) in inside
    assert str(offered.years[0]) not in inside


def test_names_and_the_caption_stay_when_a_table_is_scrolled(box: Any) -> None:
    """The caption is no wider than the box."""
    box.scroll_into_view_if_needed()
    found = box.evaluate(
        """box => {
          box.scrollLeft = 90;
          const [frame, ...parts] = [box, box.querySelector('caption'), box.querySelector('tbody td')]
            .map(part => part.getBoundingClientRect());
          return [box.scrollLeft, ...parts.flatMap(part => [part.left - frame.left, part.right <= frame.right])];
        }"""
    )
    assert found == [90, 0, True, 0, True]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_that_goes_on_has_a_shade_that_leaves_at_its_end(box: Any, page: Any, scheme: Any) -> None:
    """The last pixels of the box above the table's lines differ from its ground until it is scrolled to its end."""
    page.emulate_media(color_scheme=scheme)
    page.reload()
    box.scroll_into_view_if_needed()
    drawn = box.screenshot()
    box.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    ends = [corner(page, picture) for picture in (drawn, box.screenshot())]
    assert ends[0] != ends[1]
    assert ends[1] == page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")


def corner(page: Any, picture: bytes) -> list[int]:
    """Red, green and blue of the pixel at the right of a picture, a little below its top."""
    return page.evaluate(
        """async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], {type: 'image/png'}));
          const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
          canvas.drawImage(image, 0, 0);
          return [...canvas.getImageData(image.width - 1, 3, 1, 1).data].slice(0, 3);
        }""",
        list(picture),
    )
