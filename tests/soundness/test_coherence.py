"""Correlations, alpha, components and flags, by hand and against other ways to the same numbers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pearsonr

from regional_index.framework import Framework, Method, Node
from regional_index.soundness.coherence import (
    constant_columns,
    correlations,
    cronbach_alpha,
    describe_coherence,
    explained_variance,
    flag_correlations,
)

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
    """One index of two sub-indices; `goods` and `speed` are below the first, `clean` below the second."""
    top = node("port", (node("trade", goods=1, speed=1), node("shore", clean=1), node("none")))
    return Framework(NAME, "first", 2030, (2029, 2030), Method(), (), (), (top,), {})


def test_correlations_are_those_of_scipy_over_the_rows_that_both_have() -> None:
    table = table_of(1, gaps=0.2)
    found = correlations(table)
    for first, second in (("c0", "c1"), ("c2", "c3"), ("c3", "c0")):
        both = table[[first, second]].dropna()
        assert found.loc[first, second] == pytest.approx(pearsonr(both[first], both[second])[0], abs=1e-12)
    assert correlations(table[:2]).isna().all(axis=None)


def test_a_constant_column_has_no_correlation_and_is_named() -> None:
    """Also where it is constant but for rounding, which correlates with chance."""
    table = table_of(2).assign(flat=0.1 + 0.2, nearly=50 + 1e-14 * np.arange(12), empty=np.nan)
    assert constant_columns(table) == ["flat", "nearly", "empty"]
    found = correlations(table)
    assert found[["flat", "nearly", "empty"]].isna().all(axis=None)
    assert found.loc["c0", "c1"] == pytest.approx(pearsonr(table["c0"], table["c1"])[0])


def test_alpha_by_hand() -> None:
    """2² x mean covariance / sum of all: variances 1 and 1 with 0.5, then variances 1 and 4 with 1."""
    columns = pd.DataFrame({"a": [0.0, 1.0, 2.0], "b": [1.0, 0.0, 2.0]})
    assert cronbach_alpha(columns) == pytest.approx(4 * 0.5 / 3)
    wider = pd.DataFrame({"a": [0.0, 1.0, 2.0], "b": [1.0, 5.0, 3.0]})
    assert cronbach_alpha(wider) == pytest.approx(4 * 1 / (1 + 4 + 2))


def test_alpha_is_missing_where_it_has_no_meaning() -> None:
    rows = np.arange(5.0)
    assert np.isnan(cronbach_alpha(pd.DataFrame({"a": rows})))
    assert np.isnan(cronbach_alpha(pd.DataFrame({"a": rows, "b": -rows})))
    assert np.isnan(cronbach_alpha(pd.DataFrame({"a": [7.1] * 5, "b": [7.1] * 5})))


@given(seeds)
def test_the_variance_explained_is_that_of_a_singular_value_decomposition(seed: int) -> None:
    """Constant columns take no part; with two columns it is (1 + |r|) / 2."""
    table = table_of(seed, gaps=0.03)
    rows = table.dropna()
    sizes = np.linalg.svd((rows - rows.mean()) / rows.std(), compute_uv=False)
    explained = pytest.approx(sizes[0] ** 2 / (sizes**2).sum(), abs=1e-9)
    assert explained_variance(table) == explained_variance(table.assign(flat=4.0)) == explained
    two = rows[["c0", "c1"]]
    assert explained_variance(two) == pytest.approx((1 + abs(pearsonr(*two.to_numpy().T)[0])) / 2)


def test_flags_by_their_thresholds() -> None:
    codes = list("abcd")
    sizes = [[1, 0.95, 0.5, -0.4], [0.95, 1, 0.3, -0.2], [0.5, 0.3, 1, 0.31], [-0.4, -0.2, 0.31, 1]]
    within = pd.DataFrame(sizes, codes, codes)
    found = flag_correlations(within, "port")
    told = list(zip(found["part"], found["other"], found["flag"], strict=True))
    assert told == [("a", "b", "collinear"), ("a", "d", "negative"), ("b", "c", "weak"), ("b", "d", "weak")]
    assert set(found["index"]) == {"port"}
    assert flag_correlations(within, "port", weak=-0.3, negative=-0.5, collinear=0.96)["flag"].tolist() == ["weak"]


def small() -> pd.DataFrame:
    """Speed falls by 1 as goods rise by 1, and all are equally clean."""
    goods, clean = np.array([0.0, 1, 2, 4]), np.full(4, 5.0)
    trade = goods * 0.9 + (9 - goods) * 0.1
    made = {"port": (trade + clean) / 2, "trade": trade, "shore": clean, "none": np.nan}
    return pd.DataFrame({"goods": goods, "speed": 9 - goods, "clean": clean, **made})


def test_children_are_described_within_their_node() -> None:
    found = describe_coherence(small(), tree())
    within = found["correlations"].set_index(["index", "part", "other"])["correlation"]
    assert within["trade", "goods", "speed"] == pytest.approx(-1)
    flags = found["correlation_flags"][["index", "part", "other", "flag"]]
    assert flags.to_numpy().tolist() == [["trade", "goods", "speed", "negative"]]
    summary = found["coherence"].set_index("index")
    assert summary.loc["trade", ["children", "rows", "explained"]].tolist() == pytest.approx([2, 4, 1])
    assert summary.loc["port", "children"] == 2
    assert "none" not in summary.index
    importance = found["importance"].set_index(["index", "part"])
    assert importance.loc[("trade", "goods"), "note"] == "4 rows have both; 5 are needed"


def test_children_are_compared_with_their_node_and_the_top() -> None:
    found = describe_coherence(small(), tree())
    parents = found["parent_correlations"].set_index(["part", "index"])
    assert set(parents["top"]) == {"port"}
    for part, size in (("goods", 1), ("speed", -1)):
        assert parents.loc[(part, "trade"), ["with_index", "with_top"]].tolist() == pytest.approx([size, size])
    assert parents.loc[("trade", "port"), ["with_index", "with_top"]].tolist() == pytest.approx([1, 1])
    indicators = found["indicator_correlations"].set_index(["index", "indicator", "other"])["correlation"]
    assert indicators["port", "goods", "trade"] == indicators["port", "goods", "port"] == pytest.approx(1)


def test_every_missing_number_has_a_note() -> None:
    found = describe_coherence(small(), tree())
    notes = found["coherence_notes"].set_index(["index", "part"])["note"].to_dict()
    assert notes["shore", "clean"] == "constant"
    assert notes["port", "none"] == "no values"
    assert notes["shore", ""].startswith("1 of 1 children")
    changed = describe_coherence(small().assign(clean=np.nan, goods=3.0), tree())
    without = changed["coherence"].set_index("index")["alpha"].isna()
    assert without.any()
    assert set(without.index[without]) <= set(changed["coherence_notes"]["index"])
