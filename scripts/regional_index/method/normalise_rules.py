"""Every rule of normalisation: its fit in `FIT`, its kernel in `NORMALISE`, what values it takes in `CHECK`."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from regional_index.errors import Problem
from regional_index.method.normalise_columns import Columns, Fitted, Numbers
from regional_index.method.normalise_declared import (
    check_categorical,
    check_goalposts,
    fit_categorical,
    fit_goalposts,
    normalise_categorical,
    normalise_goalposts,
)
from regional_index.method.normalise_linear import (
    fit_distance_to_maximum,
    fit_fraction_of_maximum,
    fit_min_max,
    fit_none,
    fit_z_score,
    normalise_distance_to_maximum,
    normalise_fraction_of_maximum,
    normalise_min_max,
    normalise_none,
    normalise_z_score,
)
from regional_index.method.normalise_ranks import (
    fit_percentile_rank,
    fit_rank,
    normalise_borda,
    normalise_percentile_rank,
    normalise_rank,
)
from regional_index.method.normalise_references import (
    fit_distance_to_reference,
    fit_distance_to_target,
    normalise_distance_to_reference,
    normalise_distance_to_target,
)

Kernel = Callable[[np.ndarray, np.ndarray, Numbers, Mapping[str, Any]], np.ndarray]

NORMALISE: dict[str, Kernel] = {
    "none": normalise_none,
    "min-max": normalise_min_max,
    "z-score": normalise_z_score,
    "rank": normalise_rank,
    "borda": normalise_borda,
    "percentile-rank": normalise_percentile_rank,
    "fraction-of-maximum": normalise_fraction_of_maximum,
    "distance-to-maximum": normalise_distance_to_maximum,
    "distance-to-reference": normalise_distance_to_reference,
    "distance-to-target": normalise_distance_to_target,
    "goalposts": normalise_goalposts,
    "categorical": normalise_categorical,
}
FIT: dict[str, Callable[[Columns], Fitted]] = {
    "none": fit_none,
    "min-max": fit_min_max,
    "z-score": fit_z_score,
    "rank": fit_rank,
    "borda": fit_rank,
    "percentile-rank": fit_percentile_rank,
    "fraction-of-maximum": fit_fraction_of_maximum,
    "distance-to-maximum": fit_distance_to_maximum,
    "distance-to-reference": fit_distance_to_reference,
    "distance-to-target": fit_distance_to_target,
    "goalposts": fit_goalposts,
    "categorical": fit_categorical,
}
CHECK: dict[str, Callable[[Columns], list[Problem]]] = {
    "goalposts": check_goalposts,
    "categorical": check_categorical,
}
