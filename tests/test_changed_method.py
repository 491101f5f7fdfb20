"""Another method needs a change in `data/framework.yml` and nothing else: pages, charts, tables and files follow."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from regional_index.charts import Drawings
from regional_index.downloads.csv_text import csv_bytes
from regional_index.facts import Facts
from regional_index.method.rules import RULES
from regional_index.pages import PageWriter, make_pages
from regional_index.read import read_project
from regional_index.read.rules import find_rules
from regional_index.render import MISSING
from tests.commands import run
from tests.computed import Undrawn, api_of, build_facts

from .changed_methods import CHANGED, Change, lay_out

ROOT = Path(__file__).parent.parent
SECOND = ROOT / "tests" / "second_index"
# What Python prints where a number is missing or infinite, and a gap that nobody filled.
BROKEN = re.compile(r"(?<![\w-])(?:nan|NaN|None|NaT|-?inf|undefined)(?![\w-])|(?:<|&lt;)NA(?:>|&gt;)|\{\w+\}")
# The Python on receipts may say what a text must not.
CODE = re.compile(r'<pre class="ri-code".*?</pre>', re.DOTALL)
TOPS = ("harbour", "shore")
Changed = tuple[Facts, dict[str, bytes]]
SLIP = 1e-9


@pytest.fixture(scope="module", params=CHANGED.values(), ids=list(CHANGED))
def changed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Changed:
    """The second index by another method, and its files for others; nothing in it may be changed."""
    project = read_project(lay_out(request.param, tmp_path_factory.mktemp("changed")))
    return build_facts(project), api_of(project)


def texts_of_charts(drawings: Drawings) -> Iterator[tuple[str, str]]:
    """Everything that a chart says, its data, and its specification."""
    for name, drawing in drawings.items():
        figure = drawing.figure
        yield name, "\n".join([figure.title, figure.description, figure.credit, drawing.vega_lite])
        yield f"{name}.csv", csv_bytes(figure.table).decode("utf-8-sig")


def texts_of_pages(facts: Facts, drawings: Drawings) -> Iterator[tuple[str, str]]:
    """All pages, whether made from a template or written by hand."""
    docs = facts.declared.root / "docs"
    parts = {path.stem: path.read_text(encoding="utf-8") for path in (docs / "_parts").glob("*.md")}
    by_hand = {
        path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8")
        for path in docs.rglob("*.md")
        if "_parts" not in path.parts
    }
    writer = PageWriter(facts, drawings, parts, {"data_changed": "2031-12-31", "page": SimpleNamespace(meta={})})
    yield from ((page.path, page.text) for page in make_pages(facts, writer, by_hand))
    yield from ((name, writer.fill(name, text)) for name, text in by_hand.items())
    writer.current_page = "methodology.md"
    yield from texts_of_macros(facts, writer)


def texts_of_macros(facts: Facts, writer: PageWriter) -> Iterator[tuple[str, str]]:
    """What every macro makes of every index, region or both, on whatever page it may be called."""
    ranked = {code: facts.open.scores(code).dropna(subset=["score"]).index for code in facts.open.ranked_nodes}
    pairs = [(code, str(region)) for code, regions in ranked.items() for region in regions]
    given: dict[tuple[str, ...], list[tuple[str, ...]]] = {
        (): [()],
        ("index",): [(code,) for code in facts.open.ranked_nodes],
        ("top",): [(code,) for code in TOPS],
        ("region",): [(code,) for code in facts.regions.evaluated],
        ("index", "region"): pairs,
        ("region", "top"): [(region, code) for code, region in pairs if code in TOPS],
    }
    for name, macro in writer.macros.items():
        needed = tuple(parameter.name for parameter in _needed(macro))
        for arguments in given.get(needed, []):
            if _has_an_answer(facts, name, *arguments):
                yield f"{name}{arguments}", str(macro(*arguments))


def _needed(macro: Any) -> list[inspect.Parameter]:
    return [one for one in inspect.signature(macro).parameters.values() if one.default is one.empty]


def _has_an_answer(facts: Facts, name: str, *arguments: str) -> bool:
    """Some macros refuse by design: where there are no indicators, where nobody climbed, of a change without a rank."""
    if name in ("table_steps", "table_indicators"):
        return bool(facts.node(arguments[0]).indicators)
    if name in ("climber", "climb"):
        return bool((facts.open.movement.loc[arguments[0], "rank_change"] > 0).any())
    if name == "rank_change":
        return bool(facts.open.movement.loc[arguments, ["rank_change"]].notna().all())
    return name not in ("weights", "table_weights")  # of the published edition, where totals are known


def test_everything_follows_from_the_changed_method(changed: Changed) -> None:
    """Nothing stops, no number is missing in a sentence, no gap is left open."""
    facts, api = changed
    drawings = Undrawn(facts)
    texts = dict(texts_of_charts(drawings))
    texts |= dict(texts_of_pages(facts, drawings))
    texts |= {name: content.decode() for name, content in api.items()}
    broken = {name: match[0] for name, text in texts.items() if (match := BROKEN.search(CODE.sub("", text)))}
    assert broken == {}
    assert set(TOPS) <= set(facts.open.ranked_nodes)


def test_every_bar_lies_in_its_cell_and_a_longer_one_means_more(changed: Changed) -> None:
    """Whatever the scale: all start at one place, which is 0, and the greatest score reaches furthest to the right."""
    facts, _ = changed
    for code in facts.open.ranked_nodes:
        scale, scores = facts.open.score_scale(code), facts.open.scores(code)["score"].dropna()
        bars = [scale.bar(float(score)) for score in scores]
        assert all(0 <= start <= stop <= 100 + SLIP for start, stop in bars)
        zero = scale.bar(0)[0]
        assert all(zero in (pytest.approx(start), pytest.approx(stop)) for start, stop in bars)
        ends = [stop if score >= 0 else start for score, (start, stop) in zip(scores, bars, strict=True)]
        assert ends == pytest.approx(sorted(ends, reverse=True))
        assert scale.ends[0] - SLIP <= scores.min() <= scores.max() <= scale.ends[1] + SLIP


def test_every_rule_of_every_step_is_tried() -> None:
    """A new one needs a line in `CHANGED`."""
    tried: dict[str, set[str]] = {step: set() for step in RULES}
    for change in CHANGED.values():
        data = {"method": change.method, "indicators": list(change.indicators.values())}
        for step, _, rule in find_rules(data):
            tried[step].add(rule if isinstance(rule, str) else rule["rule"])
    usual = {"screen": {"none"}, "impute": {"none"}, "treat": {"none"}, "normalise": {"min-max"}}
    usual |= {"weight": {"declared"}, "aggregate": {"arithmetic"}}
    assert {step: set(RULES[step]) - tried[step] - usual[step] for step in RULES} == {step: set() for step in RULES}


def test_a_broken_text_is_noticed() -> None:
    """The pattern itself, seen to fail; words that only contain such letters are none."""
    assert all(BROKEN.search(text) for text in ("rank nan", ">None<", "-inf", "<NA>", "of {index}:"))
    assert not any(BROKEN.search(text) for text in ("Fernando", "ri-undefined", "information", MISSING, "{}"))


# ---- through the command


REFUSED = {
    "a geometric mean of negative scores": (
        Change({"normalise": {"rule": "z-score", "mean": 0, "sd": 1}, "aggregate": "geometric"}),
        ("data/framework.yml:method.aggregate", "cargo_per_resident is -1.0901", "0 or more", "arithmetic"),
    ),
    "an indicator that would be divided by a negative maximum": (
        Change({"normalise": "fraction-of-maximum"}),
        ("data/framework.yml:method.normalise", "waiting_time", "direction -1", "below 0", "use distance-to-maximum"),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", REFUSED)
def test_a_rule_that_cannot_have_these_data_is_refused_in_one_line(second_copy: Path, what: str) -> None:
    """With the file, the key, the value, what is expected and what to do."""
    change, parts = REFUSED[what]
    change.write(second_copy)
    done = run("check", "--root", second_copy)
    assert done.returncode == 1
    problems = [line for line in done.stderr.splitlines() if line.startswith("data/")]
    assert f"{len(problems)} problem(s) in data/" in done.stderr
    assert [part for part in parts if part not in problems[0]] == []
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.slow
def test_the_whole_site_is_built_by_another_method(second_copy: Path) -> None:
    """Drawn and inspected as every site."""
    change = CHANGED["all steps at once"]
    change.write(second_copy)
    done = run("site", "--root", second_copy)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {path: path.read_text(encoding="utf-8") for path in (second_copy / "site").glob("**/index.html")}
    assert len(pages) > len(change.method)
    texts = {path: re.sub(r"<(script|svg).*?</\1>", "", text, flags=re.DOTALL) for path, text in pages.items()}
    assert [(path, found[0]) for path, text in texts.items() if (found := BROKEN.search(CODE.sub("", text)))] == []
