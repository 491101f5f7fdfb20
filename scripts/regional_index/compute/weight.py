"""Step: weights of the children of every node."""

import pandas as pd

from regional_index.framework import Framework


def weigh(framework: Framework) -> dict[str, pd.Series]:
    """For every node the weights of its children, rescaled to sum to 1, in the order of the framework.

    A node without children has an empty series.
    """
    weights = {}
    for code, node in framework.nodes.items():
        declared = pd.Series(node.child_weights, dtype=float)
        weights[code] = declared / declared.sum() if len(declared) else declared
    return weights
