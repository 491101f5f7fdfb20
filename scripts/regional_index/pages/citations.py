"""The block of citations, each to be copied with one press."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Publication
from regional_index.markup import element, escape
from regional_index.narrative import STYLES, cite_edition
from regional_index.pages.take_along import copy_button

NEW_LINE = Markup("&#10;")


def list_citations(facts: Facts, publication: Publication) -> Markup:
    """How to cite the edition in every style; the script puts the day of reading where it belongs.

    Raises:
        LookupFailed: There is no edition.
    """
    _ = facts.study
    return Markup("").join(
        element("div", *_citation(facts, style, text), class_="ri-copy ri-citation", data_search_exclude=True)
        for style, text in cite_edition(facts, publication).items()
    )


def _citation(facts: Facts, style: str, text: str) -> list[Markup]:
    text_to_copy = {"data_ri_text": True, "data_ri_today": facts.word("cite.today")}
    lines = text.split("\n")
    said = NEW_LINE.join(escape(line) for line in lines)
    if len(lines) == 1:
        shown = element("p", said, **text_to_copy)
    else:
        code = element("code", said, **text_to_copy)
        shown = element("pre", code, class_="ri-code", tabindex="0", role="region", aria_label=STYLES[style])
    return [element("strong", STYLES[style]), Markup(" "), copy_button(facts), shown]
