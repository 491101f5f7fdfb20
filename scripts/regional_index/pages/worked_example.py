"""One region from raw figures to the top index: every step with its numbers."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.markup import Links, element, is_missing, show_number, show_score
from regional_index.narrative import fill
from regional_index.tables import table_steps


def worked_example(facts: Facts, links: Links, region: str, top: str) -> Markup:
    """One region from raw figures to the top index, every step with its numbers."""
    year = facts.last_year
    name = facts.region(region).name
    parts: list[Markup] = [element("p", fill(facts, "block.example_values", region=name, year=year))]
    return Markup("\n\n").join(parts + _steps_below(facts, links, top, region))


def _steps_below(facts: Facts, links: Links, index: str, region: str) -> list[Markup]:
    node = facts.node(index)
    if node.indicators:
        return [table_steps(facts, links, index, region), _sum(facts, links, index, region)]
    below = [
        _steps_below(facts, links, child.code, region) for child in node.children if child.code in facts.computed_nodes
    ]
    last = element("p", fill(facts, "block.example_top", index=links.index(index)))
    return [step for steps in below for step in steps] + [last, _sum(facts, links, index, region)]


def _sum(facts: Facts, links: Links, index: str, region: str) -> Markup:
    code = facts.region(region).code
    weights = facts.results.weights[index]
    scores = {str(child): _child_score(facts, str(child), code) for child in weights.index}
    present = {child: score for child, score in scores.items() if not is_missing(score)}
    whole = sum(weights[child] for child in present)
    terms = " + ".join(
        f"{show_number(weights[child] / whole, 4)} × {show_score(score)}" for child, score in present.items()
    )
    return element(
        "p",
        fill(
            facts,
            "block.example_sum",
            index=links.index(index),
            terms=terms,
            score=show_score(facts.score(index, region)),
            rank=facts.rank(index, region),
        ),
        class_="ri-formula",
    )


def _child_score(facts: Facts, child: str, region: str) -> float:
    if child in facts.framework.nodes:
        return float(facts.scores(child).loc[region, "score"])
    return float(facts.results.normalised.loc[(region, facts.last_year), child])
