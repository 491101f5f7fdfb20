"""Pages that are the same for every region and indicator, and for every index that has no page of its own yet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import markupsafe
import yaml

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Framework, Node, Region, edition_page, site_name
from regional_index.framework.publication import EDITION_FOLDER
from regional_index.pages.writer import PageWriter
from regional_index.render import INDICATORS, RECEIPT, Links, escape, page_url
from regional_index.topics.series.indicator_pages import in_page_order
from regional_index.topics.series.scores import YEARS

TRENDS = "trends"


@dataclass(frozen=True)
class Page:
    """A Markdown file below `docs/`, and the section of the navigation it belongs to; unless it is not listed there."""

    path: str
    title: str
    text: str
    section: str = ""
    listed: bool = True


def make_pages(facts: Facts, writer: PageWriter, by_hand: Iterable[str]) -> list[Page]:
    """All pages that templates make; an index with a page written by hand keeps that one.

    Raises:
        LookupFailed: A template asks for something that does not exist, or two pages would have one address.
    """
    links = Links(facts, lambda: "", writer.home)
    existing = set(by_hand)
    pages = [_index_page(facts, writer, node, existing) for node in facts.framework.walk()]
    regions = [facts.regions[code] for code in facts.regions.evaluated]
    ordered = in_groups(facts, regions)
    made = [
        *(page for page in pages if page),
        *_trend_pages(facts, writer, existing),
        *(_indicator_pages(facts, writer, existing) if links.have_indicators and not writer.home.folder else []),
        *(_years_page(facts, writer, links, node) for node in facts.framework.walk() if _has_years_page(facts, node)),
        *(_region_page(facts, writer, region) for region in ordered),
        *(_receipt_page(facts, writer, region) for region in ordered if facts.has_table("steps")),
        *([] if writer.home.folder else [*_releases_page(facts, writer), *_edition_page(facts, writer, existing)]),
    ]
    _refuse_clashes([*existing, *(page.path for page in made)])
    return made


def _refuse_clashes(paths: Sequence[str]) -> None:
    """Refuse two pages at one address, such as that of a region whose slug is `index`."""
    clashes = [address for address, times in Counter(map(page_url, paths)).items() if times > 1]
    if clashes:
        remedy = "rename the page by hand, or change the slug in data/regions.csv"
        raise LookupFailed(f"two pages have the address {', '.join(clashes)}; {remedy}")


def in_groups(facts: Facts, regions: list[Region]) -> list[Region]:
    """Regions in the order of the first group, then of the table."""
    if not facts.framework.groups:
        return regions
    group = facts.framework.groups[0]
    return sorted(regions, key=lambda region: _place_in(group.order, region.groups.get(group.code)))


def _place_in(order: tuple[str, ...], name: str | None) -> int:
    return order.index(name) if name in order else len(order)


def _region_page(facts: Facts, writer: PageWriter, region: Region) -> Page:
    path = f"regions/{region.slug}.md"
    text = writer.write(path, "page_region", region=region)
    group = facts.framework.groups[0].code if facts.framework.groups else ""
    described = facts.sentence("page.region", region=region.name)
    return _page(path, region.name, described, text, section=region.groups.get(group, ""))


def _receipt_page(facts: Facts, writer: PageWriter, region: Region) -> Page:
    """The page of a region's receipts: reached from the scores, not from the navigation or the search."""
    path = f"regions/{region.slug}/{RECEIPT}.md"
    text = writer.write(path, "page_receipt", region=region)
    title = facts.sentence("page.receipt_title", region=region.name)
    described = facts.sentence("page.receipt", region=region.name)
    return _page(path, title, described, text, listed=False)


def _edition_page(facts: Facts, writer: PageWriter, existing: set[str]) -> list[Page]:
    """The address by which the edition is cited; none without an edition, or where a page written by hand is there."""
    if not facts.has_edition:
        return []
    path = f"{edition_page(facts.framework.edition).rstrip('/')}.md"
    if path in existing:
        return []
    text = writer.write(path, "page_edition")
    described = facts.sentence("page.edition", edition=writer.edition_name)
    return [_page(path, facts.framework.edition_name, described, text)]


def _releases_page(facts: Facts, writer: PageWriter) -> list[Page]:
    """All editions and releases side by side, once something has been released."""
    if not writer.releases:
        return []
    path = f"{EDITION_FOLDER}/index.md"
    title, text = facts.word("page.releases_title"), writer.write(path, "page_releases")
    return [_page(path, title, facts.word("page.releases"), text)]


def page_of_index(framework: Framework, node: Node) -> str:
    """Path below `docs/` of the page of an index."""
    stem = framework.address_of(node.code).rstrip("/")
    return f"{stem}/index.md" if node.children else f"{stem}.md"


def _index_page(facts: Facts, writer: PageWriter, node: Node, existing: set[str]) -> Page | None:
    path = page_of_index(facts.framework, node)
    if path in existing:
        return None
    text = writer.write(path, "page_index", code=node.code)
    return _page(path, site_name(node.name), node.definition, text)


def _trend_pages(facts: Facts, writer: PageWriter, existing: set[str]) -> list[Page]:
    """A page for all trends of the edition and one for each, where it has any and nobody wrote these pages."""
    trends = facts.edition.trends.values() if facts.has_edition else ()
    gaps = {"edition": facts.framework.edition_name}
    listed, described = facts.word("page.trends_title"), facts.sentence("page.trends", **gaps)
    wanted = {f"{TRENDS}/index.md": (listed, described, "page_trends", "")} if trends else {}
    for trend in trends:
        title = facts.sentence("page.trend_title", before=trend.shift_from, after=trend.shift_to)
        wanted[f"{TRENDS}/{trend.id}.md"] = (title, described, "page_trend", trend.id)
    return [
        _page(path, title, said, writer.write(path, template, trend=trend))
        for path, (title, said, template, trend) in wanted.items()
        if path not in existing and writer.has_part(template)
    ]


def _indicator_pages(facts: Facts, writer: PageWriter, existing: set[str]) -> list[Page]:
    """A page for all indicators and one for each, where there are templates and nobody wrote these pages."""
    title = facts.word("page.indicators_title")
    wanted = {f"{INDICATORS}index.md": (title, facts.word("page.indicators"), "page_indicators", "")}
    for code in in_page_order(facts):
        name = site_name(facts.indicator(code).name)
        described = facts.sentence("page.indicator", indicator=name)
        wanted[f"{INDICATORS}{code}.md"] = (name, described, "page_indicator", code)
    return [
        _page(path, title, said, writer.write(path, template, code=code))
        for path, (title, said, template, code) in wanted.items()
        if path not in existing and writer.has_part(template)
    ]


def _has_years_page(facts: Facts, node: Node) -> bool:
    return facts.recent_years != facts.framework.years and node.code in facts.open.ranked_nodes


def _years_page(facts: Facts, writer: PageWriter, links: Links, node: Node) -> Page:
    """The scores of all years, where the page of an index has no room for them; reached from there."""
    path, name = f"{links.node_path(node.code)}{YEARS}.md", site_name(node.name)
    writer.begin(path)
    title, back = facts.sentence("page.years_title", index=name), writer.macros["index"](node.code)
    text = f"# {escape(title)}\n\n{back}\n\n{writer.macros['table_years'](node.code)}"
    return _page(path, title, facts.sentence("page.years", index=name), text, listed=False)


def _page(path: str, title: str, description: str, text: str, section: str = "", *, listed: bool = True) -> Page:
    # The theme prints titles, sections and descriptions as they are.
    title, description, section = (str(markupsafe.escape(text)) for text in (title, description, section))
    meta = {"title": title, "description": description, "render_macros": False}
    meta |= {} if listed else {"hide": ["navigation", "toc"], "search": {"exclude": True}}
    header = yaml.safe_dump(meta, allow_unicode=True, sort_keys=True, width=1000)
    return Page(path, title, f"---\n{header}---\n\n{text.strip()}\n", section, listed)
