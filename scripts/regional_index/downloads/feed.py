"""The Atom feed of what changed in public: figures that were changed after their release, and releases."""

import uuid
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from regional_index.facts import Facts, Kept
from regional_index.framework import Publication, site_name
from regional_index.topics.edition.releases import name_release
from regional_index.topics.revisions import newest_first, say_revision

FEED = "feed.xml"
ATOM = "http://www.w3.org/2005/Atom"


def atom_feed(facts: Facts, publication: Publication, releases: Sequence[Kept]) -> bytes:
    """The feed, the newest entry first; the same bytes from the same data.

    A site without an address has ids and relative links that stay valid wherever it is put.

    Args:
        facts: Names, words and revisions.
        publication: Address, and the day of the last change of the data.
        releases: All of them, the oldest first.
    """
    title = site_name(facts.framework.title)
    entries = []
    for anchor, entry in newest_first(facts):
        name, indicator = facts.regions[entry.region].name, site_name(facts.indicator(entry.indicator).name)
        heading = facts.sentence("revisions.feed_title", region=name, year=entry.year, indicator=indicator)
        entries.append((entry.date, heading, str(say_revision(facts, entry).striptags()), f"revisions/#{anchor}"))
    for kept in releases:
        said = facts.sentence("releases.feed", release=name_release(kept))
        entries.append((kept.release.frozen, said, said, kept.release.address))
    entries.sort(key=lambda each: each[0], reverse=True)
    updated = max([publication.updated, *(day for day, *_ in entries)])
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": facts.framework.language})
    _add(feed, title, _identity(publication, title, ""), updated)
    SubElement(SubElement(feed, "author"), "name").text = publication.author or title
    SubElement(feed, "link", href=publication.address or "./", rel="alternate")
    SubElement(feed, "link", href=f"{publication.address}{FEED}", rel="self")
    for day, heading, text, address in entries:
        entry = SubElement(feed, "entry")
        _add(entry, heading, _identity(publication, heading, address), day)
        SubElement(entry, "link", href=publication.address + address)
        SubElement(entry, "content").text = text
    indent(feed)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _add(element: Element, title: str, identity: str, day: str) -> None:
    """What Atom wants of the feed and of every entry."""
    for name, text in (("title", title), ("id", identity), ("updated", f"{day or '1970-01-01'}T12:00:00Z")):
        SubElement(element, name).text = text


def _identity(publication: Publication, title: str, address: str) -> str:
    """An address, or where the site has none a name made of what it is about."""
    return publication.address + address if publication.address else uuid.uuid5(uuid.NAMESPACE_URL, title + address).urn
