"""Drawings and tables are out of the way while Markdown reads a page, and come back unchanged."""

import markdown
import pytest

from regional_index.site.aside import put_aside, put_back

DRAWING = '<svg viewBox="0 0 1 1" class="ri-chart" style="x"><title id="chart-a-title">a & *b*</title></svg>'
TABLE = '<table class="ri-table ri-table--sortable"><tr><td>**1**\n\n    2</td></tr></table>'
PAGE = f"# A\n\n<figure>{DRAWING}</figure>\n\n<div>{TABLE}</div>\n\nText *b*.\n"


def test_what_is_put_aside_comes_back_unchanged() -> None:
    """Also when it holds what Markdown would take for its own."""
    short, parts = put_aside(PAGE)
    assert parts == [DRAWING, TABLE]
    assert len(short) < len(PAGE) / 2
    whole = put_back(markdown.markdown(short), parts)
    assert DRAWING in whole
    assert TABLE in whole
    assert "<em>b</em>" in whole


def test_a_table_with_anchors_stays_for_mkdocs_to_find_them() -> None:
    text = '<table class="ri-table"><tr id="claim-1"><td>1</td></tr></table>'
    assert put_aside(text) == (text, [])


def test_other_drawings_and_tables_stay() -> None:
    """Those that a person wrote into a page are Markdown's own business."""
    text = '<table><tr><td>1</td></tr></table> <svg class="icon"></svg>'
    assert put_aside(text) == (text, [])


@pytest.mark.parametrize("lost", ["", "<pre>&lt;svg data-aside=&quot;0&quot;&gt;</pre>"])
def test_what_does_not_come_back_is_refused(lost: str) -> None:
    """As when a page shows the markup of a chart as code."""
    _, parts = put_aside(DRAWING)
    with pytest.raises(ValueError, match="as code"):
        put_back(lost, parts)


def test_what_comes_back_twice_is_refused() -> None:
    short, parts = put_aside(DRAWING)
    with pytest.raises(ValueError, match="as code"):
        put_back(short + short, parts)
