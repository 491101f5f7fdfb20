"""Step: put indicators on one scale. A rule is entered in `NORMALISE`, a choice of goalposts in `GOALPOSTS`."""

from collections.abc import Callable

import pandas as pd

from regional_index.framework import Framework, Method

BEST_SCORE = 100.0


def find_goalposts(panel: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """The values that score 0 and 100 for each indicator.

    Returns:
        Columns `worst, best`, a row for each column of the panel; where less is better, `worst` is the larger.
    """
    goalposts = GOALPOSTS[framework.method.goalposts](panel)
    turned = [code for code in panel.columns if framework.indicator(code).direction < 0]
    goalposts.loc[turned, ["worst", "best"]] = goalposts.loc[turned, ["best", "worst"]].to_numpy()
    return goalposts


def goalposts_of_panel(panel: pd.DataFrame) -> pd.DataFrame:
    """Least and greatest value over all regions and years, so that scores of different years compare."""
    return pd.DataFrame({"worst": panel.min(), "best": panel.max()})


def normalise(panel: pd.DataFrame, goalposts: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Scores 0-100 in place of values; missing stays missing."""
    return NORMALISE[method.normalise](panel, goalposts)


def normalise_min_max(panel: pd.DataFrame, goalposts: pd.DataFrame) -> pd.DataFrame:
    """(value - worst) / (best - worst) x 100, as in step 5 of the OECD/JRC Handbook (2008).

    An indicator that is the same everywhere tells no region from another; its score is missing.
    """
    span = (goalposts["best"] - goalposts["worst"]).replace(0.0, float("nan"))
    return (panel - goalposts["worst"]) / span * BEST_SCORE


GOALPOSTS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {"panel": goalposts_of_panel}
NORMALISE: dict[str, Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]] = {"min-max": normalise_min_max}
