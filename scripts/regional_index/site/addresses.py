"""Addresses that lead readers nowhere: of this machine, of a private network, of examples."""

import ipaddress
import re
from urllib.parse import urlsplit

# RFC 2606 and 6761, and what networks at home and in offices use.
_NOT_PUBLIC = {"example", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain", "localhost", "test"}
# Begins with what is searched for fastest; pages have millions of characters.
_ADDRESS = re.compile(
    r"""//(?:(?<=(https:)//)|(?<=(http:)//)|(?<=["'=]//))((?:[^\s/?#"'<>&@]*@)?(\[[^\]\s]*\]|[\w.-]+)[^\s"'<>&]*)""",
    re.IGNORECASE,
)


def addresses_of_no_use(text: str) -> list[str]:
    """The addresses in a text that only work on this machine or in its network, or are examples; each once.

    Examples:
        >>> addresses_of_no_use('<a href="http://127.0.0.1:8000/a/">a</a> https://example.github.io/b, https://a.org/')
        ['http://127.0.0.1:8000/a/', 'https://example.github.io/b,']
    """
    found = (match for match in _ADDRESS.finditer(text) if not _is_public(match[4]))
    return list(dict.fromkeys(f"{match[1] or match[2] or ''}//{match[3]}" for match in found))


def is_address_of_site(address: str) -> bool:
    """Whether an address can be that of a site: whole, of a public host, with nothing behind its path.

    Examples:
        >>> [is_address_of_site(address) for address in ("https://a.org/index/", "a.org", "http://localhost/", "https://")]
        [True, False, False, False]
    """
    if not re.fullmatch(r"https?://[^\s/?#\"'<>&@]+(/[^\s?#\"'<>&]*)?", address):
        return False
    return _is_public(urlsplit(address).hostname or "")


def _is_public(host: str) -> bool:
    labels = host.lower().rstrip(".").split(".")
    try:
        return ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        is_name = len(labels) > 1 and not labels[-1].isdigit() and not host.startswith("[")
        return is_name and "example" not in labels and labels[-1] not in _NOT_PUBLIC
