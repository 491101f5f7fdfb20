"""What is drawn: which factors there are, which option a number picks, and how weights are varied."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_index.framework import Framework
from regional_index.soundness.choices import Choices, pick_option
from tests.method.varied import framework_of, levels, node, rules

EDGES = (("all", "left"), ("all", "right"), ("left", "a"), ("left", "b"), ("right", "c"), ("right", "d"))


def choices_of(framework: Framework) -> Choices:
    return Choices.from_framework(framework)


def test_factors_stand_in_a_fixed_order() -> None:
    everything = {
        "noise": 0.1,
        "leave_out": True,
        "aggregate": (levels("arithmetic"), levels("geometric")),
        "impute": rules("impute", "none", "mean"),
        "treat": rules("treat", "none", "log"),
        "normalise": rules("normalise", "min-max", "rank"),
    }
    choices = choices_of(framework_of(robustness=everything))
    assert choices.factors == ("weights", "normalise", "treat", "impute", "aggregate", "leave_out")


@pytest.mark.parametrize(("noise", "noise_levels"), [(0.0, (1, 2)), (0.5, ()), (0.5, (3,))])
def test_weights_are_no_factor_without_noise_on_a_level_of_the_tree(noise: float, noise_levels: tuple[int]) -> None:
    choices = choices_of(framework_of(robustness={"noise": noise, "noise_levels": noise_levels}))
    assert choices.factors == ()


@given(st.integers(1, 1000))
def test_the_number_next_to_1_picks_the_last_option(options: int) -> None:
    """(1 - 2^-53) x 1000 rounds to 999.9999999999999, but other products round up to the whole number."""
    assert pick_option(np.array([np.nextafter(1, 0)]), options)[0] == options - 1


def test_what_is_not_varied_takes_its_only_option() -> None:
    choices = choices_of(framework_of(robustness={"treat": rules("treat", "none", "log"), "leave_out": True}))
    picked = choices.pick(np.array([[0.6, 0.0], [0.2, 0.5]]))
    assert {name: option.tolist() for name, option in picked.items()} == {
        "impute": [0, 0], "treat": [1, 0], "normalise": [0, 0], "aggregate": [0, 0], "leave_out": [0, 2],
        "incomplete": [0, 0],
    }  # fmt: skip


def test_all_indicators_are_as_likely_to_be_left_out_as_none() -> None:
    choices = choices_of(framework_of(robustness={"leave_out": True}))
    assert choices.options["leave_out"] == ("", "a", "b", "c", "d")
    picked = choices.pick(np.linspace(0, 1, 1000, endpoint=False)[:, None])["leave_out"]
    assert np.bincount(picked).tolist() == [200] * 5


def test_indicators_that_lack_a_year_are_left_out_together() -> None:
    framework = framework_of(node("all", a=1.0, b=1.0, c=1.0), robustness={"noise": 0.0, "incomplete": True})
    known = framework.indicators
    lacking = {code: replace(known[code], years=framework.years[:-1]) for code in ("a", "c")}
    choices = choices_of(replace(framework, indicators={**known, **lacking}))
    assert choices.incomplete == ("a", "c")
    assert choices.factors == ("incomplete",)
    picked = {"leave_out": np.zeros(2), "incomplete": np.array([0, 1])}
    assert choices.leave_out(np.ones((2, 3)), picked).tolist() == [[1.0, 1.0, 1.0], [0.0, 1.0, 0.0]]
    assert "incomplete" not in choices_of(framework).factors


def test_an_indicator_is_left_out_wherever_it_stands() -> None:
    """`a` enters both sub-indices."""
    top = node("all", node("left", a=1.0, b=1.0), node("right", a=3.0, c=1.0))
    choices = choices_of(framework_of(top, robustness={"leave_out": True}))
    assert choices.edges[2:] == (("left", "a"), ("left", "b"), ("right", "a"), ("right", "c"))
    factors = np.full((3, 6), 1.25)
    left_out = choices.leave_out(factors, {"leave_out": np.array([0, 1, 3]), "incomplete": np.zeros(3)})
    assert (left_out == 0).tolist() == [
        [False, False, False, False, False, False],
        [False, False, True, False, True, False],
        [False, False, False, False, False, True],
    ]
    assert (factors == 1.25).all()


@pytest.mark.parametrize(
    ("noise_levels", "expected"),
    [((1,), [1, 1, 0, 0, 0, 0]), ((2,), [0, 0, 1, 1, 1, 1]), ((1, 2), [1, 1, 1, 1, 1, 1])],
)
def test_weights_are_varied_on_the_levels_named_alone(noise_levels: tuple[int], expected: list[int]) -> None:
    """Level 1 has the weights of the children of the indices at the top."""
    choices = choices_of(framework_of(robustness={"noise": 0.25, "noise_levels": noise_levels}))
    assert choices.edges == EDGES
    factors = choices.vary_weights(np.random.default_rng(1), 500)
    assert (factors != 1).any(axis=0).astype(int).tolist() == expected
    varied = factors[:, np.array(expected, dtype=bool)]
    assert ((varied >= 0.75) & (varied < 1.25)).all()
    # Every weight has noise of its own, around 1.
    assert np.abs(np.corrcoef(varied.T) - np.eye(varied.shape[1])).max() < 0.2
    assert np.abs(varied.mean(axis=0) - 1).max() < 0.03


def test_scores_are_comparable_with_the_declared_normalisation_alone() -> None:
    framework = framework_of(robustness={"normalise": rules("normalise", "rank", "min-max")})
    choices = choices_of(framework)
    assert choices.on_declared_scale(np.array([[0.1], [0.9]]), framework).tolist() == [False, True]


def test_scores_of_copeland_are_comparable_with_none_but_its_own() -> None:
    """They count victories. Below the level of an index its own rule may be any mean."""
    options = (levels("geometric"), levels("copeland"), levels("copeland", "arithmetic"))
    framework = framework_of(robustness={"aggregate": options})
    assert choices_of(framework).comparable == (True, False, False)
    declared = framework_of(aggregate=levels("copeland", "geometric"), robustness={"aggregate": options})
    assert choices_of(declared).comparable == (False, False, True)
