"""Chart of the ranks of all regions over the years: one line each, rank 1 on top."""

from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind, for_each
from regional_index.charts.palette import colour
from regional_index.charts.theme import NAME_ROOM, ROW, records, tips
from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.topics.chart_words import (
    credit,
    first_and_last,
    missing_note,
    sentences,
    shortened_note,
    whole_number,
)

LEADERS = 5
MOST_MOVERS = 3
MOST_POINTS = 500
KINDS = ["rest", "mover", "leader"]  # the first is drawn first


def _several_years(facts: Facts) -> list[str]:
    return [code for code in facts.open.ranked_nodes if len(facts.open.scored_years(code)) > 1]


@chart_kind(for_each("{}-years", _several_years))
def chart_years(facts: Facts, code: str) -> Figure:
    """Ranks in an index over all years; the leaders, the biggest climber and the biggest faller stand out."""
    ranks = rank_table(facts, code)
    movers = _movers(facts, code)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "first": facts.first_year, "last": facts.last_year}
    leader = facts.open.leaders(code, 1)[0]
    before = whole_number(ranks.loc[leader.code, facts.first_year])
    note = shortened_note(facts, len(ranks))
    description = facts.sentence("chart.years.description", **words, leader=leader.name, before=before)
    missing = missing_note(facts, ranks.index[ranks[facts.last_year].isna()])
    lines = facts.sentence("chart.years.lines", last=facts.last_year, count=LEADERS)
    return Figure(
        id=f"{code}-years",
        title=facts.sentence("chart.years.title", **words),
        description=sentences(
            facts, description, *_movement_sentences(facts, code, movers), lines, _partly(facts, code), missing, note
        ),
        chart=_draw(facts, ranks, movers),
        table=table_of_ranks(facts, ranks),
        sources=sources,
        credit=credit(facts, sources, note),
        status=facts.word("chart.status_computed"),
        decimals={str(year): 0 for year in facts.framework.years},
    )


def rank_table(facts: Facts, code: str) -> pd.DataFrame:
    """Ranks by region (rows, in the order of the last year) and year."""
    order = facts.open.scores(code).index
    return pd.DataFrame({year: facts.open.scores(code, year)["rank"].reindex(order) for year in facts.framework.years})


def _movers(facts: Facts, code: str) -> dict[str, int]:
    """Change of rank of the regions that climbed or fell most; a tie of too many regions says nothing."""
    change = facts.open.rank_changes(code)
    change = change.reindex([region for region in facts.open.scores(code).index if region in change.index])
    found: dict[str, int] = {}
    if change.empty:  # no region has a rank in both years
        return found
    for extreme in (change.max(), change.min()):
        moved = change[change == extreme]
        if extreme != 0 and len(moved) <= MOST_MOVERS:
            found |= {str(region): int(extreme) for region in moved.index}
    return found


def _movement_sentences(facts: Facts, code: str, movers: dict[str, int]) -> list[str]:
    """Says who climbed and who fell most, and among how many where not all regions have a rank in both years."""
    said = []
    for key, sign in (("climbed", 1), ("fell", -1)):
        chosen = {region: change for region, change in movers.items() if change * sign > 0}
        if chosen:
            places = abs(next(iter(chosen.values())))
            named = facts.word("chart.list").join(_named(facts, code, region) for region in chosen)
            said.append(facts.sentence(f"chart.years.{key}", regions=named, places=places))
    change = facts.open.movement.loc[code]
    compared = int(change["rank_change"].notna().sum())
    if said and compared < len(change[["rank_first", "rank_last"]].dropna(how="all")):
        said.append(facts.sentence("chart.years.compared", count=compared))
    return said


def _partly(facts: Facts, code: str) -> str:
    """The ranks that rest on only some of the indicators; how many where they are not few."""
    found = [
        (year, region) for year in facts.framework.years for region in sorted(facts.open.partly_scored(code, year))
    ]
    if len(found) > MOST_MOVERS:
        return facts.sentence("chart.years.partly_many", count=len(found))
    named = [facts.sentence("chart.years.at", region=facts.regions[region].name, year=year) for year, region in found]
    return facts.sentence("chart.years.partly", places=facts.word("chart.list").join(named)) if named else ""


def _named(facts: Facts, code: str, region: str) -> str:
    """A region, with a word where its change of rank is not certain."""
    name = facts.regions[region].name
    return facts.sentence("moved.uncertain", change=name) if facts.soundness.is_certain(code, region) is False else name


def table_of_ranks(facts: Facts, ranks: pd.DataFrame) -> pd.DataFrame:
    """Ranks as readers see them: names of regions, a column for each year."""
    table = ranks.astype("Int64").rename(columns=str).reset_index(drop=True)
    table.insert(0, facts.word("chart.region"), [facts.regions[str(code)].name for code in ranks.index])
    return table


def _draw(facts: Facts, ranks: pd.DataFrame, movers: dict[str, int]) -> Chart:
    chosen = ranks.loc[first_and_last(list(ranks.index))]
    # Regions of equal rank are below each other, each with its shared number.
    places = chosen.rank(method="first")
    rows = [
        {
            "region": facts.regions[str(code)].label,
            "year": str(year),
            "place": places.loc[code, year],
            "rank": whole_number(rank),
            "change": _arrow(movers.get(str(code), 0)),
            "kind": "leader" if code in ranks.index[:LEADERS] else "mover" if code in movers else "rest",
        }
        for code, line in chosen.iterrows()
        for year, rank in line.dropna().items()
    ]
    by_kind = alt.Scale(domain=KINDS, range=[colour("other"), colour("class3"), colour("ink")])
    base = alt.Chart(records(rows)).encode(
        alt.X("year:O", title=None, scale=alt.Scale(type="point", padding=0), axis=alt.Axis(orient="top")),
        alt.Y("place:Q", axis=None, scale=alt.Scale(domain=[len(chosen) + 0.5, 0.5], nice=False)),
        alt.Color("kind:N", scale=by_kind, legend=None),
        alt.Detail("region:N"),
        tooltip=tips(region=facts.word("chart.region"), year=facts.word("chart.year"), rank=facts.word("chart.rank")),
    )
    layers = []
    for kind, width in zip(KINDS, (0.9, 2, 1.8), strict=True):
        of_kind = base.transform_filter(f"datum.kind === '{kind}'")
        layers.append(of_kind.mark_line(strokeWidth=width))
        if len(rows) <= MOST_POINTS:
            layers.append(of_kind.mark_point(size=14))
    legible = alt.Scale(domain=KINDS, range=[colour("muted"), colour("class3"), colour("ink")])
    style: Any = {
        "fontWeight": alt.expr("datum.kind === 'rest' ? 'normal' : 'bold'"),
        "limit": alt.expr(f"{NAME_ROOM} - 8"),
    }
    sides: Any = [(ranks.columns[0], "right", -7, "datum.rank + ' ' + datum.region")]
    sides.append((ranks.columns[-1], "left", 7, "datum.rank + ' ' + datum.region + datum.change"))
    for year, align, gap, label in sides:
        ends = base.transform_filter(f"datum.year === '{year}'").transform_calculate(label=label)
        layers.append(
            ends.mark_text(align=align, dx=gap, **style).encode(
                alt.Text("label:N"), fill=alt.Fill("kind:N", scale=legible, legend=None)
            )
        )
    return alt.layer(*layers).properties(height=ROW * len(chosen))


def _arrow(change: int) -> str:
    return f" \u2191{change}" if change > 0 else f" \u2193{-change}" if change < 0 else ""
