"""Sentences of the site's language with gaps for data."""

from collections.abc import Iterable

from markupsafe import Markup
from markupsafe import escape as escape_html

from regional_index.facts import Facts, fill_gaps
from regional_index.framework import Lens, site_name
from regional_index.render.html import escape, join_words


def fill(facts: Facts, key: str, **gaps: object) -> Markup:
    """The sentence under this key, its gaps filled with escaped data.

    Raises:
        LookupFailed: There is no such sentence, or it has a gap that is not given.
    """
    template = Markup(escape_html(facts.word(key)))
    return Markup(fill_gaps(key, template, {name: escape(value) for name, value in gaps.items()}))


def join_sentences(facts: Facts, sentences: Iterable[object]) -> Markup:
    """Sentences one after the other, with what the site's language puts between them; empty ones are left out."""
    return join_words([said for said in sentences if said], facts.word("list.sentences"))


def show_years(facts: Facts, years: Iterable[int]) -> str:
    """Years as the site's language lists them; runs of three and more are drawn together."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    shown = []
    for run in runs:
        is_range = len(run) > 2
        shown += [facts.sentence("list.range", first=run[0], last=run[-1])] if is_range else list(map(str, run))
    return facts.word("list.separator").join(shown)


def name_lens(facts: Facts, lens: Lens) -> str:
    """A lens as pages call it."""
    return facts.sentence("lens.name", lens=site_name(lens.name))


def open_years(facts: Facts) -> str:
    """The first and the last year of the open series, as a range; one year as it is."""
    first, last = facts.first_year, facts.last_year
    return str(last) if first == last else facts.sentence("list.range", first=first, last=last)


def name_edition(facts: Facts) -> str:
    """The published edition, if there is one, and the years of the open series, as a whole."""
    framework = facts.framework
    if not facts.has_edition:
        return facts.sentence("file.open_name", years=open_years(facts))
    gaps = {"edition": framework.edition_name, "year": framework.edition_year, "years": open_years(facts)}
    return facts.sentence("file.edition_name", **gaps)


def cite(facts: Facts, source_id: str) -> Markup:
    """A source as the site's language cites it: publisher and title."""
    source = facts.declared.sources[source_id]
    return fill(facts, "source.citation", publisher=source.publisher, title=source.title)
