"""The policy of a page: which scripts may run."""

from pathlib import Path

import pytest

from regional_index.site.policy import inline_scripts, insert_policy, make_policy, write_policies

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


def test_every_page_gets_the_same_policy_first_in_its_head(tmp_path: Path) -> None:
    """Also one whose scripts are others, and one without any; all scripts of all pages are in it."""
    other = PAGE.replace("one()", "three()")
    texts = {"index.html": PAGE, "a/index.html": other, "404.html": "<html><head><title>x</title></head></html>"}
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    write_policies(tmp_path)
    policy = make_policy(["one()", "two()", "three()"])
    for name, text in texts.items():
        written = (tmp_path / name).read_text()
        assert written == insert_policy(text, policy)
        before, found, _ = written.partition(f'content="{policy}">')
        assert found
        assert "<script" not in before
        assert "<title" not in before


def test_a_page_without_a_head_is_refused() -> None:
    with pytest.raises(ValueError, match="without <head>"):
        insert_policy("<p>text</p>", "default-src 'none'")
