"""How much every node and indicator weighs in the index at the top."""

from collections.abc import Mapping

import pandas as pd

from regional_index.framework.tree import Framework


def effective_weights(weights: Mapping[str, pd.Series], framework: Framework) -> pd.DataFrame:
    """Weights in the index at the top: the product of the weights on the way down.

    Args:
        weights: For every node, the weights of its children, summing to 1.
        framework: Tree.

    Returns:
        Index `code` (a node or indicator, in tree order), columns `top` (code of the index at the top) and `weight` (1
        for the top itself). What stands several times below the same top has the sum of its weights there; what stands
        below several tops has a row for each.
    """
    found: dict[tuple[str, str], float] = {}

    def descend(top: str, code: str, weight: float) -> None:
        found[top, code] = found.get((top, code), 0.0) + weight
        if code in framework.nodes:
            for child, share in weights[code].items():
                descend(top, str(child), weight * float(share))

    for node in framework.indices:
        descend(node.code, node.code, 1.0)
    tops, codes = zip(*found, strict=True) if found else ((), ())
    return pd.DataFrame(
        {"top": pd.Series(tops, dtype="str").array, "weight": list(found.values())},
        index=pd.Index(codes, name="code", dtype="str"),
    )
