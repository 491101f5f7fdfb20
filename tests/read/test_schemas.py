"""What the schemas refuse, and how they say so."""

import pytest

KINDS = (
    "one of score, rank, total, mean, order, top, above, below, count, count_share, sum, share, group_mean, "
    "band, tiers, group_count, comparison"
)
WHOLE = 'a whole number of 0 or more in quotes, such as "8"'
TOLERANCE = "`tolerance`, by how much an approximate number may be off"
SIZE = "indices[0] (code supply).children[0] (code size)"


def test_an_unknown_key_is_refused_with_the_key_that_is_meant(tiny):
    tiny.edit("framework.yml", "    unit: million crowns", "    units: million crowns")
    unknown, missing = sorted(tiny.problems(), key=lambda problem: problem.found, reverse=True)
    line = tiny.line("framework.yml", "units: million crowns")
    assert unknown.place == f"indicators[0] (code turnover).units, line {line}"
    assert unknown.found == '"units"'
    assert unknown.remedy == "write `unit`"
    assert (missing.place, missing.expected) == (f"indicators[0] (code turnover), line {line - 2}", "`unit`")


def test_a_missing_key_is_named(tiny):
    tiny.edit("sources.yml", "publisher: Tiny Survey, ", "")
    problem = tiny.problem()
    assert problem.file == "data/sources.yml"
    assert problem.place == "sources[1] (id survey), line 3"
    assert problem.expected == "`publisher`"
    assert problem.remedy == "add what is missing"


def test_a_number_where_text_belongs_should_be_put_in_quotes(tiny):
    tiny.edit("published/2022.yml", 'value: "150.00"', "value: 150.00")
    problem = tiny.problem()
    assert problem.file == "data/published/2022.yml"
    assert problem.place.startswith("claims[0] (id supply-total).value, line ")
    assert problem.found == "150.00"
    assert problem.remedy == 'put it in quotes, so that its decimals survive: "150.00"'


def test_a_whole_number_where_text_belongs_should_be_put_in_quotes(tiny):
    tiny.edit("published/2022.yml", 'starts_at: "1"', "starts_at: 1")
    assert (tiny.problem().found, tiny.problem().remedy) == ("1", 'put it in quotes: "1"')


def test_a_word_that_yaml_takes_for_a_truth_value_should_be_put_in_quotes(tiny):
    tiny.append("words.yml", "answer: no\n")
    problem = tiny.problem()
    assert (problem.place, problem.found) == (f"answer, line {tiny.line('words.yml', 'answer')}", "no")
    assert problem.remedy == 'write true or false; if it is text, put it in quotes: "no"'


def test_a_date_where_text_belongs_should_be_put_in_quotes(tiny):
    tiny.edit("corrections.yml", "the office publishes again", "2024-01-31")
    assert tiny.problem().remedy == 'put it in quotes: "2024-01-31"'


def test_text_where_a_number_belongs_is_refused(tiny):
    tiny.edit("framework.yml", "max_ratio: 2\n    measures: What", 'max_ratio: "2"\n    measures: What')
    problem = tiny.problem()
    assert (problem.found, problem.expected) == ('"2"', "a number")
    assert "without quotes" in problem.remedy


def test_words_may_be_empty_but_not_missing(tiny):
    tiny.append("words.yml", 'table.note: ""\ntable.reason:\n')
    problem = tiny.problem()
    assert (problem.place, problem.found, problem.expected) == (
        f"table.reason, line {tiny.line('words.yml', 'table.reason')}",
        "nothing",
        "text",
    )


def test_synonyms_are_lists_of_words(tiny):
    tiny.write("synonyms.yml", b"Supply: [offer, 2024]\n")
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.found) == ("data/synonyms.yml", "Supply[1], line 1", "2024")


@pytest.mark.parametrize(
    ("old", "new", "place", "expected"),
    [
        ("impute: none", "impute: 3", "method.impute", "the name of a rule, or {rule: name, option: value}"),
        ("aggregate: arithmetic", "aggregate: []", "method.aggregate", "at least 1 in the list"),
        ("share: 0.6667", "share: 0", "method.minimum_weight_share", "a number above 0"),
        ("share: 0.6667", "share: 1.1", "method.minimum_weight_share", "a number of at most 1"),
        ("weight: 3", "weight: -1", f"{SIZE}.weight", "a number of at least 0"),
        ("{turnover: 1}", "{turnover: -2}", f"{SIZE}.indicators.turnover", "a number of at least 0"),
        (
            "kind: share",
            "kind: shares",
            "indicators[2] (code coverage).kind",
            "one of count, amount, share, ratio, index, signed",
        ),
        ("scale: 100", "scale: 0", "indicators[3] (code turnover_per_head).per.scale", "a number above 0"),
        ("years: [2021, 2022]", "years: [2021, 2021]", "series.open.years", "each item once"),
        (
            "code: size",
            "code: Size",
            "indices[0] (code supply).children[0] (code Size).code",
            "a code of small letters, digits and _, beginning with a letter",
        ),
    ],
)
def test_the_framework_refuses(tiny, old, new, place, expected):
    tiny.edit("framework.yml", old, new)
    problem = tiny.problem()
    assert (problem.file, problem.expected) == ("data/framework.yml", expected)
    assert problem.place == f"{place}, line {tiny.line('framework.yml', new)}"
    assert problem.found
    assert problem.remedy


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("total", "value"),
        ("mean", "value"),
        ("score", "regions"),
        ("score", "value"),
        ("rank", "value"),
        ("order", "regions"),
        ("top", "size"),
        ("top", "ordered"),
        ("above", "threshold"),
        ("below", "exhaustive"),
        ("count", "relation"),
        ("count_share", "threshold"),
        ("share", "regions"),
        ("share", "of"),
        ("tiers", "tiers"),
        ("group_count", "within"),
        ("group_count", "group_name"),
        ("comparison", "less"),
    ],
)
def test_a_claim_without_a_field_of_its_kind_is_refused(tiny, kind, field):
    fields = {"value": '"1"', "regions": "[East]", "size": '"1"', "ordered": "true", "threshold": "mean"}
    fields |= {"exhaustive": "true", "relation": "above", "tiers": "[[East]]", "within": '"2"'}
    fields |= {
        "of": "total",
        "group_name": "seaside",
        "greater": "{index: use, mean: true}",
        "less": "{index: use, mean: true}",
    }
    fields |= {"regions": "[East, South]"} if kind == "order" else {}
    needed = {
        "total": ["value"],
        "mean": ["value"],
        "score": ["regions", "value"],
        "rank": ["regions", "value"],
        "order": ["regions"],
        "top": ["regions", "size", "ordered"],
        "above": ["regions", "threshold", "exhaustive"],
        "below": ["regions", "threshold", "exhaustive"],
        "count": ["value", "relation", "threshold"],
        "count_share": ["value", "relation", "threshold"],
        "share": ["regions", "value", "of"],
        "tiers": ["tiers"],
        "comparison": ["greater", "less"],
        "group_count": ["group_name", "regions", "value", "within"],
    }[kind]
    start = f"\n  - {{id: new, index: use, kind: {kind}, place: supply-1"
    whole = "".join(f", {name}: {fields[name]}" for name in needed)
    tiny.edit("published/2022.yml", "\n\ncontext:", f"{start}{whole}}}\n\ncontext:")
    assert tiny.problems() == ()
    tiny.edit("published/2022.yml", f"{start}{whole}", start + whole.replace(f", {field}: {fields[field]}", "", 1))
    problem = tiny.problem()
    assert problem.place.startswith("claims[11] (id new), line ")
    assert f"`{field}`" in problem.expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ('kind: sum, value: "1"', "`regions` or, where the kind has it, `group`"),
        ("kind: band, regions: [East]", "`lower`, `upper` or both"),
        ("kind: comparison, greater: {index: use}, less: {index: use, mean: true}", "`regions` or `mean: true`"),
        ('kind: total, value: "1", size: "2"', "top or group_mean, the kinds that have `size`"),
        ('kind: score, regions: [East, South], value: "1"', "at most 1 in the list"),
        ('kind: rank, regions: [East], value: "0"', 'a whole number of 1 or more in quotes, such as "8"'),
        ('kind: total, value: "1,5"', 'a plain decimal number in quotes, such as "68.96"'),
        (f'kind: total, value: "{"9" * 5000}"', 'a plain decimal number in quotes, such as "68.96"'),
        (
            f'kind: top, regions: [East], ordered: true, size: "{"9" * 5000}"',
            'a whole number of 1 or more in quotes, such as "8"',
        ),
        ("kind: order, regions: []", "at least 1 in the list"),
        ("kind: order, regions: [East]", "at least 2 in the list"),
        ('kind: rank, regions: [East], value: "1.5"', 'a whole number of 1 or more in quotes, such as "8"'),
        ('kind: count, relation: above, threshold: mean, value: "1.0"', WHOLE),
        ('kind: group_count, group_name: inland, regions: [North], within: "2", value: "-1"', WHOLE),
        ('kind: mean, value: "1", of: total', "share, the kind that has `of`"),
        ('kind: share, regions: [East], value: "1", of: all', "total, or a list of regions"),
        ('kind: share, regions: [East], value: "1", of: []', "at least 1 in the list"),
        ('kind: mean, value: "1", shared: true', "rank, the kind that has `shared`"),
        ('kind: rank, regions: [East], value: "1", shared: "yes"', "true or false"),
        ('kind: mean, value: "1", groups: [inland]', "group_count, the kind that has `groups`"),
        ('kind: mean, value: "1", tolerance: "2"', "`wording: approximate` beside `tolerance`"),
        (
            'kind: mean, value: "1", wording: exact, tolerance: "2"',
            "approximate, the wording that has a `tolerance`",
        ),
        (
            'kind: mean, value: "1", wording: approximate, tolerance: "-2"',
            'a plain decimal number of 0 or more in quotes, such as "0.5"',
        ),
        ('kind: mean, value: "1", wording: approximate', TOLERANCE),
        ('kind: band, regions: [East], upper: "9", wording: approximate', TOLERANCE),
        ("kind: guess", KINDS),
    ],
)
def test_a_claim_must_fit_its_kind(tiny, field, expected):
    claim = f"\n  - {{id: new, index: use, place: supply-1, {field}}}"
    tiny.edit("published/2022.yml", "\n\ncontext:", f"{claim}\n\ncontext:")
    problem = tiny.problem()
    assert problem.place.startswith("claims[11] (id new)")
    assert problem.expected == expected


def test_a_vague_list_without_a_number_needs_no_tolerance(tiny):
    fields = "kind: below, regions: [North], threshold: mean, exhaustive: false, wording: approximate"
    claim = f"\n  - {{id: new, index: use, place: supply-1, {fields}}}"
    tiny.edit("published/2022.yml", "\n\ncontext:", f"{claim}\n\ncontext:")
    assert tiny.problems() == ()


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        (", of: total", "", "write `of: total` if it is a part of the sum over all regions, else"),
        ('value: "50.00"', 'value: "50.00", tolerance: "1"', "add `wording: approximate`, or remove `tolerance`"),
        ('value: "50.00"', 'value: "50.00", wording: approximate', "write by how much, in the unit of the number"),
        ("[East, South, North], starts_at", "[East], starts_at", "name the next one too, or state a `rank` instead"),
    ],
)
def test_the_remedy_says_what_to_write(tiny, old, new, remedy):
    tiny.edit("published/2022.yml", old, new)
    assert tiny.problem().remedy.startswith(remedy)


def test_a_figure_between_two_numbers_needs_both(tiny):
    tiny.edit("published/2022.yml", "relation: about", "relation: between")
    problem = tiny.problem()
    assert (problem.expected, problem.place.split(",")[0]) == ("`upper`", "context[0] (id wires)")
