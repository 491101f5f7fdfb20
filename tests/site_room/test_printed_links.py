"""Links of a page get numbers for paper."""

import pytest

from regional_index.site.printed_links import number_links

HERE = "https://example.org/index/regions/arden/"


def test_an_address_has_one_number_where_it_stands_first() -> None:
    """However it is written; what differs by its anchor is another address."""
    html = (
        '<p><a href="../brill/">B</a> <a class="x" href="../../regions/brill/">B</a> <a href="../brill/#top">T</a></p>'
    )
    numbered, addresses = number_links(html, HERE)
    assert addresses == ["https://example.org/index/regions/brill/", "https://example.org/index/regions/brill/#top"]
    assert numbered == html.replace('<a href="../brill/">', '<a data-note="1" href="../brill/">').replace(
        '<a href="../brill/#top">', '<a data-note="2" href="../brill/#top">'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<figure class="ri-figure"><details><a href="../a.svg">SVG</a></details></figure>',
        '<table class="ri-table ri-table--sortable"><tr><td><a href="../brill/">B</a></td></tr></table>',
        '<ul class="ri-tiles" style="--x:1"><li><a href="../brill/">B</a></li></ul>',
        '<ol class="ri-leaders"><li><a href="../brill/">B</a></li></ol>',
        '<h2>A<a class="headerlink" href="#a" title="x">¶</a></h2>',
        '<a href="../../claims/#c" class="ri-claim">3</a> <a href="receipt/#s" class="ri-receipt" title="x">4</a>',
        '<p><a href="../../t.csv" download aria-label="CSV">CSV</a></p>',
        '<p><a href="#here">below</a> <a href="./">this page</a> <a name="x">no link</a></p>',
        '<p><a href="https://example.com/">elsewhere</a> <a href="mailto:a@example.org">write</a></p>',
    ],
)
def test_some_links_stay_bare(html: str) -> None:
    """Names in tables and lists of scores, quoted figures, files, parts of the same page, other sites."""
    assert number_links(html, HERE) == (html, [])


def test_a_table_of_text_is_running_text() -> None:
    """One written by hand; and what follows a figure is read again."""
    html = '<figure><a href="x">x</a></figure><table><tr><td><a href="../../a.csv?b=1&amp;c=2">a</a></td></tr></table>'
    assert number_links(html, HERE)[1] == ["https://example.org/index/a.csv?b=1&c=2"]


def test_a_site_without_an_address_names_them_from_its_root() -> None:
    assert number_links('<a href="../brill/">B</a>', "/regions/arden/")[1] == ["/regions/brill/"]
