"""A language is one file: with it, an index says in that language whatever it says."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.pages import PageWriter
from regional_index.read import read_declarations, words
from tests.computed import Undrawn
from tests.conftest import SECOND
from tests.editing import edit_yaml

PAGE = "{{ table_region_years('elm') }} {{ strengths('elm') }} {{ movement('elm') }} {{ method_steps() }}"


def test_a_pack_is_all_that_a_language_takes(
    second_facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that puts English words in marks: outside of marks a page has names, numbers and kinds of files."""
    pack = {key: text and f"«{text}»" for key, text in words.read_pack("en").items()}
    monkeypatch.setattr(words, "PACKS", tmp_path / "words")
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "qx.yml").write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")
    shutil.copytree(SECOND / "data", tmp_path / "data", ignore=shutil.ignore_patterns("words.yml"))
    framework = tmp_path / "data" / "framework.yml"
    framework.write_text(framework.read_text(encoding="utf-8").replace("{en: ", "{qx: "), encoding="utf-8")
    edit_yaml(framework, lambda data: data.update(language="qx"))
    facts = replace(second_facts, declared=read_declarations(tmp_path))
    page = PageWriter(facts, Undrawn(facts), {"page": PAGE}, {}).write("page.md", "page")
    text = re.sub(r"<[^>]+>", " ", page)
    assert "«Scores and ranks of Elm by year»" in text
    while (shorter := re.sub(r"«[^«»]*»", " ", text)) != text:
        text = shorter
    names = " ".join(site_name(node.name) for node in facts.framework.walk())
    assert set(re.findall(r"[A-Za-z]+", text)) - set(re.findall(r"[A-Za-z]+", names)) == {"CSV", "XLSX", "Markdown"}
