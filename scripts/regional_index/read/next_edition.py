"""The files of the next edition, laid out: what is declared of it, its claims file, pages that wait for words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from regional_index.errors import DataError, Problem
from regional_index.framework import Declarations, edition_page
from regional_index.read.page_files import DOCS, PageFile
from regional_index.read.source_files import read_source
from regional_index.read.yaml_edits import FRAMEWORK, SOURCES, SYNONYMS, add_items, quoted, remove_keys
from regional_index.read.yaml_files import load_yaml

TEMPLATE = "page_index"


@dataclass(frozen=True)
class NextEdition:
    """An edition that is about to be published.

    Attributes:
        name: Its code, as addresses have it, such as `2021`.
        year: The data year.
        publisher: Of its source.
        title: Likewise.
        terms: On which terms its figures may be used.
    """

    name: str
    year: int
    publisher: str
    title: str
    terms: str


@dataclass
class Changes:
    """Files to write, and files to remove, by path below the project."""

    write: dict[str, bytes] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)


def lay_out_edition(
    declared: Declarations, edition: NextEdition, pages: Mapping[str, PageFile], nodes: Mapping[str, str], template: str
) -> Changes:
    """What changes in `data/` and `docs/` for the next edition; nothing of what is there is overwritten.

    Args:
        declared: What people decided, the current edition among it.
        edition: The next one.
        pages: All pages by hand, by path below `docs/`; those about the current edition give way.
        nodes: The code of the index that a page is about, by its path.
        template: The text of the template that the pages of indices are made from.

    Raises:
        DataError: There is such an edition already, or a file cannot be edited with certainty.
    """
    slug, problems = edition_page(edition.name).split("/")[1], list[Problem]()
    file, source = f"published/{slug}.yml", f"article-{slug}"
    if edition.name == declared.framework.edition:
        remedy = "give the name of the next one"
        problems.append(Problem(FRAMEWORK, "series.published", f'"{edition.name}"', "another edition", remedy))
    if (declared.root / "data" / file).exists():
        remedy = "give another name, or move the file away"
        problems.append(Problem(f"data/{file}", "", "a file", "no file, for this one is written", remedy))
    if source in declared.sources:
        remedy = "give the edition another name, or rename that source"
        problems.append(Problem(SOURCES, "", f"a source {source}", "none, for it is added", remedy))
    if problems:
        raise DataError(problems)
    changes = Changes()
    changes.write[FRAMEWORK] = _declare(declared, read_source(declared.root, FRAMEWORK), edition, file, problems)
    said = {"publisher": edition.publisher, "title": edition.title, "years": str(edition.year), "terms": edition.terms}
    item = f"  - id: {source}\n" + "\n".join(f"    {key}: {quoted(value)}" for key, value in said.items())
    changes.write[SOURCES] = add_items(SOURCES, read_source(declared.root, SOURCES), "sources", [item], problems)
    lists = "\n".join(f"{name}: []" for name in ("places", "claims", "context", "trends"))
    head = f'edition: "{edition.name}"\ndata_year: {edition.year}\nsource: {source}\n'
    changes.write[f"data/{file}"] = f"{head}\n{lists}\n".encode()
    older = load_yaml(FRAMEWORK, read_source(declared.root, FRAMEWORK)).data["series"].get("published")
    if older:
        changes.remove.append(f"data/{older['file']}")
    for path, page in pages.items():
        if page.meta.get("about") != "edition":
            continue
        if path in nodes:
            changes.write[f"{DOCS}/{path}"] = _stub(page, nodes[path], template)
        else:
            changes.remove.append(f"{DOCS}/{path}")
    gone = {str(page.meta.get("title")) for path, page in pages.items() if f"{DOCS}/{path}" in changes.remove}
    if gone & declared.synonyms.keys():
        content = read_source(declared.root, SYNONYMS)
        changes.write[SYNONYMS] = remove_keys(SYNONYMS, content, gone & declared.synonyms.keys(), problems)
    if problems:
        raise DataError(problems)
    return changes


def _stub(page: PageFile, code: str, template: str) -> bytes:
    """A page with everything that follows from data, in which an editor writes the rest."""
    meta = {"title": page.meta.get("title", ""), "about": "edition"}
    head = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{head}---\n\n{{% set code = '{code}' %}}\n{template.strip()}\n".encode()


def _declare(declared: Declarations, content: bytes, edition: NextEdition, file: str, problems: list[Problem]) -> bytes:
    """The framework with the next edition in the place of the current one."""
    current, document = declared.framework.edition, load_yaml(FRAMEWORK, content)
    before = document.data["series"].get("published", {})
    names = {
        language: name.replace(current, edition.name) if current in name else edition.name
        for language, name in before.get("name", {}).items()
    }
    named = (
        f", name: {{{', '.join(f'{language}: {quoted(name)}' for language, name in names.items())}}}" if names else ""
    )
    line = f'published: {{edition: "{edition.name}"{named}, year: {edition.year}, file: {file}}}'
    lines = content.decode().splitlines(keepends=True)
    start = document.line(("series", "published")) - 1 if before else document.line(("series",))
    later = [number for path, number in document.lines.items() if len(path) <= 2 and number > start + 1]
    end = min(later, default=len(lines) + 1) - 1 if before else start
    indent = re.match(r"\s*", lines[document.line(("series", "open")) - 1])
    edited = "".join([*lines[:start], f"{indent[0] if indent else '  '}{line}\n", *lines[end:]]).encode()
    wanted = {"edition": edition.name, "year": edition.year, "file": file, **({"name": names} if names else {})}
    read = load_yaml(FRAMEWORK, edited)
    if read.problems or read.data != {**document.data, "series": {**document.data["series"], "published": wanted}}:
        found = f"series.published that cannot be edited with certainty, in line {start + 1}"
        problems.append(
            Problem(FRAMEWORK, f"{start + 1}", found, "one line that begins with published:", f"write {line}")
        )
        return content
    return edited
