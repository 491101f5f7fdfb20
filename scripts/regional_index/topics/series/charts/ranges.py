"""Chart of rank ranges when the choices of the method are varied: a bar, a tick, a dot for each region."""

from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind, for_each
from regional_index.charts.metrics import text_width
from regional_index.charts.palette import colour
from regional_index.charts.theme import ROW, by_region, key, records, tips
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Robustness, site_name
from regional_index.render import is_missing, show_number
from regional_index.topics.chart_words import (
    credit,
    first_and_last,
    missing_note,
    named_or_counted,
    no_score,
    sentences,
    shortened_note,
    whole_number,
)

RANKS = ("rank_lower", "rank_median", "rank_upper")


@chart_kind(for_each("{}-ranges", lambda facts: facts.open.ranked_nodes if facts.soundness.is_declared else ()))
def chart_ranges(facts: Facts, code: str) -> Figure:
    """Ranks in an index in the last year by the declared method, and between which ranks 90 % of the draws lie."""
    frame = ranges_of(facts, code)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": facts.last_year}
    notes = (missing_note(facts, frame.index[frame["rank"].isna()]), shortened_note(facts, len(frame)))
    table = _table(facts, frame)
    return Figure(
        id=f"{code}-ranges",
        title=facts.sentence("chart.ranges.title", **words),
        description=sentences(facts, *_describe(facts, frame, words), *notes),
        chart=_draw(facts, code, frame),
        table=table,
        sources=sources,
        credit=credit(facts, sources, facts.sentence("chart.ranges.note", **_draws(facts)), *notes),
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
    ranks, key_ = facts.open.scores(code)["rank"], (code, facts.last_year)
    found = facts.soundness.robustness.ranges
    if key_ not in found.index.droplevel("region"):
        raise LookupFailed(f'there are no ranges of ranks of "{code}" in {facts.last_year}')
    frame = pd.concat([ranks, found.loc[key_].reindex(ranks.index)[list(RANKS)]], axis=1).astype("Int64")
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


def _draw(facts: Facts, code: str, frame: pd.DataFrame) -> Chart:
    rows = [_row(facts, code, str(region), line) for region, line in frame.iterrows()]
    titles = {"region": facts.word("chart.region"), "shown": facts.word("chart.ranges.head")}
    titles["rank_median"] = facts.word("table.rank_median")
    shown = first_and_last(rows)
    base = alt.Chart(records(shown)).encode(by_region(order=[row["region"] for row in shown]), tooltip=tips(**titles))
    last = max(int(frame["rank"].count()), 2)
    scale = alt.Scale(domain=[1, last], nice=False, zero=False)
    axis = alt.Axis(orient="top", values=round_ranks(last), format="d")
    x = {"title": None, "scale": scale, "axis": axis}
    signs = {"dot": "declared", "tick": "median", "span": "interval"}
    spans = base.mark_rule(style="span").encode(alt.X("rank_lower:Q", **x), alt.X2("rank_upper:Q"))
    medians = base.mark_tick(color=colour("ink"), size=13, thickness=1.8).encode(alt.X("rank_median:Q", **x))
    ranks = base.mark_point(style="dot").encode(alt.X("rank:Q", **x))
    texts = base.mark_text(align="left", x="width", dx=12).encode(alt.Text("shown:N"))
    meanings = {sign: facts.word(f"chart.ranges.{word}") for sign, word in signs.items()}
    legend = key(meanings, [row["region"] for row in rows], max(text_width(row["shown"]) for row in rows) + 12)
    return alt.layer(spans, medians, ranks, texts, legend).properties(height=alt.Step(ROW))


def round_ranks(count: int) -> list[int]:
    """The ranks that are marked on an axis: 1 and a few round ones.

    Examples:
        >>> round_ranks(5), round_ranks(31)
        ([1, 2, 3, 4, 5], [1, 5, 10, 15, 20, 25, 30])
    """
    step = next(step for power in range(9) for step in (10**power, 2 * 10**power, 5 * 10**power) if count / step <= 7)
    return sorted({1, *range(step, count + 1, step)})


def _row(facts: Facts, code: str, region: str, line: pd.Series) -> dict[str, Any]:
    numbers = {name: None if is_missing(line[name]) else int(line[name]) for name in ("rank", *RANKS)}
    return {"region": facts.regions[region].label, "shown": _shown(facts, code, region, line), **numbers}


def _shown(facts: Facts, code: str, region: str, line: pd.Series) -> str:
    """The rank with its range; alone where no range is known."""
    rank, lower, upper = (line[name] for name in ("rank", "rank_lower", "rank_upper"))
    if is_missing(rank):
        return no_score(facts, code, region, brief=True)
    if is_missing(lower):
        return whole_number(rank)
    return facts.sentence("rank.range", rank=rank, lower=lower, upper=upper)
