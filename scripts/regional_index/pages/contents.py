"""The content of all pages and charts in short, so that two versions can be compared page by page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

from markupsafe import Markup

from regional_index.cache import Cache
from regional_index.charts import Drawings
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.files import digest
from regional_index.pages.generated import make_pages
from regional_index.pages.writer import PageWriter
from regional_index.processes import Run
from regional_index.read import PageFile
from regional_index.topics.all import catalogue
from regional_index.topics.series.stated import Disagreement


@dataclass(frozen=True)
class Refused:
    """A sentence that is false, or a place of a page that cannot be filled.

    Attributes:
        page: Path below `docs/`.
        sentence: Of the page, where it is a sentence that the series does not agree with.
        reason: What the series has instead; or what is wrong.
    """

    page: str
    sentence: str
    reason: str


@dataclass(frozen=True)
class Contents:
    """What pages and charts hold.

    Attributes:
        pages: Title and digest of every page by its path below `docs/`.
        charts: Title and digest of every chart by its id.
        refused: What no page may say.
    """

    pages: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    charts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()

    def differing(self, other: "Contents", what: str) -> dict[str, str]:
        """Titles by name of the `pages` or `charts` that differ from another version or are in one only."""
        mine, theirs = getattr(self, what), getattr(other, what)
        return {
            name: ({**theirs, **mine})[name][0] for name in {**theirs, **mine} if mine.get(name) != theirs.get(name)
        }


def read_contents(
    facts: Facts, parts: Mapping[str, str], by_hand: Mapping[str, PageFile], cache: Cache, run: Run = map
) -> Contents:
    """Fill every page with the facts, and make the charts on them but draw none.

    Args:
        facts: A version of the results.
        parts: Templates by name.
        by_hand: The pages that people wrote, by path below `docs/`.
        cache: Of drawings; nothing is drawn.
        run: Does several things at the same time.
    """
    made = list(run(partial(_fill, facts, parts, by_hand, cache), (_fill_templates, _fill_by_hand)))
    return Contents(
        dict(chain.from_iterable(found.pages.items() for found in made)),
        dict(chain.from_iterable(found.charts.items() for found in made)),
        tuple(chain.from_iterable(found.refused for found in made)),
    )


def _fill(
    facts: Facts,
    parts: Mapping[str, str],
    by_hand: Mapping[str, PageFile],
    cache: Cache,
    work: Callable[[Facts, PageWriter, Mapping[str, PageFile]], dict[str, tuple[str, str]]],
) -> Contents:
    drawings = Drawings(catalogue(facts), cache)
    writer = PageWriter(facts, drawings, parts, {"data_changed": ""})
    refused: list[Refused] = []
    for name, macro in writer.macros.items():
        writer.macros[name] = partial(_or_refuse, macro, writer, refused) if name != "part" else macro
    pages = work(facts, writer, by_hand)
    figures = [drawings.figure(name) for name in writer.shown.charts]
    charts = {made.id: (made.title, digest([made.title, made.table.to_csv(index=False)])) for made in figures}
    return Contents({path: (title, digest([text])) for path, (title, text) in pages.items()}, charts, tuple(refused))


def _or_refuse(macro: Callable[..., Any], writer: PageWriter, refused: list[Refused], *given: Any, **named: Any) -> Any:
    """What a macro writes; nothing where it refuses, so that the rest of the page is read as well."""
    try:
        return macro(*given, **named)
    except LookupFailed as error:
        said = (error.sentence, error.found) if isinstance(error, Disagreement) else ("", str(error))
        refused.append(Refused(writer.current_page, *said))
        return Markup("")


def _fill_templates(facts: Facts, writer: PageWriter, by_hand: Mapping[str, PageFile]) -> dict[str, tuple[str, str]]:
    return {page.path: (page.title, page.text) for page in make_pages(facts, writer, by_hand)}


def _fill_by_hand(_: Facts, writer: PageWriter, by_hand: Mapping[str, PageFile]) -> dict[str, tuple[str, str]]:
    return {path: (str(page.meta.get("title", path)), writer.fill(path, page.text)) for path, page in by_hand.items()}
