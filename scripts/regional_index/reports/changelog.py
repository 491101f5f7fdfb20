"""A draft of the entry in CHANGELOG.md, which is in English whatever the language of the site."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from regional_index.framework import Declarations
from regional_index.render import SCORE_DECIMALS, is_missing, show_number
from regional_index.reports.names import WHEN, Names
from regional_index.results.diff import Diff

WIDTH = 120
MOST = 10
# The declaration of an indicator that says which figures there are.
OF_DATA = ".years"


def draft_entry(sides: Sequence[Declarations], diff: Diff) -> str:
    """What changed, as CHANGELOG.md has it: the method first, then the data and what they move.

    Args:
        sides: The present declarations, then those of the other version where they are known.
        diff: What differs.
    """
    names = Names(sides, english=True)
    moved = list(_moved(diff))
    method, data = list(_method(names, diff)), list(_data(names, diff))
    parts = {"Methodology changes": method and [*method, *moved], "Data": [*data, *([] if method else moved)]}
    return "\n\n".join(f"### {title}\n\n{_list(lines)}" for title, lines in parts.items() if lines)


def _list(lines: Sequence[str]) -> str:
    wrap = textwrap.TextWrapper(WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
    return "\n".join(map(wrap.fill, lines))


def _method(names: Names, diff: Diff) -> Iterator[str]:
    yield from _declared([each for each in diff.declared if not each[0].endswith(OF_DATA)])
    for index, rows in diff.weights.groupby("index", sort=False):
        shown = []
        for row in rows.to_dict("records"):
            before, after = ("not a part" if is_missing(row[w]) else show_number(row[w], 4) for w in WHEN)
            shown.append(f"{names.of(row['part'])} {before}, now {after}")
        yield f"Weights in {names.of(str(index))}: {'; '.join(shown)}."


def _declared(found: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    for place, before, after in found[:MOST]:
        yield f"`{place}`: {before or 'not declared'}, now {after or 'not declared'}."
    if len(found) > MOST:
        yield f"{len(found) - MOST} more declarations in `data/framework.yml`."


def _data(names: Names, diff: Diff) -> Iterator[str]:
    for when, verb in zip(WHEN, ("removed", "added"), strict=True):
        if diff.years[when]:
            yield f"Open series: {_years(diff.years[when])} {verb}."
        if diff.regions[when]:
            yield f"Regions {verb}: {', '.join(map(names.region, diff.regions[when]))}."
    yield from _declared([each for each in diff.declared if each[0].endswith(OF_DATA)])
    figures = diff.figures
    both = figures[figures[["status_before", "status_after"]].notna().all(axis=1)]
    for row in both.head(MOST).to_dict("records"):
        shown = names.numbers(row["indicator"], row)
        gone = {w: str(row[f"status_{w}"]).replace("_", " ") for w in WHEN if is_missing(row[w])}
        before, after = ({**shown, **gone}[when] for when in WHEN)
        place = f"{names.of(row['indicator'])}, {names.region(row['region'])}, {row['year']}"
        yield f"{place}: {before}, now {after}."
    if len(both) > MOST:
        yield f"{len(both) - MOST:,} more figures changed."
    for verb, missing in (("added", "status_before"), ("removed", "status_after")):
        found = figures[figures[missing].isna()]
        if len(found):
            listed = ", ".join(map(names.of, dict.fromkeys(found["indicator"])))
            yield f"{len(found):,} figures {verb}, {_years(found['year'].unique())}: {listed}."


def _moved(diff: Diff) -> Iterator[str]:
    moved = diff.moved
    if len(moved):
        ranks = int((moved["rank_change"].abs() > 0).sum())
        largest = show_number(moved["score_change"].abs().max(), SCORE_DECIMALS)
        yield (
            f"{len(moved):,} of {diff.compared:,} scores of the open series move, by {largest} at most, "
            f"and {ranks:,} ranks."
        )
    elif diff.compared:
        yield "No score and no rank of the open series moves."
    if diff.verdicts or len(diff.published):
        yield f"Published edition: {len(diff.verdicts)} verdicts and {len(diff.published)} scores or intervals change."


def _years(years: Any) -> str:
    """Years with runs drawn together."""
    runs = groupby(enumerate(sorted(map(int, years))), lambda pair: pair[1] - pair[0])
    spans = [[year for _, year in run] for _, run in runs]
    return ", ".join(f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)
