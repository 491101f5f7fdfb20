"""What cannot be read as YAML, and what a schema refuses."""

import pytest

from regional_index.inputs.yaml_files import load_yaml


@pytest.mark.parametrize("file", ["framework.yml", "sources.yml", "corrections.yml", "words.yml", "published/2022.yml"])
def test_a_missing_document_is_named(tiny, file):
    tiny.remove(file)
    problem = tiny.problem()
    assert (problem.file, problem.found) == (f"data/{file}", "no such file")
    assert "version control" in problem.remedy


def test_unreadable_yaml_is_reported_with_its_line(tiny):
    tiny.edit("words.yml", "status.computed: computed", "status.computed: [computed")
    problem = tiny.problem()
    assert problem.file == "data/words.yml"
    assert problem.place in {"line 3", "line 4"}
    assert problem.expected == "YAML"
    assert "brackets" in problem.remedy


def test_a_tab_as_indentation_is_reported(tiny):
    tiny.edit("corrections.yml", "    region: South", "\tregion: South")
    problem = tiny.problem()
    assert (problem.file, problem.place) == ("data/corrections.yml", "line 3")
    assert "spaces" in problem.remedy


def test_yaml_that_is_not_utf8_is_reported(tiny):
    tiny.write("words.yml", 'a: "b"\nc: "中文"\n'.encode("gbk"))
    problem = tiny.problem()
    assert (problem.file, problem.place) == ("data/words.yml", "line 2")
    assert problem.remedy == "save the file as UTF-8"


def test_a_byte_order_mark_does_no_harm_in_yaml(tiny):
    tiny.write("words.yml", b"\xef\xbb\xbfa: b\n")
    assert tiny.problems() == ()


def test_an_empty_document_is_reported(tiny):
    tiny.write("words.yml", b"# nothing\n")
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.found) == ("data/words.yml", "line 1", "nothing")
    assert problem.expected == "a map of keys and values"


def test_a_key_that_stands_twice_is_refused_with_both_lines(tiny):
    tiny.append("words.yml", "status.computed: worked out\n")
    problem = tiny.problem()
    assert (problem.file, problem.place) == ("data/words.yml", "line 5")
    assert problem.found == 'key "status.computed" again'
    assert problem.remedy == "remove it here or in line 2"


def test_a_key_twice_in_a_nested_map_is_refused(tiny):
    tiny.edit("framework.yml", "indicators: {patents: 1}", "indicators: {patents: 1, patents: 2}")
    problem = tiny.problem()
    assert problem.found == 'key "patents" again'


@pytest.mark.parametrize("key", ["? [a, b]\n: c\n", "<<: b\n", "on: yes\n"])
def test_odd_keys_and_values_never_crash(tiny, key):
    tiny.append("words.yml", key)
    assert tiny.problem().file == "data/words.yml"


def test_an_anchor_that_contains_itself_is_refused(tiny):
    tiny.write("words.yml", b"a: &a [*a]\n")
    assert tiny.problem().expected in {"YAML", "text"}


@pytest.mark.parametrize("text", [".inf", ".nan"])
def test_an_infinite_number_is_refused(tiny, text):
    tiny.edit("framework.yml", "weight: 3", f"weight: {text}")
    problem = tiny.problem()
    assert (problem.found, problem.expected) == (text, "a finite number")


def test_a_place_names_index_code_and_line():
    document = load_yaml("x.yml", b"indicators:\n  - code: a\n    unit: b\n")
    assert document.place(("indicators", 0, "unit")) == "indicators[0] (code a).unit, line 3"


def test_the_place_of_something_missing_is_that_of_what_it_is_missing_from():
    document = load_yaml("x.yml", b"series:\n  open: {}\n")
    assert document.place(("series", "open", "years")) == "series.open.years, line 2"
