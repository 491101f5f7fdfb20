"""The report on two versions: what differs, why, what is no longer true, and a draft of the changelog."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.framework import Declarations
from regional_index.pages.contents import Contents, Refused
from regional_index.render import (
    SCORE_DECIMALS,
    Column,
    Table,
    drop_noise,
    is_missing,
    rows_of,
    show_change,
    show_number,
    show_percent,
    show_years,
)
from regional_index.reports.changelog import draft_entry
from regional_index.reports.names import WHEN, Names
from regional_index.reports.writing import Report, Section
from regional_index.results.diff import BETWEEN, NO_DATA, Diff
from regional_index.results.why import OF_SCORES, SWITCHES
from regional_index.topics.edition.findings import say_claim

TOP = 3
OF_CHANGES = (*OF_SCORES, "program")
OF_RANKS = (*SWITCHES, "program")
# Smaller parts are in the tables, not in the reason.
SMALL = 0.005
STATUSES = {"not_published": "status.not_published", "excluded": "status.exclude", "published": "status.published"}
Row = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Compared:
    """All that a report on two versions is made of.

    Attributes:
        facts: The present version, whose words and names are printed.
        earlier: Declarations of the other, for names that the present one has not; nothing where they are not known.
        diff: What differs.
        contents: What pages and charts hold, before and after; nothing before where that is not known.
        program: What computed the earlier version: `now`, the present program; `own`, its own, which differs;
            `failed`, the present one, for its own does not run any more; empty for results that were there.
        complaint: Why its own program failed.
    """

    facts: Facts
    earlier: Declarations | None
    diff: Diff
    contents: tuple[Contents | None, Contents] = (None, Contents())
    program: str = ""
    complaint: str = ""


def report_diff(compared: Compared) -> Report:
    """The report; one sentence where nothing differs."""
    facts, diff = compared.facts, compared.diff
    title = facts.sentence("diff.title", before=diff.before)
    notes = [facts.word(f"diff.program_{compared.program}")] if compared.program in ("own", "failed") else []
    notes += [compared.complaint] if compared.complaint else []
    language, rest = facts.framework.language, facts.word("diff.rest")
    if diff.is_empty:
        return Report(title, language, (facts.word("diff.nothing"), *notes), (), rest)
    writer = _Writer(compared)
    draft = draft_entry([facts.declared, *([compared.earlier] if compared.earlier else [])], diff)
    sections = (
        writer.refused(), writer.edition(), writer.figures(), writer.declared(), writer.ends(), writer.scores(),
        writer.ranks(), writer.appeared(), writer.pages(), Section(facts.word("diff.changelog"), text=draft),
    )  # fmt: skip
    filled = tuple(section for section in sections if section.lines or section.tables or section.text)
    return Report(title, language, (*writer.summary(), *notes), filled, rest)


class _Writer:
    """Writes the parts of a report."""

    def __init__(self, compared: Compared) -> None:
        self._facts, self._diff, self._contents = compared.facts, compared.diff, compared.contents
        self._names = Names([compared.facts.declared, *([compared.earlier] if compared.earlier else [])])
        figures = self._diff.figures
        self._figures = {(row["indicator"], row["region"], row["year"]): row for row in figures.to_dict("records")}

    def summary(self) -> Iterator[str]:
        """The first lines: how much differs, the largest changes and their reasons, what is no longer true."""
        facts, diff = self._facts, self._diff
        added, removed = (int(diff.figures[f"status_{when}"].isna().sum()) for when in WHEN)
        changed = len(diff.figures) - added - removed
        if len(diff.figures) or diff.unexplained != NO_DATA:
            yield facts.sentence("diff.figures_counted", changed=changed, added=added, removed=removed)
        scores, ranks = (f"{_differs(diff.moved[f'{what}_change']).sum():,}" for what in ("score", "rank"))
        yield facts.sentence("diff.scores_counted", compared=f"{diff.compared:,}", scores=scores, ranks=ranks)
        only = diff.scores[diff.scores["score_change"].isna()]
        if len(only):
            new = int(only["score_after"].notna().sum())
            yield facts.sentence("diff.only_counted", new=f"{new:,}", gone=f"{len(only) - new:,}")
        if diff.unexplained:
            yield facts.word(f"diff.unexplained_{diff.unexplained}")
        for row in self._leading("score_change")[:TOP]:
            yield facts.sentence(
                "diff.mover", year=row["year"], index=self._names.of(row["index"]), reason=self._reason(row),
                region=self._names.region(row["region"]), change=_change(row["score_change"]),
                **{when: _score(row[f"score_{when}"]) for when in WHEN},
                **{f"rank_{when}": show_number(row[f"rank_{when}"], 0) for when in WHEN},
            )  # fmt: skip
        found = self._false()
        sentences = sum(bool(each.sentence) for each in found)
        yield facts.sentence("diff.false_counted", count=sentences) if sentences else facts.word("diff.none_false")
        if len(found) > sentences:
            yield facts.sentence("diff.unfilled_counted", count=len(found) - sentences)
        if facts.has_edition or len(diff.published) or diff.verdicts:
            key = "diff.edition_changed" if len(diff.published) or diff.verdicts else "diff.edition_same"
            yield facts.sentence(key, scores=len(diff.published), claims=len(diff.verdicts))

    def refused(self) -> Section:
        """Sentences that are false now, and places of pages that cannot be filled."""
        facts, found = self._facts, self._false()
        columns = self._columns("page", "sentence+", "now+")
        rows = [(f"docs/{each.page}", each.sentence, each.reason) for each in found if each.sentence]
        places = [facts.sentence("diff.cannot_fill", page=e.page, reason=e.reason) for e in found if not e.sentence]
        return Section(facts.word("diff.false"), tuple(places), self._table("diff.false_caption", columns, rows))

    def edition(self) -> Section:
        """What differs in the published edition."""
        facts, diff = self._facts, self._diff
        claims = facts.findings.edition.claims if facts.findings else {}
        verdicts = [
            (claim, say_claim(claims[claim], facts) if claim in claims else "",
             *(facts.word(f"verdict.{each}" if each else "diff.absent") for each in sides))
            for claim, *sides in diff.verdicts
        ]  # fmt: skip
        columns = self._columns("claim", "sentence+", "before", "after")
        tables = self._table("diff.verdicts_caption", columns, verdicts)
        rows = [(*self._place(row), *(_published(facts, row, w) for w in WHEN)) for row in _records(diff.published)]
        columns = self._columns("index", "region", "year", "before*", "after*")
        tables += self._table("diff.edition_caption", columns, rows)
        return Section(facts.word("diff.edition"), tables=tables)

    def figures(self) -> Section:
        """Single figures that changed, how many are new or gone, and control totals that differ."""
        facts, names, found = self._facts, self._names, self._diff.figures
        both = found[found[["status_before", "status_after"]].notna().all(axis=1)]
        rows = [
            (names.of(row["indicator"]), names.region(row["region"]), str(row["year"]),
             *self._shown(row).values(), _percent(row))
            for row in _records(both)
        ]  # fmt: skip
        columns = self._columns("indicator", "region", "year", "before*", "after*", "percent*")
        lines = [*self._counts("added", "status_before"), *self._counts("removed", "status_after")]
        for row in _records(self._diff.totals.dropna()):
            totals, sums = (
                names.numbers(row["indicator"], {w: row[f"{what}_{w}"] for w in WHEN}) for what in ("total", "sum")
            )
            shown = {f"total_{w}": totals[w] for w in WHEN} | {f"sum_{w}": sums[w] for w in WHEN}
            lines.append(facts.sentence("diff.total", indicator=names.of(row["indicator"]), year=row["year"], **shown))
        return Section(facts.word("diff.figures"), tuple(lines), self._table("diff.cells_caption", columns, rows))

    def _counts(self, kind: str, missing: str) -> Iterator[str]:
        """How many figures of which indicators are new or gone, by year; indicators with as many together."""
        facts, figures = self._facts, self._diff.figures
        for year, frame in figures[figures[missing].isna()].groupby("year"):
            counts = frame.groupby("indicator", sort=False).size()
            listed = [
                facts.sentence(
                    "diff.each" if len(same) > 1 else "diff.single",
                    names=self._list(map(self._names.of, same.index)),
                    count=int(count),
                )
                for count, same in counts.groupby(counts, sort=False)
            ]
            joined = facts.word("list.semicolon").join(listed)
            yield facts.sentence(f"diff.figures_{kind}", year=year, count=len(frame), listed=joined)

    def declared(self) -> Section:
        """What people decided otherwise: years, regions, weights, method."""
        facts, diff, names = self._facts, self._diff, self._names
        lines: list[str] = []
        for when in reversed(WHEN):
            if diff.years[when]:
                lines.append(facts.sentence(f"diff.years_{when}", years=show_years(facts, diff.years[when])))
            if diff.regions[when]:
                listed = self._list(map(names.region, diff.regions[when]))
                lines.append(facts.sentence(f"diff.regions_{when}", regions=listed))
        undeclared = facts.word("diff.undeclared")
        declared = [(place, old or undeclared, new or undeclared) for place, old, new in diff.declared]
        tables = self._table("diff.declared_caption", self._columns("place", "before+", "after+"), declared)
        rows = [
            (names.of(row["index"]), names.of(row["part"]), *(show_number(row[when], 4) for when in WHEN))
            for row in _records(diff.weights)
        ]
        columns = self._columns("index", "part", "before*", "after*")
        tables += self._table("diff.weights_caption", columns, rows)
        return Section(facts.word("diff.declared"), tuple(lines), tables)

    def ends(self) -> Section:
        """Numbers of the scales that differ, with the cells that are the new ends."""
        facts, names = self._facts, self._names
        yearly = (self._diff.ends["year"] != 0).any() if len(self._diff.ends) else False
        rows = [
            (names.of(row["indicator"]), facts.word(f"diff.end_{row['end']}"), *([str(row["year"])] if yearly else []),
             *names.numbers(row["indicator"], row).values(),
             names.region(row["region"]), str(row["cell_year"] or ""))
            for row in _records(self._diff.ends)
        ]  # fmt: skip
        columns = self._columns(
            "indicator", "end_column", *(["end_year"] if yearly else []), "before*", "after*", "cell", "year"
        )
        return Section(facts.word("diff.ends"), tables=self._table("diff.ends_caption", columns, rows))

    def scores(self) -> Section:
        """Scores that moved: a line for each index, then the largest moves with their parts."""
        facts, moved, parts = self._facts, self._diff.moved, self._parts("score", OF_CHANGES)
        moved = moved[_differs(moved["score_change"])]
        numbers = ["score_change", *(f"score_{name}" for name in parts)]
        overview = [
            (self._names.of(str(code)), f"{len(frame):,}", *(_score(frame[name].abs().mean()) for name in numbers))
            for code, frame in moved.groupby("index", sort=False)
        ]
        of_parts = [f"{name}*" for name in parts]
        tables = self._table(
            "diff.overview_caption", self._columns("index", "count*", "mean_change*", *of_parts), overview
        )
        rows = [
            (*self._place(row), *(_score(row[f"score_{when}"]) for when in WHEN), *(_change(row[n]) for n in numbers),
             self._reason(row, short=True))
            for row in self._leading("score_change")
        ]  # fmt: skip
        columns = self._columns("index", "region", "year", "before*", "after*", "change*", *of_parts, "reason+")
        tables += self._table("diff.scores_caption", columns, rows, parts)
        return Section(facts.word("diff.scores"), tables=tables)

    def ranks(self) -> Section:
        """Ranks that moved, with the places that each part gained."""
        parts = self._parts("rank", OF_RANKS)
        rows = [
            (*self._place(row), *(show_number(row[f"rank_{when}"], 0) for when in WHEN), _places(row["rank_change"]),
             *(_places(row[f"rank_{name}"]) for name in parts))
            for row in self._leading("rank_change")
        ]  # fmt: skip
        columns = self._columns("index", "region", "year", "before*", "after*", "places*", *(f"{n}*" for n in parts))
        others = [name for name in parts if name not in OF_CHANGES]
        return Section(self._facts.word("diff.ranks"), tables=self._table("diff.ranks_caption", columns, rows, others))

    def appeared(self) -> Section:
        """Scores that only one version has in a year of both: of whom, by index, and when."""
        facts, lines = self._facts, []
        only = self._diff.scores[self._diff.scores["score_change"].isna()]
        only = only[~only["year"].isin([*self._diff.years["before"], *self._diff.years["after"]])]
        for (code, is_new), frame in only.groupby(["index", only["score_after"].notna()], sort=False):
            regions = [
                facts.sentence("diff.in_years", name=self._names.region(str(region)), years=show_years(facts, years))
                for region, years in frame.groupby("region", sort=False)["year"]
            ]
            key = "diff.score_appeared" if is_new else "diff.score_gone"
            lines.append(facts.sentence(key, index=self._names.of(str(code)), regions=self._list(regions)))
        return Section(facts.word("diff.appeared"), tuple(lines))

    def pages(self) -> Section:
        """Pages and charts that show something else, alike ones together."""
        facts, lines = self._facts, []
        before, after = self._contents
        if before is None:
            return Section(facts.word("diff.pages"), (facts.word("diff.pages_unknown"),))
        for what, kind in (("pages", self._page_kind), ("charts", self._chart_kind)):
            differing = after.differing(before, what)
            groups: dict[str, list[str]] = {}
            for name, title in differing.items():
                groups.setdefault(kind(name), []).append(title if what == "pages" else name)
            shown = [self._group(kind, len(all_)) if len(all_) > 1 else all_[0] for kind, all_ in groups.items()]
            lines += [facts.sentence(f"diff.{what}_listed", count=len(differing), listed=self._list(shown))]
        return Section(facts.word("diff.pages"), tuple(lines))

    def _page_kind(self, path: str) -> str:
        """Pages of regions and of their receipts are alike."""
        parts = path.split("/")
        if parts[0] != "regions" or path == "regions/index.md":
            return path
        return self._facts.word("diff.receipt_pages" if len(parts) > 2 else "diff.region_pages")

    def _chart_kind(self, chart: str) -> str:
        """The id of a chart with a star for the region, index or indicator that it is about."""
        padded = f"-{chart}-"
        for side in self._names.sides:
            slugs = (region.slug for region in side.regions.values())
            for name in (*slugs, *side.framework.nodes, *side.framework.indicators):
                if f"-{name}-" in padded:
                    return padded.replace(f"-{name}-", "-*-").strip("-")
        return chart

    def _false(self) -> list[Refused]:
        """What no page may say, but for places that could not be filled before either."""
        before, after = self._contents
        known = before.refused if before else ()
        return list(dict.fromkeys(each for each in after.refused if each.sentence or each not in known))

    def _leading(self, column: str) -> list[Row]:
        """The largest changes first; of every region and index that of the year that changed most."""
        moved = self._diff.moved[_differs(self._diff.moved[column])]
        ordered = moved.iloc[(-moved[column].abs().round(9)).argsort(kind="stable")]
        return _records(ordered.drop_duplicates(["index", "region"]))

    def _parts(self, what: str, names: Iterable[str]) -> list[str]:
        """The parts of which any is not 0."""
        return [name for name in names if _differs(self._diff.moved[f"{what}_{name}"]).any()]

    def _reason(self, row: Row, *, short: bool = False) -> str:
        """Each part of a change with what is behind it, the largest first; in short, without any numbers."""
        facts = self._facts
        if row["note"]:
            return facts.word("diff.no_parts_between" if row["note"] == BETWEEN else "diff.no_parts_at_all")
        found = {name: abs(row[f"score_{name}"]) for name in OF_CHANGES}
        told = [name for name in sorted(found, key=lambda name: -found[name]) if found[name] >= SMALL]
        said = []
        for name in told or [max(found, key=lambda name: found[name])]:
            part, change = facts.word(f"diff.{name}"), _change(row[f"score_{name}"])
            code = row.get(f"{name}_indicator", "")
            detail = self._names.of(code) if short and code else self._behind(name, code, row)
            if short:
                said.append(facts.sentence("diff.because_short", part=part, detail=detail) if detail else part)
            elif detail:
                said.append(facts.sentence("diff.because_of", part=part, change=change, detail=detail))
            else:
                said.append(facts.sentence("diff.because", part=part, change=change))
        return facts.word("list.semicolon").join(said)

    def _behind(self, part: str, code: str, row: Row) -> str:
        """The figure or the end of a scale that is most of a part; of coverage, what is there or missing now."""
        if part == "coverage":
            return self._list(map(self._names.of, self._now_or_no_longer_missing(row)))
        cell = self._figures.get((self._names.file_of(code), row["region"], row["year"]))
        if part == "own" and cell:
            return self._facts.sentence("diff.figure_moved", indicator=self._names.of(code), **self._shown(cell))
        ends = self._diff.ends
        ends = ends[(ends["indicator"] == code) & ends["year"].isin([0, row["year"]])] if code else ends.iloc[:0]
        if part == "scale" and len(ends):
            return self._end(_records(ends)[0])
        return self._names.of(code) if code else ""

    def _now_or_no_longer_missing(self, row: Row) -> Iterator[str]:
        """Indicators below an index that a region has in one version only."""
        for code in self._facts.framework.indicators_below(row["index"]):
            cell = self._figures.get((self._names.file_of(code), row["region"], row["year"]))
            if cell and is_missing(cell["before"]) != is_missing(cell["after"]):
                yield code

    def _end(self, row: Row) -> str:
        facts, code = self._facts, row["indicator"]
        gaps = {"indicator": self._names.of(code), "end": facts.word(f"diff.end_{row['end']}")}
        gaps |= self._names.numbers(code, row)
        if not row["region"]:
            return facts.sentence("diff.end", **gaps)
        return facts.sentence("diff.end_cell", **gaps, region=self._names.region(row["region"]), year=row["cell_year"])

    def _shown(self, row: Row) -> dict[str, str]:
        """A figure before and after, or why there is none."""
        shown = self._names.numbers(row["indicator"], row)
        for when in WHEN:
            status = row[f"status_{when}"]
            if is_missing(row[when]):
                shown[when] = self._facts.word("diff.absent" if is_missing(status) else STATUSES[status])
        return shown

    def _place(self, row: Row) -> tuple[str, str, str]:
        return self._names.of(row["index"]), self._names.region(row["region"]), str(row["year"])

    def _group(self, name: str, count: int) -> str:
        return self._facts.sentence("diff.group", name=name, count=count)

    def _list(self, names: Iterable[str]) -> str:
        return self._facts.word("list.separator").join(names)

    def _columns(self, *names: str) -> tuple[Column, ...]:
        """Columns by the key of their word: a star for numbers, a plus for text that may wrap."""
        known = {"index": "table.index", "region": "table.region", "year": "table.year", "indicator": "table.indicator"}
        bare = {name: name.rstrip("*+") for name in names}
        words = {name: self._facts.word(known.get(key, f"diff.{key}")) for name, key in bare.items()}
        return tuple(Column(words[n], numeric=n.endswith("*"), wide=n.endswith("+")) for n in names)

    def _table(
        self, caption: str, columns: tuple[Column, ...], rows: Iterable[Iterable[str]], parts: Iterable[str] = ()
    ) -> tuple[Table, ...]:
        """A table, with what the parts of a change are below it; none without rows."""
        note = self._facts.word("list.sentences").join(self._facts.word(f"diff.means_{name}") for name in parts)
        cells = rows_of(rows)
        return (Table("", self._facts.word(caption), columns, cells, note=note),) if cells else ()


def _records(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _differs(changes: pd.Series) -> pd.Series:
    """Which changes are more than what arithmetic leaves of 0."""
    return changes.fillna(0).map(drop_noise) != 0


def _published(facts: Facts, row: Row, when: str) -> str:
    """A score of the edition: as stated, or the interval."""
    if not is_missing(row[f"score_{when}"]):
        return _score(row[f"score_{when}"])
    if is_missing(row[f"lower_{when}"]):
        return facts.word("diff.absent")
    return facts.sentence("list.range", first=_score(row[f"lower_{when}"]), last=_score(row[f"upper_{when}"]))


def _score(value: Any) -> str:
    return show_number(drop_noise(value), SCORE_DECIMALS)


def _change(value: Any) -> str:
    return show_change(drop_noise(value), SCORE_DECIMALS)


def _places(value: Any) -> str:
    return show_change(drop_noise(value), 0 if is_missing(value) or float(value).is_integer() else 2)


def _percent(row: Row) -> str:
    old, new = row["before"], row["after"]
    if is_missing(old) or is_missing(new) or not old:
        return ""
    return ("+" if new > old else "") + show_percent(new / old - 1, 1)
