"""Parts of the weights page: weights as a list, regions as a table; the script adds the sliders."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.facts.weighting import RANDOM_WEIGHTINGS, obstacle_to_weighing, weight_keys
from regional_index.render import (
    Column,
    Links,
    Table,
    attributes,
    change_cell,
    element,
    fill,
    number_cell,
    render_table,
    rows_of,
    show_number,
    show_percent,
)
from regional_index.render.macros import macro
from regional_index.topics.names import name_child
from regional_index.topics.series.robustness import tier_titles
from regional_index.topics.series.scores import score_cell


@macro(needs="weights")
def weighing_panel(facts: Facts, links: Links, index: str) -> Markup:
    """The weights of an index, at every level, next to its regions with rank and score of the last year.

    Where a rule leaves a reader's weights no way through, a sentence says so and the script adds no sliders.
    """
    code = facts.node(index).code
    obstacle = obstacle_to_weighing(facts.framework, code)
    weights = element("div", _weights(facts, links, code, code), class_="ri-weighing__weights")
    table = element("div", _regions(facts, links, code), class_="ri-weighing__regions")
    # The theme's search leaves out an element up to the end of the first one of its kind: no section holds another.
    if obstacle is not None:
        node, step, rule = obstacle
        rule_name = facts.word(f"choice.name.{rule.name}") if step == "aggregate" else ""
        said = fill(facts, f"weighing.no_way_{step}", index=links.index(node), rule=rule_name)
        static = element("section", weights, table, class_="ri-weighing", data_search_exclude=True)
        return element("p", said, class_="ri-note") + static
    low, high = facts.open.score_scale(code).bar_ends
    return element(
        "section", _buttons(facts), element("p", role="status", class_="ri-note"), weights, table,
        class_="ri-weighing", data_ri_index=code, data_name=links.name(code),
        data_tiers="|".join(_tiers(facts)) or None, data_low=low, data_high=high,
        data_partial=facts.word("status.partial"), data_search_exclude=True,
    )  # fmt: skip


def _tiers(facts: Facts) -> list[str]:
    """Names of the tiers that a region could keep."""
    return tier_titles(facts) if facts.soundness.is_declared else []


def _buttons(facts: Facts) -> Markup:
    """Buttons that set many weights at once; invisible until the script is there, so that nothing moves then."""
    acts = {name: facts.word(f"weighing.{name}") for name in ("declared", "equal", "reset")}
    if _tiers(facts):
        acts["try"] = facts.sentence("weighing.try", count=show_number(RANDOM_WEIGHTINGS, 0))
    buttons = (element("button", label, type="button", data_act=act) for act, label in acts.items())
    return element("div", *buttons, class_="ri-chooser ri-live")


def _weights(facts: Facts, links: Links, top: str, code: str) -> Markup:
    """The children of a node with their weights, and below each of them those of its own."""
    children = facts.results.weights[code]
    items = [_item(facts, links, top, code, str(child), float(weight)) for child, weight in children.items()]
    return element("ul", *items, class_="ri-weights")


def _item(facts: Facts, links: Links, top: str, code: str, child: str, weight: float) -> Markup:
    key = weight_keys(facts.framework)[code, child]
    adjustable, label = len(_children(facts, code)) > 1, f"weight-{top}-{key}"
    share, note = show_percent(weight, 1), _note(facts, links, child)
    slider = Markup("<input{}>").format(attributes(
        type="range", min=0, max=100, step=1, value=f"{weight * 100:.0f}", id=f"{label}-slider",
        aria_labelledby=label, aria_valuetext=share, autocomplete="off", class_="ri-live",
    ))  # fmt: skip
    line = element(
        "div",
        element("span", name_child(facts, links, child), id=label, class_="ri-weight__name"),
        slider if adjustable else element("span"),
        element("output", share, for_=f"{label}-slider" if adjustable else None),
        element("small", note) if note else "",
        class_="ri-weight", data_code=child,
        data_node=code if adjustable else None, data_key=key if adjustable else None,
    )  # fmt: skip
    if not _is_foldable(facts, child):
        return element("li", line)
    summary = facts.sentence("weighing.below", index=links.name(child), count=len(_children(facts, child)))
    folded = element("details", element("summary", summary), _weights(facts, links, top, child), class_="ri-details")
    return element("li", line, folded)


def _children(facts: Facts, code: str) -> list[str]:
    """Codes of what a node is made of; none for an indicator."""
    return [str(child) for child in facts.results.weights[code].index] if code in facts.framework.nodes else []


def _is_foldable(facts: Facts, code: str) -> bool:
    """Whether there is a choice of weights anywhere below."""
    below = _children(facts, code)
    return len(below) > 1 or any(_is_foldable(facts, child) for child in below)


def _note(facts: Facts, links: Links, code: str) -> Markup:
    """Note on a part in which no region has a score, or which is made of one thing alone."""
    if _lacks_scores(facts, code):
        return fill(facts, "weighing.not_scored")
    below = _children(facts, code)
    return fill(facts, "weighing.only", part=name_child(facts, links, below[0])) if len(below) == 1 else Markup("")


def _lacks_scores(facts: Facts, child: str) -> bool:
    """Whether no region has a score in this node or indicator in the last year."""
    if child in facts.framework.nodes:
        return bool(facts.open.scores(child)["score"].isna().all())
    return bool(facts.results.normalised[child].xs(facts.last_year, level="year").isna().all())


def _regions(facts: Facts, links: Links, code: str) -> Markup:
    word = facts.word
    columns = [Column(word("table.rank"), numeric=True), Column(word("table.region"))]
    columns += [Column(word(f"table.{name}"), numeric=True) for name in ("score", "rank_change")]
    scores = facts.open.scores(code)
    rows = [
        [
            number_cell(line["rank"], 0),
            links.region(str(region)),
            score_cell(facts, links, code, str(region), bar=True),
            change_cell(line["rank"] - line["rank"], 0),
        ]
        for region, line in scores.iterrows()
    ]
    caption = facts.sentence("caption.weighing", index=links.name(code), year=facts.last_year)
    ids = tuple(f"{code}-{region}" for region in scores.index)
    return render_table(Table("", caption, tuple(columns), rows_of(rows), ids=ids, sortable=False))


@macro()
def random_weightings() -> str:
    """Number of random weightings that the weights page tries."""
    return show_number(RANDOM_WEIGHTINGS, 0)
