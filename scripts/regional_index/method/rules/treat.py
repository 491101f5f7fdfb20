"""The rules of treatment, on samples of shape (samples, cells): a row is what is looked at together."""

from collections.abc import Callable

import numpy as np

from regional_index.method.rules.box_cox import transform_box_cox, transform_log
from regional_index.method.rules.definition import OVER, Option, Options, Treatment, choice, register
from regional_index.method.rules.winsorise import passes, winsorise

TRANSFORM: dict[str, Callable[[np.ndarray], np.ndarray]] = {"log": transform_log, "box-cox": transform_box_cox}
SKEWNESS, KURTOSIS = 2.0, 3.5
FEWEST = 4
Outcome = tuple[np.ndarray, np.ndarray]


def leave(samples: np.ndarray, options: Options) -> Outcome:
    """Return the samples unchanged."""
    return samples.copy(), np.full(len(samples), "none", dtype=object)


def treat_winsorise(samples: np.ndarray, options: Options) -> Outcome:
    """Winsorise what fails; what still fails is transformed from its original values, if the rule says by what.

    See `winsorise`. Samples that do not vary or have fewer than 4 values are left.
    """
    treated, applied = leave(samples, options)
    limits = options["skewness"], options["kurtosis"]
    failing = np.flatnonzero(~passes(samples, limits) & _varies(samples, FEWEST))
    outer = samples[failing]
    inner = winsorise(outer, most=options["most"], limits=limits)
    applied[failing[((inner != outer) & ~np.isnan(outer)).any(axis=1)]] = "winsorise"
    if options["then"] != "none":
        still = ~passes(inner, limits)
        inner[still], applied[failing[still]] = TRANSFORM[options["then"]](outer[still]), options["then"]
    treated[failing] = inner
    return treated, applied


def _transform(name: str, fewest: int) -> Callable[[np.ndarray, Options], Outcome]:
    """Every sample that varies and has so many values is transformed."""

    def treat(samples: np.ndarray, options: Options) -> Outcome:
        treated, applied = leave(samples, options)
        chosen = _varies(samples, fewest)
        treated[chosen], applied[chosen] = TRANSFORM[name](samples[chosen]), name
        return treated, applied

    return treat


def _varies(samples: np.ndarray, fewest: int) -> np.ndarray:
    enough = np.count_nonzero(~np.isnan(samples), axis=1) >= fewest
    return enough & (np.fmax.reduce(samples, axis=1) > np.fmin.reduce(samples, axis=1))


register(
    Treatment(name="none", function=leave, keeps_unit=True),
    Treatment(
        name="winsorise",
        options={
            "most": Option("whole", 5, 0),
            "skewness": Option("number", SKEWNESS, 0),
            "kurtosis": Option("number", KURTOSIS, 0),
            "then": choice("none", *TRANSFORM),
            "over": OVER,
        },
        function=treat_winsorise,
        keeps_unit=True,
    ),
    Treatment(name="log", options={"over": OVER}, function=_transform("log", 1)),
    Treatment(name="box-cox", options={"over": OVER}, function=_transform("box-cox", FEWEST)),
)
