"""The guide's lists of macros, made from the macros themselves."""

import inspect

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.render import Column, Table, element, rows_of
from regional_index.render.macros import MACROS, Macro, macro


@macro()
def list_macros(facts: Facts, topic: str) -> Table:
    """The macros of a topic: how each is called, and what it writes.

    Args:
        facts: The words of the site.
        topic: A folder or module below `topics/`.

    Raises:
        LookupFailed: There is no such topic.
    """
    topics: dict[str, list[Macro]] = {}
    for known in MACROS.values():
        topics.setdefault(topic_of(known), []).append(known)
    if topic not in topics:
        raise LookupFailed(f'no macros of "{topic}"; there are those of {", ".join(topics)}')
    columns = (Column(facts.word("guide.macro")), Column(facts.word("guide.writes"), wide=True))
    rows = [[element("code", show_call(found)), describe(facts, found)] for found in topics[topic]]
    return Table("", facts.word("guide.macros"), columns, rows_of(rows), sortable=False)


def topic_of(known: Macro) -> str:
    """The folder or module below `topics/` that a macro is in."""
    return known.function.__module__.split(".topics.")[1].split(".")[0]


def show_call(known: Macro) -> str:
    """Write the call of a macro; what may be left out is in brackets.

    Examples:
        >>> def rank(facts, index, region, year=None): ...
        >>> show_call(Macro("rank", rank))
        'rank(index, region[, year])'
    """
    given, optional = [], []
    for parameter in known.parameters:
        is_open = parameter.kind is parameter.VAR_KEYWORD
        name = f"**{parameter.name}" if is_open else parameter.name
        (optional if is_open or parameter.default is not parameter.empty else given).append(name)
    listed = ", ".join(given)
    for name in optional:
        listed += f"[, {name}]" if listed else f"[{name}]"
    return f"{known.name}({listed})"


def describe(facts: Facts, known: Macro) -> str:
    """Describe what a macro writes: in words of the site's language, else by the first line of its docstring."""
    said = facts.words.get(f"macro.{known.name}")
    return said or (inspect.getdoc(known.function) or "").partition("\n")[0]
