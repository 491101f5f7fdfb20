"""Citations of an edition: GB/T 7714, APA, BibTeX, with its own address."""

import calendar
import re

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Publication, edition_page, site_name
from regional_index.render import element, escape, fill, join_sentences, name_edition
from regional_index.render.macros import macro
from regional_index.topics.files import copy_button

STYLES = {"gbt": "GB/T 7714", "apa": "APA", "bibtex": "BibTeX"}
_SPECIAL = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_{}"},
}  # fmt: skip
NEW_LINE = Markup("&#10;")


def cite_edition(facts: Facts, publication: Publication) -> dict[str, str]:
    """The citation in every style of `STYLES`; the word `cite.today` is in the place of the day of reading.

    Args:
        facts: Names, edition and years.
        publication: Who answers for the site, its address, when the data last changed.
    """
    gaps = {
        "title": site_name(facts.framework.title),
        "edition": name_edition(facts),
        "author": publication.author,
        "address": edition_address(facts, publication),
        "updated": publication.updated or facts.word("cite.undated"),
        "date": _in_english(publication.updated),
        "today": facts.word("cite.today"),
    }
    by_author = "_by_author" if publication.author else ""
    address = gaps["address"]
    return {
        "gbt": facts.sentence(f"cite.gbt{by_author}", **gaps) + (f" {address}." if address else ""),
        "apa": facts.sentence(f"cite.apa{by_author}", **gaps) + (f" {address}" if address else ""),
        "bibtex": _bibtex(facts, publication, gaps),
    }


def edition_address(facts: Facts, publication: Publication) -> str:
    """Full address of the page of the edition, or of the release that is printed; empty while the site has none."""
    name = publication.release or facts.framework.edition
    return publication.address and publication.address + edition_page(name)


def _bibtex(facts: Facts, publication: Publication, gaps: dict[str, str]) -> str:
    fields = {
        "title": f"{{{_quoted(gaps['title'])}}}",
        "author": f"{{{_quoted(publication.author)}}}" if publication.author else "",
        "note": _quoted(gaps["edition"]),
        "year": publication.updated[:4],
        "url": gaps["address"],
        "urldate": gaps["today"],
    }
    *_, name = facts.framework.title.values()
    key = "-".join(re.findall(r"[a-z0-9]+", f"{name} {publication.release or facts.framework.edition}".lower()))
    lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _quoted(text: str) -> str:
    """Text in which nothing is a command of TeX."""
    return "".join(_SPECIAL.get(character, character) for character in text)


def _in_english(day: str) -> str:
    """A day as APA writes it.

    Examples:
        >>> _in_english("2026-11-03"), _in_english("")
        ('2026, November 3', 'n.d.')
    """
    if not day:
        return "n.d."
    year, month, number = day.split("-")
    return f"{year}, {calendar.month_name[int(month)]} {int(number)}"


def cite_original(facts: Facts) -> str:
    """The publication whose figures the edition quotes: who published it, and its title, as far as they are known.

    Raises:
        LookupFailed: There is no edition.
    """
    source = facts.declared.sources[facts.edition.source]
    return facts.sentence("source.citation", publisher=source.publisher, title=source.title)


@macro("original")
def describe_original(facts: Facts) -> Markup:
    """A sentence that names the publication of the edition, and one that says what else is known of it.

    Raises:
        LookupFailed: There is no edition.
    """
    named = fill(facts, "cite.original_is", source=cite_original(facts))
    return join_sentences(facts, [named, escape(facts.declared.sources[facts.edition.source].note)])


@macro("citations")
def list_citations(facts: Facts, publication: Publication) -> Markup:
    """Citations of the edition in every style, then of the publication; the script fills in the day of reading.

    Raises:
        LookupFailed: There is no edition.
    """
    _ = facts.study
    return Markup("").join(
        element("div", *_citation(facts, label, text), class_="ri-copy ri-citation", data_search_exclude=True)
        for label, text in citations_by_label(facts, publication).items()
    )


def citations_by_label(facts: Facts, publication: Publication) -> dict[str, str]:
    """The citations of the site by the name of their style, then that of the publication that the edition quotes."""
    cited = {STYLES[style]: text for style, text in cite_edition(facts, publication).items()}
    return {**cited, facts.word("cite.original"): cite_original(facts)} if facts.has_edition else cited


def _citation(facts: Facts, label: str, text: str) -> list[Markup]:
    text_to_copy = {"data_ri_text": True, "data_ri_today": facts.word("cite.today")}
    lines = text.split("\n")
    said = NEW_LINE.join(escape(line) for line in lines)
    if len(lines) == 1:
        shown = element("p", said, **text_to_copy)
    else:
        code = element("code", said, **text_to_copy)
        shown = element("pre", code, class_="ri-code", tabindex="0", role="region", aria_label=label)
    return [element("strong", label), Markup(" "), copy_button(facts), shown]
