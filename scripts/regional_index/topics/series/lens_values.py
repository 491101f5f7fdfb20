"""One indicator by every lens that reads it differently: values and ranks side by side, and who moves between them."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Divided, Indicator, Lens, site_name
from regional_index.render import (
    Cell,
    Column,
    Links,
    Table,
    fill,
    join_sentences,
    join_words,
    name_lens,
    number_cell,
    of_indicators,
    rows_of,
    show_number,
    show_quantity,
)
from regional_index.render.macros import macro
from regional_index.topics.series.indicator_pages import name_leaders
from regional_index.topics.series.lenses import difference_cells, difference_columns, lens_link, say_moves


@macro()
def lens_values_answer(facts: Facts, links: Links, indicator: str) -> Markup:
    """Who is first in an indicator by every lens, and whose rank moves most; nothing where no lens divides it."""
    found = facts.readings.values(indicator)
    if found is None:
        return Markup("")
    year, values = found
    firsts = []
    for lens, measure in _measures(facts, indicator):
        best = values[lens.code].sort_values("value_rank", kind="stable")
        shown = show_quantity(show_number(best["value"].iloc[0], measure.decimals), measure.unit)
        link = lens_link(facts, links, lens, facts.framework.parents[indicator])
        firsts.append(fill(facts, "lens.first", lens=link, regions=name_leaders(facts, links, best), value=shown))
    said = [fill(facts, "lens.firsts", year=year, firsts=join_words(firsts, facts.word("list.semicolon")))]
    own, *others = [lens for lens, _ in _measures(facts, indicator)]
    for lens in others:
        moves = say_moves(facts, links, values[own.code]["value_rank"], values[lens.code]["value_rank"])
        if moves:
            said += [fill(facts, "lens.changed", own=name_lens(facts, own), lens=name_lens(facts, lens)), *moves]
    return join_sentences(facts, said)


@macro()
def table_lens_values(facts: Facts, links: Links, indicator: str) -> Table | None:
    """Value and rank of every region by every lens, in the newest year of all; nothing where none divides it."""
    found = facts.readings.values(indicator)
    if found is None:
        return None
    year, values = found
    measures, word = _measures(facts, indicator), facts.word
    best = "high" if facts.indicator(indicator).direction > 0 else "low"
    columns = [Column(word("table.region"))]
    for lens, measure in measures:
        name = name_lens(facts, lens)
        columns.append(Column(facts.sentence("lens.value", lens=name, unit=measure.unit), numeric=True, best=best))
        columns.append(Column(facts.sentence("lens.rank_column", lens=name), numeric=True, best="low"))
    columns += difference_columns(facts, [lens for lens, _ in measures])
    own = values[measures[0][0].code]["value_rank"].reindex(list(facts.regions.evaluated))
    rows = []
    for region in own.sort_values(kind="stable", na_position="last").index:
        row: list[Cell | Markup] = [links.region(str(region))]
        lines = [values[lens.code].reindex([region]).iloc[0] for lens, _ in measures]
        for (_, measure), line in zip(measures, lines, strict=True):
            row += [number_cell(line["value"], measure.decimals), number_cell(line["value_rank"], 0)]
        row += difference_cells(facts, [line["value_rank"] for line in lines])
        rows.append(row)
    caption = facts.sentence("caption.lens_values", indicator=site_name(facts.indicator(indicator).name), year=year)
    divided = [(lens, measure) for lens, measure in measures if isinstance(measure, Divided)]
    origin = of_indicators(facts, [indicator, *(measure.per.indicator for _, measure in divided)])
    note = join_sentences(facts, [_quotient(facts, links, lens, measure) for lens, measure in divided])
    return Table(f"lens-values-{indicator}", caption, tuple(columns), rows_of(rows), origin, note=note)


def _measures(facts: Facts, indicator: str) -> list[tuple[Lens, Divided | Indicator]]:
    """The publisher's lens, which shows an indicator as declared, and those that divide it, with unit and decimals."""
    first, *others = facts.readings.lenses
    return [
        (first, facts.indicator(indicator)),
        *((lens, lens.indicators[indicator]) for lens in others if indicator in lens.indicators),
    ]


def _quotient(facts: Facts, links: Links, lens: Lens, divided: Divided) -> Markup:
    by = links.indicator(divided.per.indicator)
    return fill(facts, "lens.quotient", lens=name_lens(facts, lens), unit=divided.unit, by=by)
