"""Texts of thirty sentences, in two languages: the true ones are right, the ten wrong ones are found.

The Shore index of the second index in 2030: Elm 97.5, Corsa 66.25, Dunmore 48.75, Brill 42.5, Arden 0; in 2031: Corsa
and Elm 100, Dunmore 65, Brill 45, Arden 20. Before each sentence is its verdict: `+` right, `-` wrong, `?` unread, `0`
untested.
"""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from regional_index.claims.universe import universe_of
from regional_index.errors import DataError
from regional_index.facts import Facts
from regional_index.files import write_if_changed
from regional_index.read import read_declarations
from regional_index.read.text import first_year, read_paragraphs, read_phrases, read_sentences
from regional_index.read.words import languages, read_pack
from regional_index.reports.text_audit import Checked, check_with_published, check_with_series, report_text
from regional_index.results.releases import release_files
from tests.commands import run

VERDICTS = {"+": "right", "-": "wrong", "?": "unread", "0": "untested"}
TEXTS = {
    "en": """
+ In 2030 Elm scored 97.50 in the Shore index.
+ Corsa and Dunmore scored 66.25 and 48.75 respectively in the Shore index.
- Brill scored 45.2 in the Shore index.
+ Elm ranked first in the Shore index.
+ In the Shore index, Corsa ranked second and Dunmore ranked third.
- Brill ranked third in the Shore index.
+ The mean of the Shore index was 51.0.
+ The median of the Shore index was 48.75.
- The total of the Shore index was 265.
+ The score of Elm in the Shore index was 2.0 times that of Dunmore.
- The score of Elm in the Shore index was 1.7 times that of Corsa.
+ Elm was 31.25 points ahead of Corsa in the Shore index.
+ In 2031 the Shore index of Dunmore rose by 33.3% from 2030.
- In 2031 the Shore index of Brill rose by 9.9% from 2030.
+ In 2031 Corsa climbed 1 place in the Shore index from 2030.
+ Two regions are above the mean in the Shore index.
- Three regions are below 40 in the Shore index.
+ Two of the first three in the Shore index are in the Outer ring.
+ The first two have 64.2% of the total in the Shore index.
- The Inner ring has 52.6% of the total in the Shore index.
+ Elm and Corsa are among the first three of the Shore index.
- Brill is among the first three of the Shore index.
+ Elm scored higher than Corsa in the Shore index.
- Brill scored higher than Dunmore in the Shore index.
+ In 2031 the highest score of the Shore index was 5.0 times the lowest.
+ The cargo of Arden was 60 thousand tonnes.
- The cargo of Brill was 0.036 million tonnes.
+ The cargo of Brill was 35 thousand tonnes.
+ Clean beaches of Elm reached 90%.
? Arden has 12 lighthouses.
0 Cargo of Elm was 3 thousand tonnes.
? Elm scored about 97 in the Shore index.
""",
    "zh": """
+ 2030年，Elm的Shore index得分为97.50。
+ Corsa、Dunmore的Shore index分别以66.25分和48.75分居第二、三位。
- Brill的Shore index得分为45.2，低于平均水平。
+ Elm以97.5的Shore index得分位居第一位。
+ Elm位列第一，Corsa和Dunmore分列第二和第三位。
- Brill排名第三。
+ Shore index总分为255，平均得分为51.0。
+ Shore index中位数为48.75。
- 全国Shore index总分达到265。
+ Elm的Shore index得分是Dunmore的2.0倍。
- Elm的Shore index得分是Corsa的1.7倍。
+ Elm比Corsa高31.25分。
+ 2031年，Dunmore的Shore index比2030年增长33.3%。
- 2031年，Brill的Shore index比上年增长9.9%。
+ 2031年，Corsa的Shore index名次较2030年上升１位。
+ Shore index高于平均值的地区有2个。
- 有3个地区Shore index低于40。
+ Shore index前三名中，Outer ring占2席。
+ 前2名合计占Shore index总值的64.2%。
- Inner ring占Shore index总值的52.6%。
+ Elm、Corsa的Shore index居前三。
- Brill的Shore index跻身前三。
+ Elm、Corsa 2个地区的Shore index高于平均值，总值达到163.75，占比为64.21%。
- Brill的Shore index高于Dunmore。
+ 2031年，Shore index最高分是最低分的5.0倍。
+ Arden的Cargo为60 千tonnes。
- Brill的Cargo为3.6 万tonnes。
+ Brill的Cargo为3.5 万tonnes。
+ Elm（第1）、Corsa（第2）领先。
? 高于平均值的是Elm、Corsa，总值达到163.75，平均得分为81.88。
? Arden有12座灯塔，Elm约97分。
? Elm的灯塔数居第一。
+ Dunmore的Shore index低于Elm，Corsa居第二。
? Dunmore的Shore index低于Elm，居第三。
? Arden的《Elm以3分居第一》发行2万册。
""",
}


def speaking(facts: Facts, language: str) -> Facts:
    """The second index on a site in another language."""
    if language == "en":
        return facts
    cargo = replace(facts.framework.indicators["cargo"], unit="千tonnes")
    indicators = {**facts.framework.indicators, "cargo": cargo}
    framework = replace(facts.framework, language=language, indicators=indicators)
    return Facts(replace(facts.declared, framework=framework, words=read_pack(language)), facts.tables, facts.findings)


def check(facts: Facts, name: str, content: bytes, *, published: bool = False) -> list[Checked]:
    """The sentences of a document, compared."""
    phrases, paragraphs = read_phrases(facts.declared), read_paragraphs(name, content)
    sentences = read_sentences(paragraphs, phrases)
    universe = universe_of(facts.edition, facts.framework, facts.regions)
    if published:
        return check_with_published(sentences, facts, universe)
    year = first_year(paragraphs, phrases, facts.framework.years)
    return check_with_series(sentences, facts, universe, year or facts.last_year)


def sentences_of(language: str) -> list[tuple[str, str]]:
    """What is to be said, and the sentence."""
    return [(VERDICTS[line[0]], line[2:]) for line in TEXTS[language].strip().splitlines()]


@pytest.mark.parametrize("language", languages())
def test_true_sentences_are_right_and_exactly_the_wrong_ones_are_found(language: str, second_facts: Facts) -> None:
    expected = sentences_of(language)
    assert [verdict for verdict, _ in expected].count("wrong") == 10
    text = "\n\n".join(sentence for _, sentence in expected)
    checked = check(speaking(second_facts, language), "draft.md", text.encode())
    assert [(one.verdict, one.sentence.text) for one in checked] == expected


def say(checked: list[Checked], facts: Facts) -> str:
    """The report as it is printed."""
    console = Console(file=io.StringIO(), width=300)
    console.print(report_text(checked, facts, "x"))
    return console.file.getvalue()  # pyright: ignore[reportAttributeAccessIssue]


def test_the_report_has_what_should_be_there_and_where_the_sentence_is(second_facts: Facts) -> None:
    """In the language of the site; what was not read comes last."""
    facts = speaking(second_facts, "zh")
    text = "Arden有12座灯塔。\n\n2030年，Brill的Shore index得分为45.2，位列第四。\n"
    said = say(check(facts, "draft.md", text.encode()), facts)
    assert "不对（Brill 得分 45.2，应为 42.500）  第 2 段  2030年，Brill的Shore index得分为45.2，位列第四。" in said
    assert said.index("第 2 段") < said.index("读不懂  第 1 段  Arden有12座灯塔。")
    assert "不对 1  对 0  无法核对 0  读不懂 1" in said


def test_a_word_document_is_read_with_its_tables(second_facts: Facts) -> None:
    """A table counts as a paragraph; a heading may say what is spoken of."""
    from docx import Document

    document, content = Document(), io.BytesIO()
    document.add_heading("The Shore index in 2030", 1)
    document.add_paragraph("Elm ranked first. Brill ranked second.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Arden", "Corsa scored 66.4 in the Shore index."
    document.save(content)
    checked = check(second_facts, "draft.docx", content.getvalue())
    found = [(one.verdict, one.sentence.paragraph.number, one.sentence.paragraph.cell) for one in checked]
    assert found == [("right", 2, None), ("wrong", 2, None), ("wrong", 3, (1, 2))]
    assert "paragraph 3, a table, row 1, column 2  Corsa scored 66.4" in say(checked, second_facts)


MARKDOWN = """---
title: Elm scored 1
---
# Shore index
In 2030 Elm ranked
**first**.
- [Corsa](x.md) ranked 2nd.
- Dunmore ranked 2nd.

|a|b|
|-|-|
|Elm (1st)|12|
"""


def test_markdown_is_read_without_its_markup(second_facts: Facts) -> None:
    """Lines of a paragraph go together; a heading says what is spoken of."""
    checked = check(second_facts, "x.md", b"\xef\xbb\xbf" + MARKDOWN.encode())
    assert [(one.verdict, one.sentence.paragraph.number, one.sentence.text) for one in checked] == [
        ("right", 2, "In 2030 Elm ranked first."),
        ("right", 3, "Corsa ranked 2nd."),
        ("wrong", 4, "Dunmore ranked 2nd."),
        ("right", 5, "Elm (1st)"),
    ]


@pytest.mark.parametrize("name", ["x.docx", "x.md", "x.txt"])
def test_what_is_no_such_document_is_refused(name: str) -> None:
    with pytest.raises(DataError, match=rf"^{name}: found .* expected "):
        read_paragraphs(name, b"\xb9\xe3\xb6\xab")


def test_a_text_is_compared_with_what_an_edition_states(second_facts: Facts) -> None:
    """What it states is right, what its claims exclude is wrong; of all else nothing can be said."""
    claims = second_facts.edition.claims
    score, rank = claims["harbour-score-arden"], claims["harbour-rank-arden"]
    text = f"""Arden scored {score.value} in the Harbour index.

Arden scored {float(score.value) + 3} in the Harbour index.

Arden ranked number {rank.value} in the Harbour index.

Elm scored 97.5 in the Shore index.

In 2031 Arden scored {score.value} in the Harbour index.
"""
    checked = check(second_facts, "x.md", text.encode(), published=True)
    assert [one.verdict for one in checked] == ["right", "wrong", "right", "untested", "untested"]
    assert f"should be {score.value}" in say(checked, second_facts)


@pytest.mark.slow
def test_the_command_reads_a_text_and_compares_it_with_another_folder_of_results(tiny_root: Path) -> None:
    """Exit code 1 where a sentence is wrong; a release keeps the numbers that the data have no longer."""
    draft = tiny_root / "report.md"
    draft.write_text("In 2022 the coverage of East was 90%.\n", encoding="utf-8")
    done = run("audit", draft, "--root", tiny_root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "right  paragraph 1  In 2022 the coverage" in done.stdout
    folder = shutil.copytree(tiny_root / "build" / "results", tiny_root / "kept")
    for path, content in release_files(read_declarations(tiny_root), folder, "spring", "2030-03-01").items():
        write_if_changed(tiny_root / path, content)
    values = tiny_root / "data" / "indicators" / "coverage.csv"
    values.write_text(values.read_text().replace("East,2022,90", "East,2022,91"))
    entry = '{indicator: coverage, region: East, year: 2022, old: 90, new: 91, date: "2030-04-01", who: A, why: B}'
    (tiny_root / "data" / "revisions.yml").write_text(f"revisions:\n  - {entry}\n")
    done = run("audit", draft, "--root", tiny_root)
    assert done.returncode == 1
    assert "wrong (East score 90: should be 91.00)" in done.stdout
    for kept in ("spring", folder):
        done = run("audit", draft, "--root", tiny_root, "--as-of", kept)
        assert (done.returncode, f"({kept})" in done.stdout) == (0, True), done.stderr
    done = run("audit", draft, "--root", tiny_root, "--as-of", "autumn")
    assert (done.returncode, 'unknown release "autumn"; there are: spring' in done.stderr) == (1, True)


def test_options_of_the_other_form_of_a_draft_are_refused(tiny_root: Path) -> None:
    draft = tiny_root / "report.md"
    draft.write_text("Nothing.\n")
    done = run("audit", draft, "--root", tiny_root, "--alone")
    assert (done.returncode, "are for claims in YAML" in done.stderr) == (2, True)
