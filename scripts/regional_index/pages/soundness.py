"""Block macros about how sure ranks are, whether indicators go together, and why ranks moved."""

from collections.abc import Callable

from markupsafe import Markup

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.facts.weighting import RANDOM_WEIGHTINGS
from regional_index.framework import COHERENCE_LIMITS, QUANTILES
from regional_index.markup import Links, show_number, show_percent
from regional_index.narrative import (
    answer_coherence,
    answer_flips,
    answer_robustness,
    answer_sensitivity,
    indicator_strengths,
    list_varied,
    scored_indices,
    summarise_robustness,
)
from regional_index.tables import (
    table_coherence,
    table_decomposition,
    table_flips,
    table_importance,
    table_sure_ranks,
    weighing_panel,
)

# The least Cronbach's alpha that the Handbook quotes as acceptable (Nunnally 1978).
LIMITS = {**COHERENCE_LIMITS, "alpha": 0.7}


def soundness_macros(facts: Facts, links: Links) -> dict[str, Callable[..., object]]:
    """Every such block by the name that prose calls it; without declared choices those of robustness refuse."""
    return {
        "robustness_summary": lambda: summarise_robustness(facts),
        "robustness_answer": lambda index: answer_robustness(facts, links, index),
        "sensitivity_answer": lambda index: answer_sensitivity(facts, index),
        "flips_answer": lambda index: answer_flips(facts, links, index),
        "varied_list": lambda: list_varied(facts),
        "range_width": lambda: _range_width(facts),
        "range_share": _range_share,
        "coherence_limit": _coherence_limit,
        "scored_indices": lambda: scored_indices(facts),
        "table_sure_ranks": lambda index: table_sure_ranks(facts, links, index),
        "table_flips": lambda index: table_flips(facts, links, index),
        "coherence_answer": lambda index: answer_coherence(facts, links, index),
        "weighing_panel": lambda index: weighing_panel(facts, links, index),
        "random_weightings": lambda: show_number(RANDOM_WEIGHTINGS, 0),
        "table_coherence": lambda index: table_coherence(facts, links, index),
        "table_importance": lambda index: table_importance(facts, links, index),
        "table_decomposition": lambda region: table_decomposition(facts, links, region),
        "indicator_strengths": lambda region: indicator_strengths(facts, links, region),
    }


def _range_width(facts: Facts) -> Markup:
    declared = facts.declared_robustness
    return Markup("±{}").format(show_percent(declared.range_width))


def _range_share(what: str) -> str:
    """The share of draws in which a rank is below its range (`tail`), or is in it (`inside`)."""
    shares = {"tail": QUANTILES[0], "inside": QUANTILES[-1] - QUANTILES[0]}
    if what not in shares:
        raise LookupFailed(f'unknown share "{what}"; there are {", ".join(shares)}')
    return show_percent(shares[what])


def _coherence_limit(what: str) -> str:
    """A bound from which correlations are flagged, or alpha is called acceptable."""
    if what not in LIMITS:
        raise LookupFailed(f'unknown bound "{what}"; there are {", ".join(LIMITS)}')
    return show_number(LIMITS[what], 1)
