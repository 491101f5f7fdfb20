"""What differs between two versions of an invented project, and the parts that every change of a score adds up from."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_index.framework import Framework, Project
from regional_index.method.rules import make_rule
from regional_index.read import read_project
from regional_index.results.diff import DEPENDS, NO_DATA, REFUSED, Diff, Version, compare
from regional_index.results.why import OF_SCORES, SWITCHES, explain
from tests.conftest import TINY
from tests.versions import Change, in_years, only, version_of, with_framework, with_value, with_weight

PARTS = {"score": [f"score_{name}" for name in (*OF_SCORES, "program")]}
PARTS["rank"] = [f"rank_{name}" for name in (*SWITCHES, "program")]


def by_method(**steps: str) -> Change:
    def change(framework: Framework) -> Framework:
        rules = {step: make_rule(step, name) for step, name in steps.items()}
        rules |= {step: (rules[step],) for step in ("aggregate", "weight") if step in rules}
        return replace(framework, method=replace(framework.method, **rules))

    return with_framework(change)


def without_skill(framework: Framework) -> Framework:
    supply, use = framework.indices
    return replace(framework, indices=(replace(supply, children=supply.children[:1]), use))


@pytest.fixture(scope="module")
def north(tiny_project: Project) -> dict[str, str]:
    return {region.name: code for code, region in tiny_project.regions.items()}


@pytest.fixture(scope="module")
def difference(tiny_project: Project) -> Callable[..., Diff]:
    """From the tiny project to what some changes make of it."""
    before = version_of(tiny_project, "before")

    def differ(*changes: Change, back: bool = False) -> Diff:
        project = tiny_project
        for change in changes:
            project = change(project)
        after = version_of(project)
        return compare(after, before) if back else compare(before, after)

    return differ


def parts_of(row: pd.Series, what: str = "score") -> dict[str, float]:
    """The parts that are not 0."""
    found = {name.removeprefix(f"{what}_"): row[name] for name in PARTS[what]}
    return {name: pytest.approx(value) for name, value in found.items() if value}


def test_nothing_differs_from_itself(difference) -> None:
    assert difference().is_empty


def test_a_figure_moves_its_own_score(difference, north) -> None:
    """50 on a scale from 40 to 90 are 20 points, 55 are 30; it is half of its index."""
    diff = difference(with_value("coverage", north["North"], 2022, 55))
    assert diff.figures[["indicator", "year", "before", "after"]].to_numpy().tolist() == [["coverage", 2022, 50, 55]]
    assert {*zip(diff.moved["index"], diff.moved["region"], strict=True)} == {
        ("spread", north["North"]),
        ("use", north["North"]),
    }
    row = only(diff.moved, index="spread")
    assert row["score_change"] == pytest.approx(5)
    assert parts_of(row) == {"own": 5}
    assert (row["own_indicator"], row["scale_indicator"], len(diff.ends)) == ("coverage", "", 0)


def test_the_end_of_a_scale_moves_all_and_is_named(difference, north) -> None:
    """With 140 at the top, 50 are 10 points and not 20, 90 would be 50; East has 100 points before and after."""
    diff = difference(with_value("coverage", north["East"], 2022, 140))
    end = only(diff.ends)
    assert end[["indicator", "end", "before", "after", "region", "cell_year"]].tolist() == [
        "coverage", "best", 90, 140, north["East"], 2022,
    ]  # fmt: skip
    row = only(diff.moved, index="spread", region=north["North"], year=2022)
    assert (row["score_change"], parts_of(row), row["scale_indicator"]) == (
        pytest.approx(-5),
        {"scale": -5},
        "coverage",
    )
    assert diff.moved.query("index == 'spread' and year == 2022 and region == @north['East']").empty
    assert {"size", "skill", "supply"}.isdisjoint(diff.moved["index"])


def test_a_weight_is_method(difference, north) -> None:
    diff = difference(with_weight("supply", "size", 1))
    assert diff.weights.to_numpy().tolist() == [["supply", "size", 0.75, 0.5], ["supply", "skill", 0.25, 0.5]]
    assert {*diff.moved["index"]} == {"supply"}
    assert all({*parts_of(row)} == {"method"} for _, row in diff.moved.iterrows())
    assert diff.declared == ()


def test_a_rule_is_method_and_declared(difference) -> None:
    diff = difference(by_method(normalise="percentile-rank"))
    assert [place for place, _, _ in diff.declared] == ["method.normalise"]
    assert (diff.moved[["score_own", "score_coverage", "rank_own", "rank_others"]] == 0).all(axis=None)


def test_a_year_that_is_added_moves_the_others_by_the_scale_alone(tiny_project: Project, difference) -> None:
    diff = difference(in_years(2021), back=True)
    assert (diff.years, diff.compared) == ({"before": (), "after": (2022,)}, 14)
    assert set(diff.scores[diff.scores["score_change"].isna()]["year"]) == {2022}
    assert set(diff.moved["year"]) == {2021}
    assert (diff.moved[[*PARTS["score"]]].drop(columns="score_scale") == 0).all(axis=None)


def test_nothing_is_compared_where_no_year_is_common(tiny_project: Project) -> None:
    diff = compare(version_of(in_years(2021)(tiny_project)), version_of(in_years(2022)(tiny_project)))
    assert (diff.compared, len(diff.moved), diff.years) == (0, 0, {"before": (2021,), "after": (2022,)})
    assert not diff.is_empty


def test_who_moves_up_because_another_left_does_so_by_coverage(difference, north) -> None:
    """East is first by size; without its turnover the two others gain a place, and no score of theirs for that."""
    diff = difference(
        with_value("turnover", north["East"], 2022, None), with_value("turnover", north["East"], 2021, None)
    )
    gone = diff.scores[diff.scores["score_after"].isna()]
    assert {*gone["region"]} == {north["East"]}
    row = only(diff.moved, index="size", region=north["South"], year=2022)
    assert (row["rank_before"], row["rank_after"], parts_of(row, "rank")) == (2, 1, {"coverage": 1})
    assert {*parts_of(row)} == {"scale"}


def test_an_index_and_indicator_of_one_version_are_method(difference) -> None:
    diff = difference(with_framework(without_skill))
    assert {*diff.scores[diff.scores["score_after"].isna()]["index"]} == {"skill"}
    assert all({*parts_of(row)} == {"method"} for _, row in diff.moved.iterrows())
    back = difference(with_framework(without_skill), back=True)
    assert sorted(back.moved["score_method"]) == pytest.approx(sorted(-diff.moved["score_method"]))


@given(
    st.integers(0, 10_000),
    st.sampled_from(["min-max", "z-score"]),
    st.sampled_from([1.0, 5.0]),
    st.sampled_from([0.0, 0.3]),
)
def test_parts_add_up_to_every_change(seed: int, rule: str, weight: float, missing: float) -> None:
    """Whatever differs: figures, gaps, the rule, a weight, all at once."""
    tiny_project = read_project(TINY)
    random = np.random.default_rng(seed)
    values = tiny_project.values.copy()
    values["value"] *= random.uniform(0.5, 2, len(values))
    values.loc[(random.random(len(values)) < missing) & (values["indicator"] == "coverage"), "value"] = np.nan
    after = with_weight("supply", "size", weight)(by_method(normalise=rule)(replace(tiny_project, values=values)))
    found = explain(tiny_project, after).parts
    told = found[found["note"].eq("") & found[["score_before", "score_after"]].notna().all(axis=1)]
    changes = told["score_after"] - told["score_before"], told["rank_before"] - told["rank_after"]
    for change, names in zip(changes, (OF_SCORES, SWITCHES), strict=True):
        parts = told[[f"{'score' if names is OF_SCORES else 'rank'}_{name}" for name in names]].sum(axis=1)
        assert parts.to_numpy() == pytest.approx(change.to_numpy(), abs=1e-9)


def test_what_another_program_computed_is_a_part_of_its_own(tiny_project: Project, north) -> None:
    after = version_of(with_value("coverage", north["North"], 2022, 55)(tiny_project))
    scores = after.tables["scores"].assign(score=after.tables["scores"]["score"] + 1)
    before = version_of(tiny_project)
    diff = compare(before, replace(after, tables={**after.tables, "scores": scores}))
    row = only(diff.moved, index="spread", region=north["North"], year=2022)
    assert parts_of(row) == {"own": 5, "program": 1}
    assert (diff.moved["score_change"] - diff.moved[PARTS["score"]].sum(axis=1)).abs().max() < 1e-9


@pytest.mark.parametrize(
    ("change", "value", "why"),
    [
        (by_method(aggregate="copeland"), 55, DEPENDS),
        (by_method(weight="benefit-of-the-doubt"), 55, DEPENDS),
        (by_method(normalise="fraction-of-maximum", aggregate="geometric"), -5, REFUSED),
        (lambda project: replace(project, values=None), 55, NO_DATA),
    ],
    ids=["ranks in pairs", "weights of each region", "a geometric mean of negative scores", "scores alone"],
)
def test_why_there_are_no_parts_is_said(tiny_project: Project, north, change: Change, value: float, why: str) -> None:
    before = version_of(with_value("coverage", north["North"], 2021, value)(tiny_project))
    project = change(tiny_project)
    after = version_of(project if project.values is not None else tiny_project)
    if project.values is None:
        after = Version("elsewhere", {"scores": after.tables["scores"]}, None)
    diff = compare(before, after)
    assert diff.unexplained == why
    assert len(diff.moved)
    assert diff.moved["score_own"].isna().all()
    assert set(diff.moved["note"]) == {why}


def test_an_edition_is_not_touched_by_the_open_series_but_by_its_claims(
    tiny_project: Project, difference, north
) -> None:
    diff = difference(with_value("coverage", north["East"], 2022, 140))
    assert len(diff.published) == len(diff.verdicts) == 0
    assert tiny_project.edition is not None
    claims = dict(tiny_project.edition.claims)
    gone, _ = claims.popitem()
    diff = compare(
        version_of(tiny_project),
        version_of(replace(tiny_project, edition=replace(tiny_project.edition, claims=claims))),
    )
    assert (gone, "") in {(claim, after) for claim, _, after in diff.verdicts}
    assert len(diff.moved) == 0
