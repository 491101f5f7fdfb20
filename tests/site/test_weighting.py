"""Scores, ranks and tiers as the browser computes them against our engine, weighting by weighting."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from regional_index.documents.weighting import weighting_document
from regional_index.facts import Facts
from regional_index.framework import at_depth
from regional_index.method.aggregate import aggregate_tree
from regional_index.method.rank import rank_scores, ranks_of
from regional_index.method.rules import AGGREGATE
from regional_index.method.weigh import declared_weights
from tests.methods import compute
from tests.site.weighings import Weighting, compute_again, of_last_year, random_weightings, reweigh

pytestmark = pytest.mark.browser

COUNT, SEED, SLIP = 300, 5, 1e-9
FULLY = 20  # of the weightings go through all steps; those before the weights are the same for all
START = "const m = await import(new URL('assets/js/weighting.js', url)); const tree = m.readTree(file);"
SCORES = f"""async ({{ url, file, weightings, tops }}) => {{
  {START}
  return weightings.map((weights) => tops.map((top) => {{
    const {{ scores, partly }} = m.scoreTree(tree, top, (code) => weights[code]).get(top);
    return {{ scores: [...scores], ranks: m.ranksOf(scores), partly }};
  }}));
}}"""
DRAWS = f"""async ({{ url, file, top, count }}) => {{
  {START}
  if (count) tree.random.count = count;
  const weightings = [...m.randomWeightings(tree, top)].map((draw) => Object.fromEntries(draw));
  return {{ weightings, kept: [...m.keepTiers(tree, top)].at(-1).kept }};
}}"""


@pytest.fixture(scope="module")
def blank(browser: Any, site_url: str) -> Iterator[Any]:
    """A page of the site, from which its modules can be loaded; nothing on it is changed."""
    page = browser.new_page()
    page.goto(site_url + "api/v1/index.json")
    yield page
    page.close()


def download(blank: Any, site_url: str) -> Any:
    """What the site gives to everybody."""
    return blank.request.get(site_url + "api/v1/normalised.json").json()


def scores_of_browser(blank: Any, url: str, file: Any, weightings: Sequence[Weighting], tops: Sequence[str]) -> Any:
    """By weighting and index: scores, ranks, and which scores leave something out."""
    return blank.evaluate(SCORES, {"url": url, "file": file, "weightings": list(weightings), "tops": list(tops)})


def aggregate_again(facts: Facts, weighting: Weighting) -> dict[str, pd.DataFrame]:
    """The steps from the weights on: by index, `score` and `rank` of the last year, in the order of the regions."""
    framework, regions = reweigh(facts.framework, weighting), list(facts.regions.evaluated)
    last = facts.results.normalised[facts.results.normalised.index.get_level_values("year") == facts.last_year]
    ranked = rank_scores(aggregate_tree(last, declared_weights(framework), framework).scores)
    by_node = {
        code: ranked[number * len(last) : (number + 1) * len(last)] for number, code in enumerate(framework.nodes)
    }
    return {node.code: by_node[node.code].set_index("region").loc[regions] for node in framework.indices}


def numbers(values: Sequence[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def same(found: Any, expected: pd.DataFrame) -> bool:
    """To a billionth of a point, ranks exactly, missing where missing."""
    scores, ranks = (expected[name].to_numpy(dtype=float, na_value=np.nan) for name in ("score", "rank"))
    return np.allclose(numbers(found["scores"]), scores, rtol=0, atol=SLIP, equal_nan=True) and np.array_equal(
        numbers(found["ranks"]), ranks, equal_nan=True
    )


def test_hundreds_of_weightings_give_the_scores_and_ranks_of_our_engine(
    blank: Any, site_url: str, real_facts: Facts
) -> None:
    """Every index at the top, from the file that the site offers; also where weights leave too little present."""
    weightings = list(random_weightings(real_facts.framework, SEED, COUNT))
    tops = [node.code for node in real_facts.framework.indices]
    regions = list(real_facts.regions.evaluated)
    found = scores_of_browser(blank, site_url, download(blank, site_url), weightings, tops)
    missing = 0
    for weighting, results in zip(weightings, found, strict=True):
        expected = aggregate_again(real_facts, weighting)
        for top, result in zip(tops, results, strict=True):
            assert same(result, expected[top]), (top, weighting)
            missing += np.isnan(numbers(result["scores"])).sum()
    assert 0 < missing < COUNT * len(tops) * len(regions) / 2


def test_some_weightings_go_through_all_steps(blank: Any, site_url: str, real_facts: Facts) -> None:
    """From raw values on, with the framework whose weights are replaced."""
    weightings = list(random_weightings(real_facts.framework, SEED + 1, FULLY))
    tops = [node.code for node in real_facts.framework.indices]
    found = scores_of_browser(blank, site_url, download(blank, site_url), weightings, tops)
    for weighting, results in zip(weightings, found, strict=True):
        computed = compute_again(real_facts, weighting)
        for top, result in zip(tops, results, strict=True):
            assert same(result, of_last_year(real_facts, computed, top))


def test_a_wrong_weight_is_noticed(blank: Any, site_url: str, real_facts: Facts) -> None:
    """The comparison itself, seen to fail: a millionth of a weight more."""
    weighting = next(random_weightings(real_facts.framework, SEED, 1))
    top = real_facts.framework.indices[0].code
    wrong = {**weighting, top: [weighting[top][0] + 1e-6, *weighting[top][1:]]}
    [[result]] = scores_of_browser(blank, site_url, download(blank, site_url), [wrong], [top])
    assert not same(result, aggregate_again(real_facts, weighting)[top])


RULES = [
    *(name for name, rule in AGGREGATE.items() if not rule.options and not rule.compares),
    *({"rule": "generalised-mean", "power": power} for power in (2, -2, 0, 0.004, 400)),
    "mazziotta-pareto", {"rule": "mazziotta-pareto", "penalty": "upward"},
]  # fmt: skip


# The geometric mean by its limit takes the logarithm of 0, on purpose.
@pytest.mark.filterwarnings("ignore:divide by zero")
@pytest.mark.parametrize("rule", RULES, ids=str)
@pytest.mark.parametrize("share", [0.6667, 0.0], ids=["two thirds present", "anything present"])
def test_every_rule_of_means_is_carried_through(
    blank: Any, site_url: str, second_facts: Facts, rule: Any, share: float
) -> None:
    """Three levels, missing values and scores of 0; a rule for the top, the next one down is arithmetic."""
    facts = compute(second_facts.declared, aggregate=[rule, "arithmetic"], minimum_weight_share=share)
    weightings = list(random_weightings(facts.framework, SEED, 25))
    tops = [node.code for node in facts.framework.indices]
    found = scores_of_browser(blank, site_url, weighting_document(facts), weightings, tops)
    for weighting, results in zip(weightings, found, strict=True):
        expected = aggregate_again(facts, weighting)
        for top, result in zip(tops, results, strict=True):
            assert same(result, expected[top]), (result, expected[top])


@pytest.mark.parametrize("shares", [[0.3, 1.0], [1.0, 0.3], [0.3, 0.8, 1.0]], ids=str)
def test_every_level_has_its_own_share_that_must_be_present(
    blank: Any, site_url: str, second_facts: Facts, shares: list[float]
) -> None:
    """Brill's residents are not known: traffic, below the top, has goods and no density."""
    values = second_facts.declared.values
    unknown = (values["indicator"] == "residents") & (values["region"] == "B2")
    project = replace(second_facts.declared, values=values.assign(value=values["value"].mask(unknown)))
    facts = compute(project, minimum_weight_share=shares)
    assert np.isnan(facts.open.score_or_nan("traffic", "B2", facts.last_year)) == (shares[1] > 0.75)
    tops = [node.code for node in facts.framework.indices]
    [results] = scores_of_browser(blank, site_url, weighting_document(facts), [{}], tops)
    for top, result in zip(tops, results, strict=True):
        assert same(result, facts.open.scores(top).loc[list(facts.regions.evaluated)])


def test_declared_weights_give_what_the_pages_show(blank: Any, site_url: str, second_facts: Facts) -> None:
    """Scores, ranks, and the mark of those that leave out what others include."""
    tops = [node.code for node in second_facts.framework.indices]
    [results] = scores_of_browser(blank, site_url, weighting_document(second_facts), [{}], tops)
    for top, result in zip(tops, results, strict=True):
        regions = second_facts.regions.evaluated
        assert same(result, second_facts.open.scores(top).loc[list(regions)])
        marked = {region for region, partly in zip(regions, result["partly"], strict=True) if partly}
        assert marked == second_facts.open.partly_scored(top)


def test_ties_share_the_better_rank(blank: Any, site_url: str) -> None:
    """As in `rank_scores`: equal after rounding to nine decimals, halves to even; missing has none."""
    scores = [1.0, 2.0, 2.0 + 4e-10, None, 0.5, -0.0, 0.0, 3.0000000005, 3.0, -2.5e-9]
    code = """async ({ url, scores }) => {
      const m = await import(new URL('assets/js/weighting.js', url));
      return m.ranksOf(scores.map((score) => score ?? NaN));
    }"""
    found = numbers(blank.evaluate(code, {"url": site_url, "scores": scores}))
    assert np.array_equal(found, ranks_of(numbers(scores)), equal_nan=True)


def tiers_of(ranks: np.ndarray, tiers: Sequence[int]) -> np.ndarray:
    """From 0 for the first tier; -1 without a rank."""
    return np.where(np.isnan(ranks), -1, np.searchsorted(tiers, ranks))


@pytest.mark.parametrize("top", ["industry", "application"])
def test_tiers_are_kept_as_often_as_our_engine_says(blank: Any, site_url: str, real_facts: Facts, top: str) -> None:
    """All 10,000 weightings, as the browser drew them; what nobody has a score in has weight 0."""
    file = download(blank, site_url)
    found = blank.evaluate(DRAWS, {"url": site_url, "file": file, "top": top, "count": 0})
    assert len(found["weightings"]) == 10_000
    weights = np.array([weighting[top] for weighting in found["weightings"]])
    regions, framework = list(real_facts.regions.evaluated), real_facts.framework
    children = [
        real_facts.open.scores(child)["score"].loc[regions].to_numpy(dtype=float)
        for child in framework.node(top).child_weights
    ]
    scored = [k for k, child in enumerate(children) if not np.isnan(child).all()]
    assert (np.delete(weights, scored, axis=1) == 0).all()
    assert weights.sum(axis=1) == pytest.approx(1)
    rule = at_depth(framework.method.aggregate, 1)
    used, weights = [children[k][None] for k in scored], weights[:, scored]
    scores = AGGREGATE[rule.name].function(used, weights, **rule.options)
    present = weights @ ~np.isnan(np.concatenate(used))
    scores[present < at_depth(framework.method.minimum_weight_share, 1) - file["share_tolerance"]] = np.nan
    tiers = framework.robustness.tiers if framework.robustness else ()
    home = tiers_of(real_facts.open.scores(top)["rank"].loc[regions].to_numpy(dtype=float), tiers)
    kept = (tiers_of(ranks_of(scores), tiers) == home).sum(axis=0)
    assert found["kept"] == kept.tolist()
    assert 0 < min(found["kept"]) < max(found["kept"]) == 10_000


@pytest.mark.parametrize("top", ["harbour", "shore"])
def test_tiers_of_a_deeper_tree_are_kept_as_often(blank: Any, site_url: str, second_facts: Facts, top: str) -> None:
    """Weights at two levels of sub-indices, or of the indicators of an index that has nothing else."""
    argument = {"url": site_url, "file": weighting_document(second_facts), "top": top, "count": 150}
    found = blank.evaluate(DRAWS, argument)
    assert set(found["weightings"][0]) == {"harbour": {"harbour", "traffic"}, "shore": {"shore"}}[top]
    regions = list(second_facts.regions.evaluated)
    declared = second_facts.framework.robustness
    assert declared is not None
    home = tiers_of(
        second_facts.open.scores(top)["rank"].loc[regions].to_numpy(dtype=float, na_value=np.nan), declared.tiers
    )
    kept = np.zeros(len(regions), dtype=int)
    for weighting in found["weightings"]:
        ranks = aggregate_again(second_facts, weighting)[top]["rank"]
        kept += tiers_of(ranks.to_numpy(dtype=float, na_value=np.nan), declared.tiers) == home
    assert found["kept"] == np.where(home < 0, -1, kept).tolist()


def test_random_weights_are_even_and_come_again(blank: Any, site_url: str) -> None:
    """Of three: mean 1/3, variance 1/18, as evenly drawn from all that add up to 1; the same seed, the same ones."""
    code = """async ({ url }) => {
      const m = await import(new URL('assets/js/weighting.js', url));
      const draw = () => {
        const next = m.numbersFrom(7);
        return Array.from({ length: 5000 }, () => m.drawWeights(next, 3));
      };
      return [draw(), draw()];
    }"""
    first, second = blank.evaluate(code, {"url": site_url})
    assert first == second
    weights = np.array(first)
    assert (weights >= 0).all()
    assert weights.mean(axis=0) == pytest.approx(np.full(3, 1 / 3), abs=0.01)
    assert weights.var(axis=0) == pytest.approx(np.full(3, 1 / 18), abs=0.004)
    assert np.corrcoef(weights.T)[0, 1] == pytest.approx(-0.5, abs=0.04)


READING = [
    ("scale:30,firms:20", {"weights": [["scale", 30], ["firms", 20]]}),
    ("产业规模：30；Scale : 0", {"weights": [["scale", 0]]}),
    ("", {}),
    ("xcale:3", {"unknown": [{"name": "xcale", "near": "scale"}]}),
    ("scalee:3", {"unknown": [{"name": "scalee", "near": "scale"}]}),
    ("qqqqqqqq:3", {"unknown": [{"name": "qqqqqqqq", "near": ""}]}),
    ("scale:NaN,scale:-1,scale:101,scale:1e2", {"wrong": ["scale:NaN", "scale:-1", "scale:101", "scale:1e2"]}),
    ("scale", {"wrong": ["scale"]}),
    (
        "constructor:1,__proto__:2",
        {"unknown": [{"name": "constructor", "near": ""}, {"name": "__proto__", "near": ""}]},
    ),
    ("x" * 5000, {"unknown": [{"name": "x" * 20 + "…", "near": ""}], "cut": True}),
    (",".join(f"z{k}:1" for k in range(100)), {"unknown": [{"name": f"z{k}", "near": ""} for k in range(4)]}),
]


@pytest.mark.parametrize(("text", "expected"), READING, ids=lambda value: str(value)[:20])
def test_an_address_is_read_with_care(blank: Any, site_url: str, text: str, expected: dict[str, Any]) -> None:
    """What is understood, what is not known and what is nearest to it, what is no weight."""
    code = """async ({ url, text }) => {
      const m = await import(new URL('assets/js/weights-address.js', url));
      const names = [["scale", "scale"], ["产业规模", "scale"], ["firms", "firms"], ["企业数量", "firms"]];
      const found = m.readWeights(text, names);
      return { ...found, weights: [...found.weights] };
    }"""
    found = blank.evaluate(code, {"url": site_url, "text": text})
    assert found == {"weights": [], "unknown": [], "wrong": [], "cut": False, **expected}
