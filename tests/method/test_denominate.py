"""Units: values and their denominators by hand, in any order; what cannot be divided is missing."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_index.framework import Denominator, Framework, Project
from regional_index.method.denominate import denominate, in_own_unit, spread_files
from regional_index.method.index import compute_index
from regional_index.method.panel import complete
from tests.method.varied import framework_of, indicator, node

NAN = float("nan")


def long(*rows: tuple[str, str, int, float]) -> pd.DataFrame:
    """Raw values `indicator, region, year, value`."""
    return pd.DataFrame(rows, columns=["indicator", "region", "year", "value"])


def framework(years: tuple[int, ...] = (2021, 2022), **own: dict[str, Any]) -> Framework:
    """`sales`, and `per_head`: sales by people x 100, from the same file; `people` stands in no index."""
    divided = {"file": "sales", "per": Denominator("people", 100.0)}
    made = framework_of(node("all", sales=1, per_head=1), {"per_head": divided, **own}, years=years)
    return replace(made, indicators={**made.indicators, "people": indicator("people")})


VALUES = long(
    ("sales", "b", 2021, 60), ("people", "b", 2021, 200), ("sales", "a", 2022, 10), ("people", "a", 2022, 40),
    ("sales", "a", 2021, 9), ("people", "b", 2022, 50), ("sales", "a", 1999, 1e9), ("people", "c", 1999, 1),
)  # fmt: skip


# By hand -------------------------------------------------------------------------------------------------------------


def test_values_are_divided_and_scaled_region_by_region_and_year_by_year() -> None:
    """b sells 60 with 200 people: 60 / 200 x 100 = 30; a of 2022: 10 / 40 x 100 = 25. No people, no sales: missing."""
    found = denominate(VALUES, framework())
    assert found.index.tolist() == [("a", 2021), ("a", 2022), ("b", 2021), ("b", 2022)]
    assert found.columns.tolist() == ["sales", "per_head"]
    np.testing.assert_array_equal(found["sales"], [9, 10, 60, NAN])
    np.testing.assert_allclose(found["per_head"], [NAN, 25, 30, NAN], atol=1e-12)
    pd.testing.assert_frame_equal(complete(found), found)


def test_other_years_are_left_out() -> None:
    """1999 is no year of the series: neither its values nor its regions enter."""
    assert denominate(VALUES, framework((2022,))).index.tolist() == [("a", 2022), ("b", 2022)]
    assert denominate(VALUES, framework((1999, 2021, 2030))).index.get_level_values("year").unique().tolist() == [
        1999, 2021,
    ]  # fmt: skip


@pytest.mark.parametrize("people", [0.0, -0.0])
@pytest.mark.parametrize("sales", [60.0, 0.0, -5.0])
def test_what_is_divided_by_0_is_missing(people: float, sales: float) -> None:
    """Neither infinity nor an exception, and no warning."""
    values = long(
        ("sales", "a", 2021, sales), ("people", "a", 2021, people), ("sales", "b", 2021, 1), ("people", "b", 2021, 4)
    )
    found = denominate(values, framework())
    np.testing.assert_array_equal(found["per_head"], [NAN, 25])
    np.testing.assert_array_equal(found["sales"], [sales, 1])


def test_what_is_divided_by_0_is_no_goalpost(tiny_project: Project) -> None:
    """Infinity would be the best there is, and score all others 0. South has 20 and 30, East 25 and 30."""
    values = tiny_project.values
    emptied = (values["indicator"] == "residents") & (values["region"] == "1")
    results = compute_index(values.assign(value=values["value"].mask(emptied, 0.0)), tiny_project.framework)
    assert results.values["turnover_per_head"].xs("1").isna().all()
    ends = results.normalisation.parameters.loc[("turnover_per_head", 0), ["worst", "best"]]
    assert ends.tolist() == [20, 30]
    assert not np.isinf(results.scores["score"].to_numpy(dtype=float)).any()
    north = results.scores.query('region == "1" and index == "spread"')
    assert north["partial"].all()


def test_one_indicator_alone_is_divided_in_the_same_way() -> None:
    by_file = spread_files(VALUES, (2021, 2022))
    assert by_file.columns.tolist() == ["people", "sales"]
    for code in ("sales", "per_head"):
        np.testing.assert_array_equal(in_own_unit(by_file, framework(), code), denominate(VALUES, framework())[code])


# Bad data ------------------------------------------------------------------------------------------------------------


def test_two_values_for_one_region_and_year_are_refused() -> None:
    """Files are checked for it before; here it is an error of the program."""
    with pytest.raises(ValueError, match="duplicate"):
        denominate(pd.concat([VALUES, VALUES.iloc[:1]]), framework())


def test_a_file_without_values_is_named() -> None:
    with pytest.raises(KeyError, match="people"):
        denominate(VALUES[VALUES["indicator"] == "sales"], framework())


# Properties ----------------------------------------------------------------------------------------------------------

amounts = st.one_of(st.integers(-(10**9), 10**9).map(lambda number: number / 1000), st.just(0.0), st.just(NAN))
given_values = st.dictionaries(
    st.tuples(st.sampled_from(["sales", "people", "other"]), st.sampled_from("abcde"), st.integers(2020, 2023)),
    amounts,
    min_size=1,
    max_size=40,
)


@settings(max_examples=25)
@given(given_values, st.integers(0, 99), st.booleans())
def test_every_value_stands_in_its_own_row_in_any_order(
    cells: dict[tuple[str, str, int], float], seed: int, as_categories: bool
) -> None:
    """Against a dictionary; names may be categories, some of them unused; nothing given is changed."""
    cells = {("sales", "a", 2021): 1.0, ("people", "e", 2022): 2.0, **cells}
    values = long(*((*key, value) for key, value in cells.items())).sample(frac=1, random_state=seed)
    if as_categories:
        kinds = {name: pd.CategoricalDtype([*sorted(set(values[name])), "unused"][::-1]) for name in values.columns[:2]}
        values = values.astype(kinds)
    before = values.copy(deep=True)
    found = denominate(values, framework())
    regions = {region for _, region, year in cells if year in (2021, 2022)}
    assert found.index.tolist() == [(region, year) for region in sorted(regions) for year in (2021, 2022)]
    for region, year in found.index:
        sales, people = (cells.get((name, region, year), NAN) for name in ("sales", "people"))
        expected = sales / people * 100 if people else NAN
        assert found.loc[(region, year)].tolist() == pytest.approx([sales, expected], nan_ok=True)
    assert not np.isinf(found.to_numpy()).any()
    pd.testing.assert_frame_equal(values, before)
