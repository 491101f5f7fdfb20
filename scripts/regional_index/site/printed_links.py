"""A link on paper leads nowhere: those in running text get a number, under which the end of the page has the address.

The number is in the attribute `data-note`, which the style sheet for paper shows. Figures, lists of scores and
tables of regions keep their links bare, for a number at every name would hide what they say; so do links to other
parts of the same page, and addresses outside of the site, which the style sheet spells out in place.
"""

import re
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

_PIECE = re.compile(
    r'<figure\b.*?</figure>|<table class="ri-table\b.*?</table>|<(ul|ol) class="ri-(?:tiles|leaders)\b.*?</\1>'
    r"|<a\s(?P<attributes>[^>]*)>",
    re.DOTALL,
)
_HREF = re.compile(r'\bhref="([^"]*)"')
_BARE = re.compile(r'\bclass="[^"]*\b(?:headerlink|ri-claim|ri-receipt)\b|\sdownload\b')


def number_links(html: str, here: str) -> tuple[str, list[str]]:
    """The content of a page with numbers at its links, and the address behind each number, from 1.

    An address has one number, at its first place.

    Args:
        html: The content.
        here: The page's own address, against which relative ones are read.

    Examples:
        >>> number_links('<p><a href="../about/">About</a></p>', "https://example.org/data/")
        ('<p><a data-note="1" href="../about/">About</a></p>', ['https://example.org/about/'])
    """
    addresses: list[str] = []

    def number(match: re.Match[str]) -> str:
        address = _address(match["attributes"] or "", here)
        if not address or address in addresses:
            return match[0]
        addresses.append(address)
        return f'<a data-note="{len(addresses)}" {match["attributes"]}>'

    return _PIECE.sub(number, html), addresses


def _address(attributes: str, here: str) -> str:
    """Full address that a link leads to; nothing for one that stays bare."""
    href = _HREF.search(attributes)
    if href is None or _BARE.search(attributes):
        return ""
    address = urljoin(here, unescape(href[1]))
    is_ours = urlsplit(address)[:2] == urlsplit(here)[:2]
    return address if is_ours and urldefrag(address).url != urldefrag(here).url else ""
