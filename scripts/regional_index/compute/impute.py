"""Step: fill gaps, or leave them. A rule is a function from panel to panel, entered in `IMPUTE`."""

from collections.abc import Callable

import pandas as pd

from regional_index.framework import Method


def impute(panel: pd.DataFrame, method: Method) -> pd.DataFrame:
    """The panel without the gaps that the declared rule fills."""
    return IMPUTE[method.impute](panel)


def impute_none(panel: pd.DataFrame) -> pd.DataFrame:
    """Leave every gap as it is: missing stays missing."""
    return panel


IMPUTE: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {"none": impute_none}
