"""Addresses that lead readers nowhere are found, others are not."""

import pytest

from regional_index.site.addresses import addresses_of_no_use


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/islands/",
        "http://example.com",
        "https://example.github.io/regional-index/",
        "https://docs.example.net:8000/x",
        "https://index.example/",
        "http://localhost:8000/",
        "HTTP://LocalHost/",
        "https://me@localhost/",
        "http://site.localhost./",
        "http://127.0.0.1:8000/a/",
        "http://127.1/",
        "http://2130706433/",
        "http://0.0.0.0:8000/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.20:8080/site/",
        "http://169.254.1.1/",
        "http://192.0.2.7/",
        "http://[::1]:8000/",
        "http://[fe80::1]/",
        "http://[not]/",
        "http://server/site/",
        "http://printer.local/",
        "http://site.test/",
        "http://x.invalid/",
    ],
)
def test_an_address_for_examples_or_of_this_network_is_found(address: str) -> None:
    """As it is, in a sentence, in a link, and once though it stands twice."""
    assert addresses_of_no_use(address) == [address]
    assert addresses_of_no_use(f'See {address} or <a href="{address}">it</a>.') == [address]


@pytest.mark.parametrize(
    "text",
    [
        "https://harbour.islands/index/",
        "https://www.gov.cn/x",
        "http://1.1.1.1/",
        "http://[2606:4700::1111]/",
        "https://例子.中国/得分/",
        "https://counterexample.org/ https://examples.io/ https://localhost.org/ https://local.gov/",
        "example.org localhost 127.0.0.1:8000 mailto:a@example.org // example.org",
        '<a href="/example.org/"> <a href="../localhost/">',
        "https://",
        "",
    ],
)
def test_a_public_address_and_what_is_none_are_not_found(text: str) -> None:
    """Names in a text without a scheme are names."""
    assert addresses_of_no_use(text) == []


def test_an_address_without_a_scheme_is_found_in_a_link() -> None:
    """Browsers take that of the page."""
    assert addresses_of_no_use('<a href="//localhost:8000/x">') == ["//localhost:8000/x"]
