"""The data of this index can be read, and its regions go by their names."""

from regional_index.facts import Facts


def test_every_region_is_found_by_any_of_its_names(real_facts: Facts) -> None:
    """Those of the regions table, in any spelling listed there."""
    for code, region in real_facts.regions.items():
        names = (region.name, region.full_name, region.name_en, region.slug, region.iso, *region.aliases)
        assert {name: real_facts.region(name).code for name in names} == dict.fromkeys(names, code)


def test_every_year_of_the_series_is_scored(real_facts: Facts) -> None:
    """By every index that is computed at all, or its parts would be compared over other years than the whole."""
    for code in real_facts.open.computed_nodes:
        assert [real_facts.open.scores(code, year)["score"].notna().any() for year in real_facts.framework.years]


def test_every_rank_has_a_range_of_ranks(real_facts: Facts) -> None:
    for index in real_facts.open.ranked_nodes:
        ranks = real_facts.open.scores(index)["rank"].dropna()
        ends = [real_facts.soundness.rank_range(index, str(region)) for region in ranks.index]
        assert all(found is not None and 1 <= found[0] <= found[1] <= len(ranks) for found in ends)
