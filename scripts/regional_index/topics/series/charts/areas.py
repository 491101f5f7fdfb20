"""Chart of groups of regions: a strip for each group, with its mean and its best region."""

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind, for_each
from regional_index.charts.palette import colour
from regional_index.charts.theme import LIMIT, by_region, records, tips
from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.render import SCORE_DECIMALS, show_score
from regional_index.topics.chart_words import credit

STRIP = 58


@chart_kind(for_each("{}-areas", lambda facts: facts.open.ranked_nodes if facts.framework.groups else ()))
def chart_areas(facts: Facts, code: str) -> Figure:
    """Scores by group of the first grouping: a tick for every region, a thick one for the mean."""
    group = facts.framework.groups[0]
    scores = _grouped_scores(facts, code)
    table = _table(facts, scores)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": facts.last_year, "group": site_name(group.name)}
    means = table.set_index(site_name(group.name))[facts.word("chart.mean")].sort_values(ascending=False, kind="stable")
    ends = {"leader": means.index[0], "leader_mean": show_score(means.iloc[0])}
    ends |= {"last": means.index[-1], "last_mean": show_score(means.iloc[-1])}
    best = facts.open.leaders(code, 1)[0].name
    return Figure(
        id=f"{code}-areas",
        title=facts.sentence("chart.areas.title", **words),
        description=facts.sentence("chart.areas.description", **words, **ends, best=best),
        chart=_draw(facts, code, scores),
        table=table,
        sources=sources,
        credit=credit(facts, sources),
        status=facts.word("chart.status_computed"),
        decimals={facts.word(f"chart.{key}"): SCORE_DECIMALS for key in ("mean", "least", "greatest")}
        | {facts.word("chart.count"): 0},
    )


def _grouped_scores(facts: Facts, code: str) -> dict[str, pd.Series]:
    """Scores by group, best first; groups without any score are left out."""
    group = facts.framework.groups[0]
    membership = facts.membership(group.code)
    scores = facts.open.scores(code)["score"].dropna()
    found = {
        name: scores[[region for region in scores.index if membership.get(region) == name]] for name in group.order
    }
    return {name: chosen for name, chosen in found.items() if len(chosen)}


def _table(facts: Facts, scores: dict[str, pd.Series]) -> pd.DataFrame:
    columns = {
        site_name(facts.framework.groups[0].name): list(scores),
        facts.word("chart.count"): [len(chosen) for chosen in scores.values()],
        facts.word("chart.mean"): [chosen.mean() for chosen in scores.values()],
        facts.word("chart.greatest"): [chosen.max() for chosen in scores.values()],
        facts.word("chart.best"): [facts.regions[str(chosen.index[0])].name for chosen in scores.values()],
        facts.word("chart.least"): [chosen.min() for chosen in scores.values()],
    }
    return pd.DataFrame(columns)


def _draw(facts: Facts, code: str, scores: dict[str, pd.Series]) -> Chart:
    counts = {name: facts.sentence("chart.count_short", count=len(chosen)) for name, chosen in scores.items()}
    y = by_region("group", labelExpr="[datum.label, counts[datum.label]]", labelOffset=-7)
    rows = [
        {
            "group": name,
            "region": facts.regions[str(region)].label,
            "score": score,
            "shown": show_score(score),
            "best": region == chosen.index[0],
        }
        for name, chosen in scores.items()
        for region, score in chosen.items()
    ]
    means = [
        {"group": name, "mean": chosen.mean(),
         "label": facts.sentence("chart.mean_short", score=show_score(chosen.mean()))}
        for name, chosen in scores.items()
    ]  # fmt: skip
    scale = alt.Scale(domain=list(facts.open.score_scale(code).ends), nice=False)
    x = {"title": None, "scale": scale, "axis": alt.Axis(offset=4)}
    tooltip = tips(region=facts.word("chart.region"), shown=facts.word("chart.shown"))
    base = alt.Chart(records(rows)).encode(alt.X("score:Q", **x), y, tooltip=tooltip)
    of_group = alt.Chart(records(means)).encode(alt.X("mean:Q", **x), y)
    best = base.transform_filter("datum.best")
    # Names hang on the inner side of marks in the right half, so that they stay in the picture.
    inner = "datum.{0} > (domain('x')[0] + domain('x')[1]) / 2"
    align = {field: alt.expr(f"{inner.format(field)} ? 'right' : 'left'") for field in ("score", "mean")}
    return (
        alt.layer(
            base.mark_tick(size=12, thickness=1.4),
            of_group.mark_tick(size=22, thickness=3.5, color=colour("ink")),
            of_group.mark_text(dy=-19, align=align["mean"], fontWeight="bold").encode(alt.Text("label:N")),
            best.mark_tick(size=14, thickness=2, color=colour("class3")),
            best.transform_calculate(label="datum.region + ' ' + datum.shown")
            .mark_text(dy=20, align=align["score"], color=colour("class3"), limit=LIMIT)
            .encode(alt.Text("label:N")),
        )
        .properties(height=alt.Step(STRIP))
        .add_params(alt.param(name="counts", value=counts))
    )
