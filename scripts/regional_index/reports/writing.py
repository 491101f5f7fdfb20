"""A report, and the ways to write it: on the terminal, as HTML in one file, as Markdown."""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup
from rich.console import Group, RenderableType
from rich.markup import escape as escape_rich
from rich.table import Table as RichTable
from rich.text import Text

from regional_index.render import Table, element, plain_table, render_table, table_markdown

# Rows of a table in a report that is read as a whole; the page has ten times as many.
SHORT, LONG = 20, 200
STYLE = """
:root { color-scheme: light dark; --line: #d0d7de; --soft: #57606a; --back: #fff; --text: #1f2328; --shade: #f6f8fa }
@media (prefers-color-scheme: dark) {
  :root { --line: #3d444d; --soft: #9aa4af; --back: #0d1117; --text: #e6edf3; --shade: #161b22 } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--back); color: var(--text);
  font: 16px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.3 } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
ul { padding-left: 1.2rem } li { margin: .2rem 0 } .summary { font-size: 1.05rem }
.ri-scroll { overflow-x: auto; margin: .75rem 0 } table { border-collapse: collapse; font-size: .875rem }
caption { text-align: left; color: var(--soft); padding: .25rem 0 } th, td { padding: .25rem .6rem; text-align: left;
  vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: normal; white-space: nowrap }
th { background: var(--shade); font-weight: 600 } .ri-n { text-align: right; font-variant-numeric: tabular-nums }
.ri-wide { white-space: normal; min-width: 16rem } .ri-note { color: var(--soft); font-size: .875rem; margin: .25rem 0 }
pre { background: var(--shade); border: 1px solid var(--line); padding: .75rem; white-space: pre-wrap }
"""


@dataclass(frozen=True)
class Section:
    """A part of a report: sentences, then tables, then a text to be copied."""

    title: str
    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Report:
    """A report.

    Attributes:
        title: What it is about.
        language: Of its words.
        summary: What a reader must know, a sentence each.
        sections: The rest.
        rest: The sentence that says how many rows a table leaves out, with a gap `{count}`.
    """

    title: str
    language: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    rest: str


def write_markdown(report: Report) -> str:
    """The report for a pull request: tables of at most `SHORT` rows, no links."""
    parts = [f"# {_plain(report.title)}\n", *_bullets(report.summary)]
    for section in report.sections:
        parts += [f"\n## {_plain(section.title)}\n", *_bullets(section.lines)]
        for table in section.tables:
            parts += ["", table_markdown(plain_table(_shorten(table, SHORT), str)), *_rest(report, table, SHORT)]
            parts += [f"\n{_plain(str(table.note))}"] if table.note else []
        parts += [f"```markdown\n{section.text}\n```"] if section.text else []
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).strip() + "\n"


def write_html(report: Report) -> str:
    """The report as a page that needs nothing else."""
    body = [element("h1", report.title), _list(report.summary, "summary")]
    for section in report.sections:
        body += [element("h2", section.title), _list(section.lines)]
        for table in section.tables:
            body.append(render_table(replace(_shorten(table, LONG), sortable=False)))
            body += [element("p", line, class_="ri-note") for line in _rest(report, table, LONG)]
        body += [element("pre", Markup("{}").format(section.text))] if section.text else []
    head = [
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", report.title),
        Markup("<style>{}</style>").format(Markup(STYLE)),
    ]
    page = element("html", element("head", *head), element("body", element("main", *body)), lang=report.language)
    return f"<!doctype html>\n{page}\n"


def write_terminal(report: Report) -> Group:
    """The report for a terminal: tables of at most `SHORT` rows."""
    parts: list[RenderableType] = [Text(report.title, "bold"), *_points(report.summary)]
    for section in report.sections:
        parts += [Text(), Text(section.title, "bold"), *_points(section.lines)]
        for table in section.tables:
            parts += [_rich_table(_shorten(table, SHORT)), *map(Text, _rest(report, table, SHORT))]
            parts += [Text(str(table.note), "dim")] if table.note else []
        parts += [Text(textwrap.indent(section.text, "  "))] if section.text else []
    return Group(*parts)


def _shorten(table: Table, most: int) -> Table:
    return replace(table, rows=table.rows[:most])


def _rest(report: Report, table: Table, most: int) -> list[str]:
    left = len(table.rows) - most
    return [report.rest.format(count=f"{left:,}")] if left > 0 else []


def _bullets(lines: Iterable[str]) -> list[str]:
    return [f"- {_plain(line)}" for line in lines]


def _plain(text: str) -> str:
    """Text in which Markdown finds nothing to do."""
    return re.sub(r"([\\`*_\[<|])", r"\\\1", " ".join(text.split()))


def _points(lines: Iterable[str]) -> list[Text]:
    return [Text(f"• {line}") for line in lines]


def _list(lines: Iterable[str], kind: str | None = None) -> Markup:
    points = [element("li", line) for line in lines]
    return element("ul", *points, class_=kind) if points else Markup("")


def _rich_table(table: Table) -> RichTable:
    drawn = RichTable(title=Text(table.caption), title_justify="left", expand=False)
    for column in table.columns:
        drawn.add_column(escape_rich(column.title), justify="right" if column.numeric else "left", overflow="fold")
    for row in plain_table(table, str).rows:
        drawn.add_row(*(escape_rich(str(value if value is not None else "")) for value in row))
    return drawn
