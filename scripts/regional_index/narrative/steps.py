"""Every step of the open series in one long table: what each part of each index adds to each score."""

import pandas as pd

from regional_index.facts import Facts
from regional_index.narrative.rules_in_use import OWN_WEIGHTS, rescales, rule_of_level

STEP_COLUMNS = ["series", "year", "index", "region", "part", "raw", "treated", "normalised", "weight", "contribution"]
SUMS = ("arithmetic", OWN_WEIGHTS.name)
"""Rules by which a score is the sum of what its parts contribute."""


def steps_frame(facts: Facts) -> pd.DataFrame:
    """A row for every part of every index in every region and year, parts in tree order.

    Returns:
        Columns `STEP_COLUMNS`. `part` is an indicator or a sub-index; `raw` (in the unit it is compared in) and
        `treated` (after filling and treatment) are missing for a sub-index; `normalised` is the score of the part;
        `weight` is the one used: rescaled to 1 where the rule rescales, missing where the part has no score;
        `contribution` is weight x score where scores are sums of these, else missing.
    """
    blocks = [_block(facts, code) for code, node in facts.framework.nodes.items() if node.child_weights]
    return pd.concat(blocks, ignore_index=True)[STEP_COLUMNS]


def _block(facts: Facts, index: str) -> pd.DataFrame:
    results = facts.results
    weights = results.weights[index]
    used = [str(code) for code, weight in weights.items() if weight > 0]
    scores = pd.DataFrame({code: _scores(facts, code) for code in used}, index=results.values.index)
    shares = scores.notna() * weights[used]
    if index in results.own_weights:
        shares = results.own_weights[index][used].reindex(scores.index).where(scores.notna())
    elif rescales(facts, index):
        shares = shares.div(shares.sum(axis=1), axis=0)
    shares = shares.where(scores.notna())
    is_sum = rule_of_level(facts, "aggregate", index).name in SUMS
    parts = []
    for code in used:
        known = code in results.values.columns and code not in facts.framework.nodes
        parts.append(
            pd.DataFrame(
                {
                    "raw": results.values[code] if known else float("nan"),
                    "treated": results.treatment.panel[code] if known else float("nan"),
                    "normalised": scores[code],
                    "weight": shares[code],
                    "contribution": shares[code] * scores[code] if is_sum else float("nan"),
                },
                index=scores.index,
            )
            .reset_index()
            .assign(series="open", index=index, part=code)
        )
    return pd.concat(parts, ignore_index=True)


def _scores(facts: Facts, code: str) -> pd.Series:
    if code not in facts.framework.nodes:
        return facts.results.normalised[code]
    scores = facts.results.scores
    return scores[scores["index"] == code].set_index(["region", "year"])["score"]
