"""The little HTML that pages need. Text is escaped unless it is `Markup` already."""

import re
from collections.abc import Iterable

from markupsafe import Markup
from markupsafe import escape as escape_html

# Markdown and Jinja would act on these anywhere in a line; browsers read the entity as the character.
_TRANSLATION = {ord(character): f"&#{ord(character)};" for character in "{}*_`[\\"}


# Addresses and ids keep their underscores, so that they can be read and searched for in the page.
_TRANSLATION_IN_ATTRIBUTE = {code: entity for code, entity in _TRANSLATION.items() if chr(code) not in "*_"}


def escape(text: object) -> Markup:
    """Escape text: HTML, Markdown and template code in it are made harmless.

    Examples:
        >>> str(escape("<b>{{ x }}</b>"))
        '&lt;b&gt;&#123;&#123; x &#125;&#125;&lt;/b&gt;'
    """
    if isinstance(text, Markup):
        return text
    return Markup(" ".join(str(escape_html(str(text))).splitlines()).translate(_TRANSLATION))


def attributes(**values: object) -> Markup:
    """Attributes of an element; None and False are left out, `class_` becomes `class`, `data_x` `data-x`."""
    parts = []
    for name, value in values.items():
        if value is None or value is False:
            continue
        name = name.rstrip("_").replace("_", "-")
        quoted = str(escape_html(str(value))).translate(_TRANSLATION_IN_ATTRIBUTE)
        parts.append(f" {name}" if value is True else f' {name}="{quoted}"')
    return Markup("".join(parts))


def element(name: str, *content: object, **values: object) -> Markup:
    """One element on one line; its content is escaped unless it is `Markup`.

    Examples:
        >>> str(element("td", "a < b", class_="number"))
        '<td class="number">a &lt; b</td>'
    """
    inner = "".join([escape(part) for part in content])
    return Markup(f"<{name}{attributes(**values)}>{inner}</{name}>")


def join_words(items: Iterable[object], separator: str) -> Markup:
    """Several escaped items with a separator between them."""
    return Markup(escape(separator)).join(escape(item) for item in items)


def one_line(html: str) -> Markup:
    """HTML without line breaks, so that Markdown keeps it as one block."""
    return Markup(re.sub(r"\s*\n\s*", " ", html).strip())
