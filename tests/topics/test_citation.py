"""Citations, by hand."""

from dataclasses import replace

from regional_index.facts import Facts
from regional_index.framework import Publication
from regional_index.topics.edition.citation import citations_by_label, cite_edition, describe_original
from tests.changed_facts import with_declared

WHERE = Publication("https://harbour.islands/i/", "", "2032-03-04")
NAME = "Third report (data of 2030), open series 2030–2031"
PAGE = "https://harbour.islands/i/editions/third/"


def test_where_nobody_is_named_the_title_comes_first(second_facts: Facts) -> None:
    """GB/T 7714-2015, 8.8 (electronic resources); APA 7, 9.12 (no author); BibTeX without the field."""
    cited = cite_edition(second_facts, WHERE)
    assert cited["gbt"] == f"Island Harbour Index: {NAME}[DB/OL]. (2032-03-04)[date of access]. {PAGE}."
    assert cited["apa"] == f"Island Harbour Index: {NAME} [Data set]. (2032, March 4). {PAGE}"
    assert cited["bibtex"].splitlines() == [
        "@misc{indice-des-ports-third,",
        "  title = {{Island Harbour Index}},",
        f"  note = {{{NAME}}},",
        "  year = {2032},",
        f"  url = {{{PAGE}}},",
        "  urldate = {date of access},",
        "}",
    ]


def test_an_author_comes_first_and_nothing_in_a_name_is_a_command(second_facts: Facts) -> None:
    """A group as the author, with characters that TeX acts on."""
    cited = cite_edition(second_facts, Publication(WHERE.address, "Smith & Sons_{x} \\input", WHERE.updated))
    assert cited["gbt"].startswith("Smith & Sons_{x} \\input. Island")
    assert cited["apa"].startswith("Smith & Sons_{x} \\input (2032, March 4). Island")
    assert "  author = {{Smith \\& Sons\\_\\{x\\} \\textbackslash{}input}}," in cited["bibtex"].splitlines()


def test_an_unknown_day_is_said_to_be_unknown(second_facts: Facts) -> None:
    """In a copy that git knows nothing of."""
    cited = cite_edition(second_facts, Publication(WHERE.address))
    assert "(undated)" in cited["gbt"]
    assert "(n.d.)" in cited["apa"]
    assert "year" not in cited["bibtex"]


def test_a_site_without_an_address_is_cited_without_one(second_facts: Facts) -> None:
    """No field of it, and no full stop after nothing."""
    cited = cite_edition(second_facts, Publication(author="Bureau", updated=WHERE.updated))
    assert cited["gbt"] == f"Bureau. Island Harbour Index: {NAME}[DB/OL]. (2032-03-04)[date of access]."
    assert cited["apa"] == f"Bureau (2032, March 4). Island Harbour Index: {NAME} [Data set]."
    assert "url =" not in cited["bibtex"]


def test_the_publication_is_cited_as_far_as_it_is_known(second_facts: Facts) -> None:
    """After the citations of the site: its publisher and title, and no date, issue or medium that nobody declared."""
    label, text = list(citations_by_label(second_facts, WHERE).items())[-1]
    assert (label, text) == ("The publication", "League of Islands, Third Harbour Report")
    assert describe_original(second_facts) == "The publication: League of Islands, Third Harbour Report."


def test_what_else_is_known_of_the_publication_follows_as_text(second_facts: Facts) -> None:
    """Not as markup; the citation stays as it is."""
    sources = second_facts.declared.sources
    league = replace(sources[second_facts.edition.source], title="A & B", note="Its date was <not> found.")
    facts = with_declared(second_facts, sources={**sources, league.id: league})
    assert describe_original(facts) == (
        "The publication: League of Islands, A &amp; B. Its date was &lt;not&gt; found."
    )
    assert citations_by_label(facts, WHERE)["The publication"] == "League of Islands, A & B"
