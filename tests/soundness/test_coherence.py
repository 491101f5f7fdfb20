"""Correlations, alpha, components and flags, by hand and against other ways to the same numbers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pearsonr, spearmanr

from regional_index.framework import Framework, Method, Node
from regional_index.soundness.association import (
    constant_columns,
    correlations,
    cronbach_alpha,
    principal_components,
)
from regional_index.soundness.coherence import describe_coherence, flag_correlations

NAME = {"en": "any"}
seeds = st.integers(0, 10_000)


def table_of(seed: int, rows: int = 12, columns: int = 4, gaps: float = 0.0) -> pd.DataFrame:
    """Columns with something in common, some cells missing."""
    random = np.random.default_rng(seed)
    values = random.normal(size=(rows, columns)) + random.normal(size=(rows, 1))
    codes = [f"c{number}" for number in range(columns)]
    return pd.DataFrame(values, columns=codes).mask(random.random(values.shape) < gaps)


def node(code: str, children: tuple[Node, ...] = (), **indicators: float) -> Node:
    return Node(code, NAME, code, code, children=children, indicators=indicators)


def tree() -> Framework:
    """One index of two sub-indices; `goods` and `speed` stand below the first, `clean` below the second."""
    top = node("port", (node("trade", goods=1, speed=1), node("shore", clean=1), node("none")))
    return Framework(NAME, "first", 2030, (2029, 2030), Method(), (), (), (top,), {})


def panel(**columns: list[float]) -> pd.DataFrame:
    rows = pd.MultiIndex.from_product([["1", "2", "3", "4"], [2029, 2030]], names=["region", "year"])
    return pd.DataFrame(columns, index=rows)


def test_correlations_are_those_of_scipy_over_the_rows_that_both_have() -> None:
    table = table_of(1, gaps=0.2)
    for method, reference in (("pearson", pearsonr), ("spearman", spearmanr)):
        found = correlations(table, method=method)
        for first, second in (("c0", "c1"), ("c2", "c3"), ("c3", "c0")):
            both = table[[first, second]].dropna()
            assert found.loc[first, second] == pytest.approx(reference(both[first], both[second])[0], abs=1e-12)


def test_columns_correlate_with_other_columns_of_the_same_name() -> None:
    """2, 4, 6 rises with 1, 2, 3; 3, 2, 1 falls."""
    columns = pd.DataFrame({"a": [1.0, 2, 3], "b": [3.0, 2, 1]})
    found = correlations(columns, pd.DataFrame({"a": [2.0, 4, 6]}))
    assert found.to_dict() == {"a": {"a": pytest.approx(1.0), "b": pytest.approx(-1.0)}}


def test_a_constant_column_has_no_correlation_and_is_named() -> None:
    """Also where it is constant but for rounding, which correlates with chance."""
    table = table_of(2).assign(flat=0.1 + 0.2, nearly=50 + 1e-14 * np.arange(12), empty=np.nan)
    assert constant_columns(table) == ["flat", "nearly", "empty"]
    found = correlations(table)
    assert found[["flat", "nearly", "empty"]].isna().all(axis=None)
    assert found.loc["c0", "c1"] == pytest.approx(pearsonr(table["c0"], table["c1"])[0])


def test_two_rows_make_no_correlation() -> None:
    """Any two points lie on a line."""
    assert correlations(pd.DataFrame({"a": [1.0, 2], "b": [5.0, 3]})).isna().all(axis=None)


@given(seeds)
def test_the_order_of_regions_does_not_matter(seed: int) -> None:
    table = table_of(seed, gaps=0.1)
    shuffled = table.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(correlations(table), correlations(shuffled))
    assert cronbach_alpha(table) == pytest.approx(cronbach_alpha(shuffled), nan_ok=True)
    first, second = principal_components(table), principal_components(shuffled)
    # A component that explains nothing may point anywhere: there may be fewer complete rows than columns.
    real = first.explained.index[first.explained > 1e-9]
    pd.testing.assert_frame_equal(first.loadings[real], second.loadings[real], atol=1e-7)


def test_alpha_by_hand() -> None:
    """2² x mean covariance / sum of all: variances 1 and 1 with 0.5, then variances 1 and 4 with 1."""
    columns = pd.DataFrame({"a": [0.0, 1.0, 2.0], "b": [1.0, 0.0, 2.0]})
    assert cronbach_alpha(columns) == pytest.approx(4 * 0.5 / 3)
    wider = pd.DataFrame({"a": [0.0, 1.0, 2.0], "b": [1.0, 5.0, 3.0]})
    assert cronbach_alpha(wider) == pytest.approx(4 * 1 / (1 + 4 + 2))


def test_alpha_counts_rows_without_a_gap_only() -> None:
    columns = pd.DataFrame({"a": [0.0, 1.0, 2.0, 50.0], "b": [1.0, 0.0, 2.0, np.nan]})
    assert cronbach_alpha(columns) == pytest.approx(2 / 3)


def test_copies_have_alpha_one_and_unrelated_columns_about_zero() -> None:
    one = np.random.default_rng(0).normal(size=5000)
    assert cronbach_alpha(pd.DataFrame({"a": one, "b": one, "c": one})) == pytest.approx(1)
    unrelated = pd.DataFrame(np.random.default_rng(1).normal(size=(5000, 3)))
    assert abs(cronbach_alpha(unrelated)) < 0.1


def test_alpha_is_missing_where_it_has_no_meaning() -> None:
    rows = np.arange(5.0)
    assert np.isnan(cronbach_alpha(pd.DataFrame({"a": rows})))
    assert np.isnan(cronbach_alpha(pd.DataFrame({"a": rows, "b": -rows})))
    assert np.isnan(cronbach_alpha(pd.DataFrame({"a": [7.1] * 5, "b": [7.1] * 5})))


def test_components_of_two_columns_by_hand() -> None:
    """With correlation r eigenvalues are 1 + r and 1 - r, loadings 1/sqrt(2)."""
    columns = pd.DataFrame({"a": [0.0, 1.0, 2.0], "b": [10.0, 0.0, 20.0]})
    found = principal_components(columns)
    assert found.eigenvalues.tolist() == pytest.approx([1.5, 0.5])
    assert found.explained.tolist() == pytest.approx([0.75, 0.25])
    assert found.loadings[1].tolist() == pytest.approx([0.5**0.5] * 2)
    assert found.loadings[2].abs().tolist() == pytest.approx([0.5**0.5] * 2)


@given(seeds)
def test_components_are_those_of_a_singular_value_decomposition(seed: int) -> None:
    table = table_of(seed, gaps=0.03)
    rows = table.dropna()
    standard = ((rows - rows.mean()) / rows.std()).to_numpy()
    _, sizes, vectors = np.linalg.svd(standard, full_matrices=False)
    found = principal_components(table)
    assert found.eigenvalues.tolist()[: len(sizes)] == pytest.approx(list(sizes**2 / (len(rows) - 1)), abs=1e-9)
    assert found.loadings[1].abs().tolist() == pytest.approx(list(np.abs(vectors[0])), abs=1e-6)
    assert (found.loadings.sum() > 0).all()
    assert found.explained.sum() == pytest.approx(1)


def test_opposites_have_a_component_whose_sign_does_not_hang_on_rounding() -> None:
    found = principal_components(pd.DataFrame({"a": [0.0, 1.0, 3.0], "b": [0.0, -1.0, -3.0]}))
    assert found.loadings[1].tolist() == pytest.approx([0.5**0.5, -(0.5**0.5)])


def test_what_is_constant_takes_no_part_in_components() -> None:
    found = principal_components(table_of(3).assign(flat=4.0))
    assert len(found.explained) == 4
    assert found.loadings.loc["flat"].isna().all()


def test_flags_by_their_thresholds() -> None:
    codes = list("abcd")
    sizes = [[1, 0.95, 0.5, -0.4], [0.95, 1, 0.3, -0.2], [0.5, 0.3, 1, 0.31], [-0.4, -0.2, 0.31, 1]]
    within = pd.DataFrame(sizes, codes, codes)
    found = flag_correlations(within, "port")
    told = list(zip(found["first"], found["second"], found["flag"], strict=True))
    assert told == [("a", "b", "collinear"), ("a", "d", "negative"), ("b", "c", "weak"), ("b", "d", "weak")]
    assert set(found["index"]) == {"port"}
    assert flag_correlations(within, "port", weak=-0.3, negative=-0.5, collinear=0.96)["flag"].tolist() == ["weak"]


def test_missing_correlations_are_not_flagged() -> None:
    assert flag_correlations(pd.DataFrame(np.nan, list("ab"), list("ab")), "port").empty


def small() -> tuple[pd.DataFrame, pd.DataFrame]:
    """In 2030 speed falls by 1 as goods rise by 1, and all are equally clean; in 2029 all have 9 goods."""
    goods, speed, clean = [9.0, 0, 9, 1, 9, 2, 9, 4], [5.0, 9, 1, 8, 2, 7, 4, 5], [1.0, 5, 1, 5, 1, 5, 2, 5]
    leaves = panel(goods=goods, speed=speed, clean=clean)
    trade = leaves["goods"] * 0.9 + leaves["speed"] * 0.1
    port = (trade + leaves["clean"]) / 2
    return leaves, pd.DataFrame({"port": port, "trade": trade, "shore": leaves["clean"], "none": np.nan})


def test_children_are_described_within_their_node() -> None:
    found = describe_coherence(*small(), tree())
    assert found.within["trade"].loc["goods", "speed"] == pytest.approx(-1)
    assert found.flags[["index", "first", "second", "flag"]].to_numpy().tolist() == [
        ["trade", "goods", "speed", "negative"]
    ]
    assert found.summary.loc["trade", ["children", "rows", "explained"]].tolist() == pytest.approx([2, 4, 1])
    assert found.summary.loc["port", "children"] == 2
    assert "none" not in found.summary.index


def test_children_are_compared_with_their_node_and_the_top() -> None:
    parents = describe_coherence(*small(), tree()).parents.set_index(["child", "index"])
    assert set(parents["top"]) == {"port"}
    assert parents.loc[("goods", "trade"), ["with_index", "with_top"]].tolist() == pytest.approx([1, 1])
    assert parents.loc[("speed", "trade"), ["with_index", "with_top"]].tolist() == pytest.approx([-1, -1])
    assert parents.loc[("trade", "port"), ["with_index", "with_top"]].tolist() == pytest.approx([1, 1])


def test_what_coherence_cannot_say_is_noted() -> None:
    notes = describe_coherence(*small(), tree()).notes.set_index(["index", "child"])["note"].to_dict()
    assert notes["shore", "clean"] == "constant"
    assert notes["port", "none"] == "no values"
    assert notes["shore", ""].startswith("1 of 1 children")


def test_one_year_or_all_of_them() -> None:
    assert describe_coherence(*small(), tree(), pooled=True).summary.loc["trade", "rows"] == 8
    assert np.isnan(describe_coherence(*small(), tree(), year=2029).within["trade"].loc["goods", "speed"])


def test_every_missing_number_of_the_summary_has_a_note() -> None:
    leaves = panel(goods=[3.0] * 8, speed=[3.0] * 8, clean=[np.nan] * 8)
    nodes = pd.DataFrame({"port": leaves["goods"], "trade": 3.0, "shore": np.nan, "none": np.nan})
    found = describe_coherence(leaves, nodes, tree())
    assert set(found.summary.index[found.summary["alpha"].isna()]) <= set(found.notes["index"])


def test_a_year_that_is_not_there_is_refused() -> None:
    leaves = panel(goods=[1.0] * 8, speed=[1.0] * 8, clean=[1.0] * 8)
    nodes = pd.DataFrame(dict.fromkeys(("port", "trade", "shore", "none"), leaves["goods"]))
    with pytest.raises(KeyError):
        describe_coherence(leaves, nodes, tree(), year=1999)
