"""The little HTML that pages need. Text is escaped unless it is `Markup` already."""

import re
from collections.abc import Iterable

from markupsafe import Markup
from markupsafe import escape as escape_html

# Markdown and Jinja would act on these inside raw HTML lines or attribute lists.
_ACTIVE = str.maketrans({"{": "&#123;", "}": "&#125;", "*": "&#42;", "_": "&#95;", "`": "&#96;", "[": "&#91;"})


def escape(text: object) -> Markup:
    """Text that stays text, whatever it holds: HTML, Markdown and template code are made harmless.

    Examples:
        >>> str(escape("<b>{{ x }}</b>"))
        '&lt;b&gt;&#123;&#123; x &#125;&#125;&lt;/b&gt;'
    """
    if isinstance(text, Markup):
        return text
    return Markup(str(escape_html(str(text))).translate(_ACTIVE))


def attributes(**values: object) -> Markup:
    """Attributes of an element; None and False are left out, `class_` becomes `class`, `data_x` `data-x`."""
    parts = []
    for name, value in values.items():
        if value is None or value is False:
            continue
        name = name.rstrip("_").replace("_", "-")
        # An attribute is never read as Markdown; escaping underscores there would break ids and addresses.
        parts.append(f" {name}" if value is True else f' {name}="{escape_html(str(value))}"')
    return Markup("".join(parts))


def element(name: str, *content: object, **values: object) -> Markup:
    """One element on one line; its content is escaped unless it is `Markup`.

    Examples:
        >>> str(element("td", "a < b", class_="number"))
        '<td class="number">a &lt; b</td>'
    """
    inner = Markup("").join(escape(part) for part in content)
    return Markup(f"<{name}{attributes(**values)}>{inner}</{name}>")


def join_words(items: Iterable[object], separator: str) -> Markup:
    """Several escaped items with a separator between them."""
    return Markup(escape(separator)).join(escape(item) for item in items)


def one_line(html: str) -> Markup:
    """HTML without line breaks, so that Markdown keeps it as one block."""
    return Markup(re.sub(r"\s*\n\s*", " ", html).strip())
