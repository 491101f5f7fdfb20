"""What the schemas refuse, and how they say so."""

import pytest

KINDS = (
    "one of score, rank, total, mean, median, order, top, among, above, below, count, count_share, sum, share, "
    "group_mean, band, tiers, group_count, comparison, ratio, difference, growth, place_change"
)
SIDE = "`index` with one of `regions`, `mean: true`, `median: true`, `highest: true` or `lowest: true`"
GROUPED = "group_count, count, count_share, sum, share or group_mean"
WHOLE = 'a whole number of 0 or more in quotes, such as "8"'
TOLERANCE = "`tolerance`, by how much an approximate number may be off"


FIELDS = {
    "value": '"1"', "regions": "[East, South]", "size": '"2"', "ordered": "true", "threshold": "mean", "of": "total",
    "exhaustive": "true", "relation": "above", "tiers": "[[East]]", "within": '"2"', "group_name": "seaside",
    "greater": "{index: use, mean: true}", "less": "{index: use, mean: true}",
    "year": "2020",
}  # fmt: skip
NEEDED = {
    "total": "value", "mean": "value", "score": "regions value", "rank": "regions value", "order": "regions",
    "top": "regions size ordered", "above": "regions threshold exhaustive", "below": "regions threshold exhaustive",
    "count": "value relation threshold", "count_share": "value relation threshold", "share": "regions value of",
    "tiers": "tiers", "comparison": "greater less", "group_count": "group_name value within",
    "median": "value", "among": "regions within", "ratio": "greater less value", "difference": "greater less value",
    "growth": "regions value year", "place_change": "regions value year",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind in NEEDED for field in NEEDED[kind].split()])
def test_a_claim_without_a_field_of_its_kind_is_refused(tiny, kind, field):
    fields = FIELDS | ({"regions": "[East]"} if kind in ("score", "rank", "growth", "place_change") else {})
    fields |= {"value": '"2"'} if kind == "group_count" else {}
    start = f"\n  - {{id: new, index: use, kind: {kind}, place: supply-1"
    whole = "".join(f", {name}: {fields[name]}" for name in NEEDED[kind].split())
    tiny.edit("published/2022.yml", "\n\ncontext:", f"{start}{whole}}}\n\ncontext:")
    assert tiny.problems() == ()
    tiny.edit("published/2022.yml", f"{start}{whole}", start + whole.replace(f", {field}: {fields[field]}", "", 1))
    problem = tiny.problem()
    assert problem.place.startswith("claims[11] (id new), line ")
    assert f"`{field}`" in problem.expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ('kind: sum, value: "1"', "one of `regions`, `group`, `group_name` or `within`"),
        ("kind: band, regions: [East]", "`lower`, `upper` or both"),
        ("kind: comparison, greater: {index: use}, less: {index: use, mean: true}", SIDE),
        ("kind: comparison, greater: {index: use, mean: true, lowest: true}, less: {index: use, mean: true}", SIDE),
        (
            'kind: ratio, value: "2", greater: {index: use, highest: true}, less: {index: use, regions: [East, South]}',
            "at most 1 in the list",
        ),
        (
            'kind: place_change, regions: [East], value: "1.5", year: 2020',
            'a whole number in quotes, such as "3" or "-2"',
        ),
        ('kind: score, regions: [East], value: "1", year: 2020', "growth or place_change, the kinds that have `year`"),
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
        ('kind: mean, value: "1", groups: [inland]', f"{GROUPED}, the kinds that have `groups`"),
        ('kind: mean, value: "1", tolerance: "2"', "`wording: approximate` with `tolerance`"),
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


def test_synonyms_are_lists_of_words(tiny):
    tiny.write("synonyms.yml", b"Supply: [offer, 2024]\n")
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.found) == ("data/synonyms.yml", "Supply[1], line 1", "2024")
