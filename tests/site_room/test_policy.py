"""The policy of a page: which scripts may run."""

from pathlib import Path

import pytest

from regional_index.site.policy import inline_scripts, insert_policy, make_policy, template_scripts, write_policies

PAGE = (
    '<!doctype html><html><head>\n<meta charset="utf-8"><script>one()</script>'
    '<script src="a.js"></script><script id="c" type="application/json">{"base":"."}</script></head>'
    "<body><SCRIPT type=module>two()</SCRIPT></body></html>"
)


def test_inline_scripts_are_those_that_would_run() -> None:
    assert inline_scripts(PAGE) == ["one()", "two()"]


def test_a_policy_allows_neither_eval_nor_inline_scripts_nor_other_hosts() -> None:
    policy = make_policy(["one()"])
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts
    assert scripts.count("sha256-") == 1
    assert "http" not in policy
    assert policy.startswith("default-src 'none'")


def test_the_order_of_scripts_and_repetitions_change_nothing() -> None:
    assert make_policy(["b", "a", "b"]) == make_policy(["a", "b"])


TEXTS = {
    "index.html": PAGE,
    "a/index.html": PAGE.replace("one()", 'three("../..")'),
    "404.html": "<html><head><title>x</title></head></html>",
}


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A theme whose templates have the scripts of the pages."""
    folder = tmp_path / "theme" / "partials"
    folder.mkdir(parents=True)
    (folder.parent / "base.html").write_text("{% block a %}<script>one()</script>{% endblock %}<script>two()</script>")
    (folder / "palette.html").write_text('<script>three("{{ config.extra.scope | d(base_url) }}")</script>')
    return folder.parent


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with these pages."""
    for name, text in TEXTS.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text)
    return tmp_path / "site"


def test_every_page_gets_the_same_policy_first_in_its_head(site: Path, theme: Path) -> None:
    """Also one whose scripts are others, and one without any; all scripts of all pages are in it."""
    assert write_policies(site, [theme]) == []
    policy = make_policy(["one()", "two()", 'three("../..")'])
    for name, text in TEXTS.items():
        written = (site / name).read_text()
        assert written == insert_policy(text, policy)
        before, found, _ = written.partition(f'content="{policy}">')
        assert found
        assert "<script" not in before
        assert "<title" not in before


@pytest.mark.parametrize("script", ["hit=1", 'three("");hit()', 'three("&quot;);hit(&quot;")', 'three("a");three("b")'])
def test_a_script_that_no_template_holds_is_named_and_nothing_is_written(site: Path, theme: Path, script: str) -> None:
    """Not even one that begins as the theme's do."""
    (site / "404.html").write_text(f"<html><head></head><script>{script}</script></html>")
    (problem,) = write_policies(site, [theme])
    assert problem == f"404.html: an inline script: {script}; move it to a file below docs/assets"
    assert "Content-Security-Policy" not in (site / "index.html").read_text()


def test_where_a_template_fills_something_in_an_address_may_stand(theme: Path) -> None:
    known = template_scripts([theme])
    assert [any(pattern.fullmatch(text) for pattern in known) for text in ('three("")', 'three("a b")')] == [
        True,
        False,
    ]


def test_a_page_without_a_head_is_refused() -> None:
    with pytest.raises(ValueError, match="without <head>"):
        insert_policy("<p>text</p>", "default-src 'none'")
