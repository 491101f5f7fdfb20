"""Sentences of the site's language with gaps for data."""

from markupsafe import Markup
from markupsafe import escape as escape_html

from regional_index.facts import Facts
from regional_index.markup import escape


def fill(facts: Facts, key: str, **gaps: object) -> Markup:
    """The sentence under this key of `data/words.yml`, its gaps filled with escaped data.

    Raises:
        LookupFailed: There is no such sentence.
        KeyError: The sentence has a gap that is not given.
    """
    template = Markup(escape_html(facts.word(key)))
    return template.format(**{name: escape(value) for name, value in gaps.items()})


def cite(facts: Facts, source_id: str) -> Markup:
    """A source as the site's language cites it: publisher and title."""
    source = facts.project.sources[source_id]
    return fill(facts, "source.citation", publisher=source.publisher, title=source.title)
