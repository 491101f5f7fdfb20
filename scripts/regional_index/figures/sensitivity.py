"""Which choice of the method moves the ranks: two bars a choice, what it does alone and what it does in all."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import credit, sentences, widest
from regional_index.figures.legend import Entry, draw_legend, draw_sign, legend_height
from regional_index.figures.model import Figure
from regional_index.figures.ranges import declared
from regional_index.figures.scale import At, linear
from regional_index.figures.text import SMALL
from regional_index.framework import site_name
from regional_index.render import MISSING, is_missing, show_percent

ROW, ABOVE, BOTTOM = 36, 6, 20
BAR, APART = 10, 14  # height of a bar; distance of the two bars of a choice
CAP = 3  # half the height of the ends of an interval
TICKS = (0, 25, 50, 75, 100)
PERCENT = "%"
KINDS = ("first", "total")
SIGNS = {"first": "alone", "total": "together"}
COLUMNS = [f"{kind}{end}" for kind in KINDS for end in ("", "_lower", "_upper")]


def chart_sensitivity(facts: Facts, code: str) -> Figure:
    """Sobol indices of the mean shift of ranks in the last year, the choice with the largest total first."""
    frame = influences_of(facts, code)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": facts.last_year}
    note = facts.sentence("chart.sensitivity.note") if frame["total"].max() > 0 else ""
    table = _table(facts, frame)
    return Figure(
        id=f"{code}-sensitivity",
        title=facts.sentence("chart.sensitivity.title", **words),
        description=sentences(facts, _describe(facts, frame, words), note),
        chart=_draw(facts, frame),
        table=table,
        sources=sources,
        credit=credit(facts, sources, note),
        decimals=dict.fromkeys(table.columns[1:], 1),
    )


def influences_of(facts: Facts, code: str) -> pd.DataFrame:
    """Sobol indices of the mean shift of ranks in percent, largest total first.

    Returns:
        Frame indexed by choice: `first` and `total`, each with `_lower` and `_upper`.

    Raises:
        LookupFailed: The framework declares nothing to be varied, or the index has not been analysed.
    """
    declared(facts)
    study = facts.soundness.robustness.sensitivity
    found = study[(study["index"] == code) & (study["output"] == "mean")].set_index("factor")[COLUMNS]
    if found.empty:
        raise LookupFailed(f'the influence of the choices on the ranks of "{code}" was not analysed')
    return (100 * found.astype(float)).sort_values("total", ascending=False, kind="stable", na_position="last")


def _describe(facts: Facts, frame: pd.DataFrame, words: dict[str, Any]) -> str:
    largest = frame.iloc[0]
    if is_missing(largest["total"]) or largest["total"] <= 0:
        return facts.sentence("chart.sensitivity.nothing", **words)
    gaps = {kind: _percent(largest[kind]) for kind in KINDS}
    return facts.sentence("chart.sensitivity.description", **words, **gaps, choice=_name(facts, frame.index[0]))


def _name(facts: Facts, factor: Any) -> str:
    return facts.word(f"choice.{factor}")


def _percent(share: float) -> str:
    return show_percent(share / 100)


def _table(facts: Facts, frame: pd.DataFrame) -> pd.DataFrame:
    table = frame.rename(columns={name: facts.word(f"chart.sensitivity.{name}") for name in COLUMNS})
    table.insert(0, facts.word("chart.sensitivity.choice"), [_name(facts, factor) for factor in frame.index])
    return table.reset_index(drop=True)


def _draw(facts: Facts, frame: pd.DataFrame) -> Any:
    entries = [Entry(SIGNS[kind], facts.word(f"chart.sensitivity.{kind}_sign")) for kind in KINDS]
    entries.append(Entry("error", facts.word("chart.sensitivity.interval")))
    top = legend_height(entries) + ABOVE
    canvas = Canvas(WIDTH, top + ROW * len(frame) + BOTTOM)
    names = [{"choice": _name(facts, f), "y": top + ROW * (place + 0.5)} for place, f in enumerate(frame.index)]
    bars = [_bar(names[place], line, kind) for place, (_, line) in enumerate(frame.iterrows()) for kind in KINDS]
    right = WIDTH - widest(bar["shown"] for bar in bars) - 10
    x = linear(0, 100, widest(name["choice"] for name in names) + 10, right)
    y = linear(0, canvas.height, 0, canvas.height)
    draw_legend(canvas, entries)
    _draw_grid(canvas, At("tick", x), top)
    canvas.add("text", names, text="choice", x=0, y=At("y", y), align="left")
    tips = {"choice": facts.word("chart.sensitivity.choice"), "shown": facts.word("chart.sensitivity.share")}
    for kind in KINDS:
        chosen = [bar for bar in bars if bar["kind"] == kind]
        known = [bar for bar in chosen if bar["share"] is not None]
        ends: dict[str, Any] = {"x": At("start", x), "x2": At("share", x), "y": At("top", y), "y2": At("bottom", y)}
        draw_sign(canvas, SIGNS[kind], known, tips=tips, **ends)
        weight: dict[str, Any] = {"fontWeight": "bold"} if kind == "first" else {"fill": "muted"}
        canvas.add("text", chosen, text="shown", x=WIDTH, y=At("middle", y), align="right", **weight)
    _draw_intervals(canvas, bars, x, y)
    return canvas.chart()


def _bar(row: dict[str, Any], line: pd.Series, kind: str) -> dict[str, Any]:
    """A bar with its interval. An estimate may lie a little outside 0 to 100 %; only the number says so."""
    middle = row["y"] + (-APART / 2 if kind == "first" else APART / 2)
    places = {"top": middle - BAR / 2, "bottom": middle + BAR / 2, "middle": middle}
    ends = {"share": kind, "lower": f"{kind}_lower", "upper": f"{kind}_upper"}
    shares = {
        name: None if is_missing(line[column]) else min(max(float(line[column]), 0.0), 100.0)
        for name, column in ends.items()
    }
    missing = is_missing(line[kind])
    shown = MISSING if missing else _percent(line[kind])
    return {"kind": kind, "choice": row["choice"], "shown": shown, "start": 0, **places, **shares}


def _draw_grid(canvas: Canvas, x: At, top: float) -> None:
    floor = canvas.height - BOTTOM
    ticks = [{"tick": tick, "shown": f"{tick}{PERCENT}"} for tick in TICKS]
    canvas.add("rule", ticks, x=x, y=top, y2=floor, stroke="grid", strokeWidth=0.7)
    canvas.add("text", ticks, text="shown", x=x, y=floor + 10, fill="muted", fontSize=SMALL)


def _draw_intervals(canvas: Canvas, bars: Sequence[dict[str, Any]], x: Any, y: Any) -> None:
    """A thin line from end to end with a cap at each, over the bars."""
    known = [bar for bar in bars if bar["lower"] is not None and bar["upper"] is not None]
    draw_sign(canvas, "error", known, x=At("lower", x), x2=At("upper", x), y=At("middle", y))
    caps = [
        {"end": bar[end], "top": bar["middle"] - CAP, "bottom": bar["middle"] + CAP}
        for bar in known
        for end in ("lower", "upper")
    ]
    draw_sign(canvas, "error", caps, x=At("end", x), y=At("top", y), y2=At("bottom", y))
