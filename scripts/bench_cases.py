"""What the part of `make bench` about the method measures; each case runs as a process: `bench_cases.py CASE`."""

import dataclasses
import json
import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from bench_plain import plain_steps
from bench_random import make_framework, make_values

from regional_index.framework import Robustness, Rule, make_rule
from regional_index.method import compute_index, denominate
from regional_index.method.copeland import aggregate_copeland
from regional_index.soundness import analyse_uncertainty
from regional_index.soundness.choices import Choices

COUNTIES, COLUMNS, YEARS = 2844, 100, 20
TENTH = COUNTIES // 10
STATUS = Path("/proc/self/status")


@dataclasses.dataclass(frozen=True)
class Measured:
    """What came out: medians of seconds, and megabytes.

    Attributes:
        seconds: What it took.
        plain: What the same took in plain NumPy, measured in turn with it.
        differing: How many of the numbers are not the same in both.
        megabytes: The most memory that the process had, without plain NumPy.
        imported: What it had when everything was imported.
    """

    seconds: float
    plain: float = math.nan
    differing: int = 0
    megabytes: float = math.nan
    imported: float = math.nan


def measure_steps(regions: int, columns: int, years: int, per_node: int, times: int) -> Measured:
    """All steps, and the same in plain NumPy; both must come to the same shares of data and the same ranks."""
    framework, values = make_framework(columns, years, per_node), make_values(regions, columns, years)
    results = compute_index(values, framework)
    megabytes = _peak_megabytes()
    shares, ranks = plain_steps(values, (regions, years, columns), per_node)
    shares_of_ours = results.screening.by_node.to_numpy().T.reshape(shares.shape)
    ranks_of_ours = results.scores["rank"].to_numpy(dtype=float, na_value=np.nan).reshape(ranks.shape)
    differing = np.count_nonzero(ranks_of_ours != ranks) + np.count_nonzero(~np.isclose(shares_of_ours, shares))
    ours, plain = _medians_in_turn(
        times,
        lambda: compute_index(values, framework),
        lambda: plain_steps(values, (regions, years, columns), per_node),
    )
    return Measured(ours, plain, int(differing), megabytes)


def measure_draws(regions: int, columns: int, per_node: int, draws: int, times: int) -> Measured:
    """All of uncertainty for one year: weights at all levels, three normalisations and two aggregations at once."""
    robustness = Robustness(
        draws=draws,
        seed=7,
        noise=0.25,
        noise_levels=(1, 2),
        normalise=tuple(make_rule("normalise", name) for name in ("min-max", "z-score", "percentile-rank")),
        aggregate=((Rule("arithmetic"),), (Rule("geometric"), Rule("arithmetic"))),
        tiers=(5, 10),
    )
    framework = make_framework(columns, 1, per_node, robustness=robustness)
    choices = Choices.from_framework(framework)
    assert choices.factors == ("weights", "normalise", "aggregate")
    assert all(choices.noisy)
    panel = denominate(make_values(regions, columns, 1), framework)
    seconds = median_seconds(lambda: analyse_uncertainty(panel, framework), times)
    return Measured(seconds, megabytes=_peak_megabytes())


def measure_copeland(regions: int, columns: int, times: int) -> Measured:
    """Copeland's rule for one year and one set of weights."""
    children = list(np.random.default_rng(6).random((columns, 1, regions)))
    weights = np.ones((1, columns))
    return Measured(median_seconds(lambda: aggregate_copeland(children, weights, years=1), times))


def median_seconds(do: Callable[[], object], times: int) -> float:
    """What it takes, in the middle of some runs."""
    return _medians_in_turn(times, do)[0]


def _medians_in_turn(times: int, *each: Callable[[], object]) -> list[float]:
    """One after the other, again and again, so that what else the machine does hits all alike."""
    spent = np.empty((times, len(each)))
    for run in range(times):
        for k, do in enumerate(each):
            started = time.perf_counter()
            do()
            spent[run, k] = time.perf_counter() - started
    return np.median(spent, axis=0).tolist()


def _peak_megabytes() -> float:
    """Of this process; NaN on systems other than Linux. `getrusage` would begin with the peak of the parent process."""
    if not STATUS.exists():
        return math.nan
    status = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
    return int(status["VmHWM"].split()[0]) / 1024


CASES: dict[str, Callable[[], Measured]] = {
    "small": lambda: measure_steps(31, 20, 5, per_node=5, times=31),
    "tenth": lambda: measure_steps(TENTH, COLUMNS, YEARS, per_node=10, times=31),
    "whole": lambda: measure_steps(COUNTIES, COLUMNS, YEARS, per_node=10, times=7),
    "draws": lambda: measure_draws(31, 20, 5, 10_000, times=5),
    "county-draws": lambda: measure_draws(COUNTIES, COLUMNS, 10, 1000, times=1),
    "twice-county-draws": lambda: measure_draws(COUNTIES, COLUMNS, 10, 2000, times=1),
    "copeland": lambda: measure_copeland(3000, 50, times=3),
}

if __name__ == "__main__":
    imported = _peak_megabytes()
    print(json.dumps(dataclasses.asdict(dataclasses.replace(CASES[sys.argv[1]](), imported=imported))))
