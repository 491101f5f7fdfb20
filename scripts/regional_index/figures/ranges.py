"""Chart of rank ranges when the choices of the method are varied: a bar, a tick, a dot for each region."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import credit, missing_note, named_or_counted, sentences, whole_number, widest
from regional_index.figures.legend import Entry, draw_legend, draw_sign, legend_height
from regional_index.figures.model import Figure
from regional_index.figures.scale import At, bands, linear
from regional_index.figures.text import SMALL, text_width
from regional_index.framework import Robustness, site_name
from regional_index.render import is_missing, show_number

ROW, HEAD = 16, 22
MOST_TICKS = 7
RANKS = ("rank_lower", "rank_median", "rank_upper")


def chart_ranges(facts: Facts, code: str) -> Figure:
    """Ranks in an index in the last year by the declared method, and between which ranks 90 % of the draws lie."""
    frame = ranges_of(facts, code)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": facts.last_year}
    note = missing_note(facts, frame.index[frame["rank"].isna()])
    table = _table(facts, frame)
    return Figure(
        id=f"{code}-ranges",
        title=facts.sentence("chart.ranges.title", **words),
        description=sentences(facts, *_describe(facts, frame, words), note),
        chart=_draw(facts, frame),
        table=table,
        sources=sources,
        credit=credit(facts, sources, facts.sentence("chart.ranges.note", **_draws(facts)), note),
        status=facts.word("chart.status_computed"),
        decimals=dict.fromkeys(table.columns.drop(facts.word("chart.region")), 0),
    )


def declared(facts: Facts) -> Robustness:
    """What the framework declares to be varied.

    Raises:
        LookupFailed: It declares nothing.
    """
    if facts.framework.robustness is None:
        raise LookupFailed("data/framework.yml declares no `robustness`")
    return facts.framework.robustness


def ranges_of(facts: Facts, code: str) -> pd.DataFrame:
    """Rank and range of ranks of every evaluated region in the last year, best first, without a rank last.

    Returns:
        Frame indexed by region code: `rank, rank_lower, rank_median, rank_upper`, whole numbers or missing.

    Raises:
        LookupFailed: The framework declares nothing to be varied, or the index has no ranges.
    """
    declared(facts)
    ranks, key = facts.open.scores(code)["rank"], (code, facts.last_year)
    found = facts.soundness.robustness.ranges
    if key not in found.index.droplevel("region"):
        raise LookupFailed(f'there are no ranges of ranks of "{code}" in {facts.last_year}')
    frame = pd.concat([ranks, found.loc[key].reindex(ranks.index)[list(RANKS)]], axis=1).astype("Int64")
    return frame.mask(frame["rank"].isna())


def _draws(facts: Facts) -> dict[str, str]:
    """Says how many draws there were, and of what."""
    robustness = declared(facts)
    names = facts.word("chart.list").join(facts.word(f"choice.{name}") for name in robustness.varied)
    return {"draws": show_number(robustness.draws, 0), "choices": names or facts.word("choice.nothing")}


def _describe(facts: Facts, frame: pd.DataFrame, words: dict[str, Any]) -> list[str]:
    """Says what was varied, how sure the leader is, whose range is widest, whose is a single rank."""
    known = frame.dropna()
    said = [facts.sentence("chart.ranges.description", **words, **_draws(facts), count=int(frame["rank"].count()))]
    if known.empty:  # the draws gave no score that could be ranked
        return said
    leaders = [_with_range(facts, str(code), line) for code, line in known[known["rank"] == 1].iterrows()]
    if leaders:
        said.append(facts.sentence("chart.ranges.leader", leaders=facts.word("chart.list").join(leaders)))
    widths = known["rank_upper"] - known["rank_lower"]
    if widths.max() > 0:
        names = named_or_counted(facts, _codes(widths == widths.max()))
        said.append(facts.sentence("chart.ranges.widest", regions=names, width=int(widths.max())))
    if fixed := _codes(widths == 0):
        said.append(facts.sentence("chart.ranges.fixed", regions=named_or_counted(facts, fixed)))
    return said


def _with_range(facts: Facts, code: str, line: pd.Series) -> str:
    """A region with its range in the place of its rank."""
    gaps = {"lower": line["rank_lower"], "upper": line["rank_upper"]}
    return facts.sentence("rank.range", rank=facts.regions[code].name, **gaps)


def _codes(chosen: pd.Series) -> list[str]:
    return [str(code) for code in chosen.index[chosen]]


def _table(facts: Facts, frame: pd.DataFrame) -> pd.DataFrame:
    words = ("chart.rank", "chart.ranges.lower", "table.rank_median", "chart.ranges.upper")
    titles = {name: facts.word(word) for name, word in zip(("rank", *RANKS), words, strict=True)}
    table = frame.rename(columns=titles).reset_index(drop=True)
    table.insert(1, facts.word("chart.region"), [facts.regions[str(code)].name for code in frame.index])
    return table


def _shown(facts: Facts, line: pd.Series) -> str:
    """The rank with its range; alone where no range is known."""
    rank, lower, upper = (line[name] for name in ("rank", "rank_lower", "rank_upper"))
    if is_missing(rank):
        return facts.word("chart.not_published")
    if is_missing(lower):
        return whole_number(rank)
    return facts.sentence("rank.range", rank=rank, lower=lower, upper=upper)


def _draw(facts: Facts, frame: pd.DataFrame) -> Any:
    rows = [_row(facts, str(code), line) for code, line in frame.iterrows()]
    signs = {"published": "declared", "median": "median", "interval": "interval"}
    entries = [Entry(sign, facts.word(f"chart.ranges.{word}")) for sign, word in signs.items()]
    top = legend_height(entries) + HEAD
    canvas = Canvas(WIDTH, top + ROW * len(rows))
    y = At("region", bands([row["region"] for row in rows], top, canvas.height))
    head = facts.word("chart.ranges.head")
    right = WIDTH - max(widest(row["shown"] for row in rows), text_width(head, SMALL)) - 12
    count = max(int(frame["rank"].count()), 2)
    x = linear(1, count, widest(row["region"] for row in rows) + 13, right)
    draw_legend(canvas, entries)
    ticks = [{"tick": tick, "shown": str(tick)} for tick in choose_ranks(count)]
    small: dict[str, Any] = {"fill": "muted", "fontSize": SMALL, "y": top - 10}
    canvas.add("rule", ticks, x=At("tick", x), y=top - 2, y2=canvas.height, stroke="grid", strokeWidth=0.7)
    canvas.add("text", ticks, text="shown", x=At("tick", x), **small)
    canvas.add("text", text=head, x=WIDTH, align="right", **small)
    canvas.add("text", rows, text="region", x=0, y=y, align="left")
    for missing, token in ((False, "ink"), (True, "muted")):
        chosen = [row for row in rows if (row["rank"] is None) is missing]
        canvas.add("text", chosen, text="shown", x=WIDTH, y=y, align="right", fill=token)
    _draw_marks(facts, canvas, rows, x, y)
    return canvas.chart()


def _row(facts: Facts, code: str, line: pd.Series) -> dict[str, Any]:
    numbers = {name: None if is_missing(line[name]) else int(line[name]) for name in ("rank", *RANKS)}
    return {"region": facts.regions[code].label, "shown": _shown(facts, line), **numbers}


def choose_ranks(count: int) -> list[int]:
    """The ranks that are marked on an axis: 1 and a few round ones.

    Examples:
        >>> choose_ranks(5), choose_ranks(31)
        ([1, 2, 3, 4, 5], [1, 5, 10, 15, 20, 25, 30])
    """
    steps = (m * 10**power for power in range(9) for m in (1, 2, 5))
    step = next(step for step in steps if count / step <= MOST_TICKS)
    return sorted({1, *range(step, count + 1, step)})


def _draw_marks(facts: Facts, canvas: Canvas, rows: Sequence[dict[str, Any]], x: Any, y: At) -> None:
    tips = {"region": facts.word("chart.region"), "shown": facts.word("chart.ranges.head")}
    tips |= {"rank_median": facts.word("table.rank_median")}
    ranged = [row for row in rows if row["rank_lower"] is not None]
    wide = [row for row in ranged if row["rank_lower"] < row["rank_upper"]]
    draw_sign(canvas, "interval", wide, x=At("rank_lower", x), x2=At("rank_upper", x), y=y, tips=tips)
    draw_sign(canvas, "median", ranged, x=At("rank_median", x), y=y, tips=tips)
    ranked = [row for row in rows if row["rank"] is not None]
    draw_sign(canvas, "published", ranked, x=At("rank", x), y=y, tips=tips)
