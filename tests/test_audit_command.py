"""`audit`: a draft made from the open series agrees with it; planted errors are found, all of them and no others."""

import re
from itertools import pairwise
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pandas as pd
import pytest
import yaml

from regional_index.claims.kinds import KINDS
from regional_index.errors import DataError
from regional_index.facts import Facts
from regional_index.read.draft import read_draft
from regional_index.render import round_half_up
from tests.commands import run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "guide" / "claims.md").read_text(encoding="utf-8")
YEAR = 2022
INDICES = ("industry", "application", "firms", "innovation", "data", "key", "livelihood")
Fields = dict[str, Any]
Draft = dict[str, Fields]


def audit(draft: object, folder: Path, *options: object) -> CompletedProcess[str]:
    """`python scripts/build.py audit draft.yml …` on this repository; a draft is written first, unless it is text."""
    path = folder / "draft.yml"
    text = draft if isinstance(draft, str) else yaml.safe_dump(draft, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return run("audit", path, *options)


def verdicts(done: CompletedProcess[str]) -> dict[str, str]:
    """What the report says of each claim, by its id."""
    return {name: word for word, name in re.findall(r"^(相符|不符|无法核对)  ([a-z0-9-]+) ", done.stdout, re.MULTILINE)}


def shown(number: float, decimals: int = 2) -> str:
    """A number as a report prints it."""
    return str(round_half_up(number, decimals))


def true_claims(scores: pd.Series, before: pd.Series, areas: dict[str, str]) -> dict[str, Fields]:
    """A true claim of every kind about the scores of one index, which are in falling order, by name of the region.

    Args:
        scores: Those of the year.
        before: Those of the year before.
        areas: By name of the region.
    """
    names, mean = list(scores.index), scores.mean()
    above = scores[scores > mean]
    below = scores[scores < mean]
    east = [name for name in names[:10] if areas[name] == "东部"]
    return {
        "score": {"regions": [names[0]], "value": shown(scores.iloc[0])},
        "rank": {"regions": [names[4]], "value": "5"},
        "total": {"value": shown(scores.sum())},
        "mean": {"value": shown(mean)},
        "order": {"regions": names[3:7], "starts_at": "4"},
        "top": {"regions": names[:3], "size": "3", "ordered": True},
        "above": {"regions": list(above.index), "threshold": "mean", "exhaustive": True},
        "below": {"regions": names[-3:], "threshold": shown(scores.iloc[-4]), "exhaustive": False},
        "count": {"value": str(len(above)), "relation": "above", "threshold": "mean"},
        "count_share": {"value": shown(len(above) / len(scores) * 100), "relation": "above", "threshold": "mean"},
        "sum": {"regions": names[:3], "value": shown(scores.iloc[:3].sum(), 1)},
        "share": {"regions": names[:5], "of": "total", "value": shown(scores.iloc[:5].sum() / scores.sum() * 100)},
        "group_mean": {
            "group": {"relation": "below", "threshold": "mean"},
            "value": shown(below.mean(), 3),
            "size": str(len(below)),
        },
        "band": {"regions": names[5:9], "lower": str(int(scores.iloc[8])), "upper": str(int(scores.iloc[5]) + 1)},
        "tiers": {"tiers": [names[:2], names[2:6]], "rest": True},
        "group_count": {"group_name": "东部", "regions": east, "value": str(len(east)), "within": "10"},
        "comparison": {
            "greater": {"index": "", "regions": [names[0]]},
            "less": {"index": "", "mean": True},
        },
        "median": {"value": shown(scores.median())},
        "among": {"regions": names[5:8], "within": "8"},
        "ratio": {
            "greater": {"index": "", "highest": True},
            "less": {"index": "", "lowest": True},
            "value": shown(scores.iloc[0] / scores.iloc[-1]),
        },
        "difference": {
            "greater": {"index": "", "regions": [names[0]]},
            "less": {"index": "", "median": True},
            "value": shown(scores.iloc[0] - scores.median(), 1),
        },
        "growth": {
            "regions": [names[0]],
            "year": YEAR - 1,
            "value": shown((scores.iloc[0] / before[names[0]] - 1) * 100),
        },
        "place_change": {
            "regions": [names[1]],
            "year": YEAR - 1,
            "value": str(int((before > before[names[1]]).sum()) - 1),
        },
    }


@pytest.fixture(scope="module")
def claims(real_facts: Facts) -> Draft:
    """True claims about the open series, by id; nothing in it may be changed."""
    regions = real_facts.regions
    found: Draft = {}
    for index in INDICES:
        scores = real_facts.open.scores(index, YEAR)["score"]
        named = pd.Series(scores.to_numpy(), index=[regions[code].name for code in scores.index])
        areas = {regions[code].name: regions[code].groups["area"] for code in scores.index}
        before = real_facts.open.scores(index, YEAR - 1)["score"].rename(lambda code: regions[code].name)
        for kind, fields in true_claims(named, before, areas).items():
            sides = {side: {**fields[side], "index": index} for side in ("greater", "less") if side in fields}
            name = f"{index}-{kind.replace('_', '-')}"
            found[name] = {"id": name, "index": index, "kind": kind, "place": "第 1 段", **fields, **sides}
    return found


def draft_of(claims: Draft) -> dict[str, Any]:
    """A draft as an editor writes it."""
    return {"data_year": YEAR, "claims": list(claims.values())}


def swap_digits(value: str) -> str:
    """The number with its first two digits that differ swapped."""
    digits = [place for place, sign in enumerate(value) if sign.isdigit()]
    first, second = next((a, b) for a, b in pairwise(digits) if value[a] != value[b])
    signs = list(value)
    signs[first], signs[second] = signs[second], signs[first]
    return "".join(signs)


def test_the_draft_has_claims_of_every_kind(claims: Draft) -> None:
    """So that the next tests try them all."""
    assert {fields["kind"] for fields in claims.values()} == set(KINDS)
    assert len(claims) >= 40


def test_a_true_draft_agrees_throughout(claims: Draft, tmp_path: Path) -> None:
    """Exit code 0, and nothing that cannot be tested."""
    done = audit(draft_of(claims), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert verdicts(done) == dict.fromkeys(claims, "相符")
    assert done.stdout.endswith(f"\n相符 {len(claims)}  不符 0  无法核对 0\n")


def plant_errors(claims: Draft, facts: Facts) -> Draft:
    """Five errors of five kinds: last digits, digits swapped, a wrong rank, a wrong member, neighbours swapped."""
    outside = [region.name for region in facts.open.leaders("innovation", 31, YEAR)]
    listed = claims["innovation-above"]["regions"]
    order = claims["data-order"]["regions"]
    return {
        "industry-total": {"value": shown(float(claims["industry-total"]["value"]) + 0.02)},
        "application-score": {"value": swap_digits(claims["application-score"]["value"])},
        "firms-rank": {"value": "6"},
        "innovation-above": {"regions": [*listed[:-1], outside[len(listed)]]},
        "data-order": {"regions": [order[0], order[2], order[1], order[3]]},
    }


def test_exactly_the_planted_errors_are_found(claims: Draft, real_facts: Facts, tmp_path: Path) -> None:
    """Exit code 1, both sides of each, and no other claim called wrong."""
    planted = plant_errors(claims, real_facts)
    broken = {name: {**fields, **planted.get(name, {})} for name, fields in claims.items()}
    done = audit(draft_of(broken), tmp_path)
    assert done.returncode == 1
    assert {name for name, word in verdicts(done).items() if word != "相符"} == set(planted)
    assert done.stdout.endswith(f"\n相符 {len(claims) - 5}  不符 5  无法核对 0\n")
    for name, fields in planted.items():
        (stated,) = fields.values()
        assert f"\n    写作  {as_printed(stated)}\n" in after(done, name)
    assert after(done, "firms-rank").splitlines()[2] == "    应为  5"
    for name in ("innovation-above", "data-order"):
        assert after(done, name).splitlines()[2] == f"    应为  {as_printed(claims[name]['regions'])}"


def test_claims_are_held_against_each_other_where_there_are_no_scores(tmp_path: Path) -> None:
    """Two of at most 20 are at most 40 of 100, not 60; the third claim has no part in it."""
    claims = [
        {"id": "total", "index": "scale", "kind": "total", "value": "100", "place": "第 1 段"},
        {"id": "share", "index": "scale", "kind": "share", "regions": ["北京", "上海"], "of": "total", "value": "60"},
        {"id": "band", "index": "scale", "kind": "band", "regions": ["北京", "上海"], "lower": "10", "upper": "20"},
        {"id": "rank", "index": "scale", "kind": "rank", "regions": ["北京"], "value": "1"},
    ]
    done = audit({"data_year": YEAR, "claims": claims}, tmp_path, "--alone")
    assert done.returncode == 1
    assert re.findall(r"^    ([a-z]+)(?: · | {2})", done.stdout, re.MULTILINE) == ["total", "share", "band"]
    assert "    可改为  share: 60 → 40\n" in done.stdout
    assert done.stdout.endswith("互相矛盾 1\n")
    done = audit({"data_year": YEAR, "claims": claims[:2]}, tmp_path, "--alone")
    assert (done.returncode, done.stdout) == (0, "没有发现矛盾（不等于正确） 2\n")


def test_scores_and_none_at_once_are_refused(tmp_path: Path) -> None:
    scores = tmp_path / "scores.csv"
    scores.write_text("index,region,score\n", encoding="utf-8")
    done = audit({"data_year": YEAR, "claims": []}, tmp_path, "--alone", "--scores", scores)
    assert done.returncode == 2
    assert "--alone 只在说法之间相互比较；去掉 --scores 或 --alone" in done.stderr


def as_printed(value: str | list[str]) -> str:
    """A number, or a list of regions."""
    return value if isinstance(value, str) else "、".join(value)


def after(done: CompletedProcess[str], name: str) -> str:
    """The report from a claim on."""
    return done.stdout[done.stdout.index(f"  {name} ") :]


def test_computed_numbers_have_two_more_decimals(claims: Draft, real_facts: Facts, tmp_path: Path) -> None:
    """Enough to see on which side of the rounding they are."""
    wrong = {**claims["industry-total"], "value": "1.5"}
    done = audit(draft_of({"x": wrong}), tmp_path)
    total = real_facts.open.scores("industry", YEAR)["score"].sum()
    assert f"    写作  1.5\n    应为  {shown(total, 3)}\n" in done.stdout


def test_what_lacks_a_score_is_no_error(tmp_path: Path) -> None:
    """Tibet has no score in the industry scale; the score of another region can be tested all the same."""
    mean = {"index": "scale", "kind": "mean", "value": "9.99"}
    score = {"index": "scale", "kind": "score", "regions": ["西藏"], "value": "9.99"}
    known = {"index": "scale", "kind": "order", "regions": ["北京", "上海"]}
    done = audit({"data_year": YEAR, "claims": [mean, score, known]}, tmp_path)
    assert done.returncode == 0
    assert verdicts(done) == {"1": "无法核对", "2": "无法核对", "3": "相符"}
    assert done.stdout.count("    缺少得分  西藏\n") == 2


# ---- scores of one's own


def scores_of(facts: Facts) -> pd.DataFrame:
    """The scores of the open series as a table of one's own."""
    columns = {index: facts.open.scores(index, YEAR)["score"] for index in facts.framework.nodes}
    long = pd.DataFrame(columns).melt(ignore_index=False, var_name="index", value_name="score")
    return long.dropna().rename_axis("region").reset_index()[["index", "region", "score"]]


def test_a_draft_can_be_held_against_scores_of_another_year(claims: Draft, real_facts: Facts, tmp_path: Path) -> None:
    """Of a year that the open series has not; a changed score is noticed."""
    draft = {**draft_of(claims), "data_year": 2030}
    table, path = scores_of(real_facts), tmp_path / "scores.csv"
    table.to_csv(path, index=False)
    done = audit(draft, tmp_path, "--scores", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"对照  {path}\n")
    table.loc[(table["index"] == "firms") & (table["region"] == "110000"), "score"] = 1.25
    table.to_csv(path, index=False)
    done = audit(draft, tmp_path, "--scores", path)
    assert done.returncode == 1
    assert {name.split("-")[0] for name, word in verdicts(done).items() if word == "不符"} == {"firms"}


def test_indices_and_regions_may_be_called_by_any_name(tmp_path: Path) -> None:
    """The code, the name in either language, an alias."""
    scores = tmp_path / "scores.csv"
    scores.write_text(
        "index,region,score\n产业规模,广东,80\nscale,京,60.5\nIndustry scale,Shanghai,\n", encoding="utf-8"
    )
    order = {"index": "scale", "kind": "order", "regions": ["广东", "北京"]}
    score = {"index": "scale", "kind": "score", "regions": ["上海"], "value": "1"}
    done = audit({"data_year": 2030, "claims": [order, score]}, tmp_path, "--scores", scores)
    assert verdicts(done) == {"1": "相符", "2": "无法核对"}


BAD_SCORES = {
    "industry,广东,172": ("2, column score", '"172"', "a score from 0 to 100", "correct the score"),
    "industry,广东,12%": ("2, column score", '"12%"', "a number without percent sign", "write a plain number"),
    "industri,广东,12": ("2, column index", '"industri"', "the code or a name of an index", "write industrial"),
    "industry,黑龙将,12": (
        "2, column region",
        '"黑龙将"',
        "a region of data/regions.csv",
        "write 黑龙江 if that is meant",
    ),
    "industry,香港,12": ("2, column region", '"香港"', "a region that the index evaluates", "remove 香港"),
    "industry,广东,12\n产业发展指数,粤,12": ("3, column region", '"粤"', "each region once for an index", "in line 2"),
    "industry,广东": ("2", '"industry,广东", 2 cells', "3 cells: index,region,score", "add what is missing"),
}


@pytest.mark.parametrize("rows", BAD_SCORES)
def test_a_bad_table_of_scores_is_refused(rows: str, real_facts: Facts, tmp_path: Path) -> None:
    """By file and line, with what was expected and what to do."""
    (tmp_path / "draft.yml").write_text("data_year: 2030\nclaims:\n  - {index: data, kind: mean, value: '1'}\n")
    scores = tmp_path / "scores.csv"
    scores.write_text(f"index,region,score\n{rows}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_draft(real_facts.declared, tmp_path / "draft.yml", scores)
    (problem,) = caught.value.problems
    place, found, expected, remedy = BAD_SCORES[rows]
    assert (problem.file, problem.place, problem.found) == (scores.as_posix(), place, found)
    assert expected in problem.expected
    assert remedy in problem.remedy


def test_every_problem_of_draft_and_scores_is_said_at_once(tmp_path: Path) -> None:
    """Exit code 1, a line each, then how many there are."""
    scores = tmp_path / "scores.csv"
    scores.write_text("index,region,score\nindustry,广东,172\nindustry,黑龙将,1\n", encoding="utf-8")
    done = audit("data_year: '2030'\nclaims:\n  - {index: data, kind: mean, value: 1}\n", tmp_path, "--scores", scores)
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    places = ("draft.yml:claims[0] (id 1).value", "draft.yml:data_year", "scores.csv:2", "scores.csv:3")
    assert len(lines) == len(places) + 1
    for line, place in zip(lines, places, strict=False):
        assert line.startswith(f"{tmp_path}/{place}"), line
    assert "4" in lines[-1]
    assert f"{tmp_path / 'draft.yml'}" in lines[-1]
    assert f"{scores}" in lines[-1]


# ---- bad drafts

MEAN = '{index: data, kind: mean, value: "1"}'
NAMED = '{id: x, index: data, kind: mean, value: "1"}'
BAD_DRAFTS = {
    "an unknown region": (
        "claims: [{index: data, kind: order, regions: [广东, 黑龙将]}]",
        "claims[0] (id 1).regions[1], line 2",
        'found "黑龙将"; expected a region of data/regions.csv; write 黑龙江 if that is meant',
    ),
    "a region that is not evaluated": (
        "claims: [{index: data, kind: order, regions: [广东, 香港]}]",
        "claims[0] (id 1).regions[1], line 2",
        'found "香港"; expected a region that the index evaluates',
    ),
    "an unknown index": (
        'claims: [{index: date, kind: mean, value: "1"}]',
        "claims[0] (id 1).index, line 2",
        'found "date"; expected the code of an index in data/framework.yml; write data',
    ),
    "a number without quotes": (
        "claims: [{index: data, kind: mean, value: 19.50}]",
        "claims[0] (id 1).value, line 2",
        'found 19.50; expected a plain decimal number in quotes, such as "68.96"; put it in quotes',
    ),
    "an empty order": (
        "claims: [{index: data, kind: order, regions: []}]",
        "claims[0] (id 1).regions, line 2",
        "found an empty list; expected at least ",
    ),
    "an unknown kind": (
        "claims: [{index: data, kind: means}]",
        "claims[0] (id 1).kind, line 2",
        'found "means"; expected one of score, rank, total, mean',
    ),
    "an id that stands twice": (
        f"claims: [{MEAN}, {NAMED}, {NAMED}]",
        "claims[2] (id x).id, line 2",
        'found "x"; expected each id once',
    ),
    "a group that does not exist": (
        'claims: [{index: data, kind: group_count, group_name: 华南, regions: [广东], value: "1", within: "3"}]',
        "claims[0] (id 1).group_name, line 2",
        'found "华南"; expected the name of a group in data/regions.csv',
    ),
    "no claims": ("claims: []", "claims, line 2", "found an empty list; expected at least 1 in the list"),
    "a claim that is none": ("claims: [industry]", "claims[0], line 2", 'found "industry"; expected a map of keys'),
    "a place that is no text": (
        'claims: [{index: data, kind: mean, value: "1", place: 3}]',
        "claims[0].place, line 2",
        'found 3; expected some text; put it in quotes: "3"',
    ),
    "a key of an edition": (f"edition: x\nclaims: [{MEAN}]", "edition, line 2", "expected one of the keys data_year"),
    "broken YAML": ("claims: [{", "line 3", "expected YAML"),
}


@pytest.mark.parametrize("what", BAD_DRAFTS)
def test_a_bad_draft_is_refused(what: str, real_facts: Facts, tmp_path: Path) -> None:
    """By file and key, with what was expected and what to do."""
    text, place, message = BAD_DRAFTS[what]
    path = tmp_path / "draft.yml"
    path.write_text(f"data_year: {YEAR}\n{text}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_draft(real_facts.declared, path)
    problems = caught.value.problems
    assert {(problem.file, problem.place) for problem in problems} == {(path.as_posix(), place)}
    assert any(message in str(problem) for problem in problems)


def test_without_scores_the_year_must_be_one_of_the_open_series(real_facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "draft.yml"
    path.write_text(f"data_year: 2031\nclaims: [{MEAN}]\n")
    with pytest.raises(DataError, match=r"found 2031; expected a year of the open series: .*with --scores"):
        read_draft(real_facts.declared, path)


def test_a_draft_keeps_its_places_and_numbers_what_has_no_id(real_facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "draft.yml"
    path.write_text(f"data_year: {YEAR}\nclaims: [{MEAN}, {MEAN[:-1]}, id: x, place: 第 2 段}}]\n", encoding="utf-8")
    read = read_draft(real_facts.declared, path)
    assert [(claim.id, claim.place) for claim in read.claims] == [("1", ""), ("x", "第 2 段")]


# ---- the guide


def test_the_guide_has_an_example_of_every_kind_that_can_be_read(real_facts: Facts, tmp_path: Path) -> None:
    """Its table, claim by claim, is a draft."""
    rows = re.findall(r"^\| `(\w+)` \| .* \| `(\{.*\})` \|$", GUIDE, flags=re.MULTILINE)
    assert [kind for kind, _ in rows] == list(KINDS)
    path = tmp_path / "draft.yml"
    lines = [f"data_year: {YEAR}", "claims:", *(f"  - {example}" for _, example in rows)]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    assert [claim.kind for claim in read_draft(real_facts.declared, path).claims] == list(KINDS)


def test_the_example_of_the_guide_gives_the_verdicts_it_shows(tmp_path: Path) -> None:
    """One of each; the numbers may move with the data."""
    draft, report = re.findall(r"```(?:yaml|text)\n(.*?)```", GUIDE, flags=re.DOTALL)[:2]
    pattern = r"^(?:相符|不符|无法核对)  \d"
    done = audit(draft, tmp_path)
    assert re.findall(pattern, done.stdout, re.MULTILINE) == re.findall(pattern, report, re.MULTILINE)
    assert done.returncode == 1
