"""What comes from data stays text, in HTML and in the Markdown around it."""

import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from regional_index.render import attributes, element, escape, join_words, one_line

EXTENSIONS = ["admonition", "attr_list", "md_in_html", "tables", "footnotes"]
ACTIVE = [
    "<script>alert(1)</script>", "<b>", "a & b", "&amp;", '"quoted"', "it's", "{{ 7 * 6 }}", "{% raw %}", "{# x #}",
    "*a*", "_a_", "__a__", "`a`", "[a](b)", "![a](b)", "[^1]", "{: .a #b }", "https://example.org", "<https://a.b>",
]  # fmt: skip


def in_prose(fragment: str) -> str:
    """Text of a paragraph with a fragment in it, after Markdown has gone over it."""
    page = markdown.markdown(f"Before {fragment} after.", extensions=EXTENSIONS)
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    return text.removeprefix("Before ").removesuffix(" after.")


@pytest.mark.parametrize("text", ACTIVE)
def test_active_text_stays_text(text: str) -> None:
    """HTML, templates and Markdown, as content of an element in the middle of a paragraph."""
    assert in_prose(element("span", text)) == text


@pytest.mark.parametrize("text", ACTIVE)
def test_no_template_code_and_no_tag_is_left(text: str) -> None:
    """Whatever reads the page next finds neither braces nor angle brackets."""
    assert re.search(r"[{}<>]", escape(text)) is None


@given(st.text(alphabet="ab {}%#*_`[]()!<>&\"'=:^|~.1", max_size=20).map(str.strip))
def test_any_mixture_of_active_characters_stays_text(text: str) -> None:
    """In prose, where Markdown reads on both sides."""
    assert in_prose(element("span", text)) == text


@pytest.mark.parametrize("text", [r"\(x)", r"C:\\data", "a\n\n# b"])
def test_backslashes_and_line_breaks_stay_text(text: str) -> None:
    """A note of several lines in a YAML file must not become a heading; white space may be joined."""
    assert in_prose(element("span", text)).split() == text.split()


def test_markup_is_not_escaped_twice() -> None:
    """What has been made safe is taken as it is."""
    assert escape(escape("a < b")) == "a &lt; b"
    assert element("p", Markup("<b>x</b>"), "<b>") == "<p><b>x</b>&lt;b&gt;</p>"


def test_attributes_are_quoted_and_escaped() -> None:
    """A quote cannot end the value; underscores of names become hyphens, None and False leave the attribute out."""
    written = attributes(class_="a b", data_sort='"><script>', hidden=True, title=None, id=False)
    assert written == ' class="a b" data-sort="&#34;&gt;&lt;script&gt;" hidden'


def test_zero_is_a_value_of_an_attribute() -> None:
    """0 is neither None nor False."""
    assert attributes(data_sort=0, value=0.0) == ' data-sort="0" value="0.0"'


@pytest.mark.parametrize("text", ["`a`", "[a](b)", "![a](b)"])
def test_an_attribute_in_the_middle_of_a_paragraph_stays_as_it_is(text: str) -> None:
    """Entities would be safe there: browsers and our own inspection decode them."""
    page = markdown.markdown(f"Before {element('span', 'x', title=text)} after.", extensions=EXTENSIONS)
    found = re.search(r'title="([^"]*)"', page)
    assert found is not None
    assert html.unescape(found[1]) == text


def test_a_list_escapes_items_and_separator() -> None:
    """All but those that are markup already."""
    assert join_words(["<a>", Markup("<i>b</i>")], " & ") == "&lt;a&gt; &amp; <i>b</i>"
    assert join_words([], ", ") == ""


def test_one_line_has_no_line_breaks() -> None:
    """So that Markdown keeps it as one block."""
    assert one_line(" <svg>\n  <g/>\n</svg>\n") == "<svg> <g/> </svg>"
