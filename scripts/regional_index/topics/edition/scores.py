"""Published scores and their intervals: answers and tables about an index or a region."""

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Claim
from regional_index.render import (
    Cell,
    Column,
    Links,
    Table,
    element,
    fill,
    is_missing,
    join_sentences,
    join_words,
    of_edition,
    rows_of,
    show_number,
    show_printed,
    show_score,
)
from regional_index.render.macros import macro

TOP_PLACES = 3


@macro()
def published_answer(facts: Facts, links: Links, index: str) -> Markup:
    """What the published edition says of an index: who leads, as far as it says, and the total and mean."""
    parts = [_leaders(facts, links, index), _totals(facts, links, index)]
    return join_sentences(facts, parts) or fill(facts, "answer.nothing")


@macro("region_sentence")
def stated_of_region(facts: Facts, links: Links, region: str) -> Markup:
    """The scores and ranks that the published edition states of one region."""
    code = facts.evaluated_region(region).code
    rows = {index: facts.published.scores(index).loc[code] for index in facts.framework.nodes}
    stated = [said for index, row in rows.items() if (said := _say_stated(facts, links, row, links.index(index)))]
    edition = facts.framework.edition_name
    if not stated:
        return fill(facts, "answer.region_nothing", region=facts.regions[code].name, edition=edition)
    listed = join_words(stated, facts.word("list.semicolon"))
    return fill(facts, "answer.region_stated", stated=listed, edition=edition)


@macro("region_known")
def known_of_region(facts: Facts, links: Links, region: str) -> Markup:
    """Say how much is known of a region in the published edition: scores, certain places, the least certain place."""
    code = facts.evaluated_region(region).code
    rows = pd.DataFrame({index: facts.published.ranking(index).loc[code] for index in facts.framework.nodes}).T
    published = int((rows["status"] == "published").sum())
    counts = {"count": len(rows), "published": published, "not_published": len(rows) - published}
    widths = rows["rank_upper"] - rows["rank_lower"]
    exact, widest = rows[widths == 0], rows[(widths == widths.max()) & (widths > 0)]
    edition = facts.framework.edition_name
    clauses = [fill(facts, "known.scores" if published else "known.no_scores", edition=edition, **counts)]
    clauses.append(_places_in(facts, links, "known.exact", exact) or fill(facts, "known.no_exact"))
    clauses.append(_places_in(facts, links, "known.widest", widest))
    said = join_words([clause for clause in clauses if clause], facts.word("list.semicolon"))
    return fill(facts, "known.sentence", clauses=said)


def _places_in(facts: Facts, links: Links, key: str, rows: pd.DataFrame) -> Markup:
    if rows.empty:
        return Markup("")
    named = []
    for index, row in rows.iterrows():
        best, worst = (show_number(row[end], 0) for end in ("rank_lower", "rank_upper"))
        place = "known.place" if best == worst else "known.places"
        named.append(fill(facts, place, index=links.index(str(index)), best=best, worst=worst))
    return fill(facts, key, indices=join_words(named, facts.word("list.separator")))


def _leaders(facts: Facts, links: Links, index: str) -> Markup:
    frame = facts.published.scores(index)
    ranked = frame[frame["rank"].notna()].sort_values("rank").head(TOP_PLACES)
    ranked = ranked[ranked["rank"].to_numpy() == range(1, len(ranked) + 1)]
    if ranked.empty:
        ranked = frame[frame["score"].notna()].sort_values("score", ascending=False).head(TOP_PLACES)
        if ranked.empty:
            return _top_list(facts, links, index)
    stated = [_say_stated(facts, links, row, links.region(str(region))) for region, row in ranked.iterrows()]
    return fill(facts, "answer.stated", stated=join_words(stated, facts.word("list.semicolon")))


def _top_list(facts: Facts, links: Links, index: str) -> Markup:
    tiers = [claim for claim in facts.edition.claims_about(index=index) if claim.kind == "tiers"]
    tops = [claim for claim in facts.edition.claims_about(index=index) if claim.kind == "top"]
    if tops:
        regions = [links.region(code) for code in tops[0].regions]
    elif tiers:
        regions = [links.region(code) for code in tiers[0].details["tiers"][0]]
    else:
        return Markup("")
    names = join_words(regions, facts.word("list.separator"))
    return fill(facts, "answer.top" if tops else "answer.tier", regions=names)


def _totals(facts: Facts, links: Links, index: str) -> Markup:
    about = {claim.kind: claim for claim in facts.edition.claims_about(index=index)}
    if "total" not in about or "mean" not in about:
        return Markup("")
    return fill(facts, "answer.totals", total=_quoted(links, about["total"]), mean=_quoted(links, about["mean"]))


def _quoted(links: Links, claim: Claim) -> Markup:
    return links.claim(claim.id, show_printed(claim.value))


def _say_stated(facts: Facts, links: Links, row: pd.Series, named: Markup) -> Markup:
    """The score and the rank that are stated of something; nothing where neither is."""
    score = _quoted(links, facts.edition.claim(row["claim"])) if row["claim"] else ""
    rank = "" if is_missing(row["rank"]) else show_number(row["rank"], 0)
    parts = [part for part, said in (("score", score), ("rank", rank)) if said]
    return fill(facts, f"answer.{'_'.join(parts)}", region=named, score=score, rank=rank) if parts else Markup("")


@macro()
def table_edition(facts: Facts, links: Links, index: str) -> Table:
    """Every region in one index, best first: the score as printed, or between which scores it must be.

    Raises:
        LookupFailed: There is no such index.
    """
    scores = facts.published.ranking(index)
    regions = [str(region) for region in scores.index]
    rows = [
        [_rank(facts, row), links.region(region), *_score_and_interval(facts, links, row)]
        for region, (_, row) in zip(regions, scores.iterrows(), strict=True)
    ]
    word = facts.word
    names = [Column(word("table.rank"), numeric=True, key="rank", best="low")]
    names += [Column(word("table.region"), key="region")]
    caption = facts.sentence("caption.edition", index=links.name(index), edition=facts.framework.edition_name)
    columns, origin = (*names, *_columns(facts)), of_edition(facts)
    return Table(f"edition-{index}", caption, columns, rows_of(rows), origin, regions=tuple(regions), tools="edition")


@macro()
def table_region_edition(facts: Facts, links: Links, region: str) -> Table:
    """One region in every index: the score as printed, or between which scores it must be.

    Raises:
        LookupFailed: There is no such region, or it is not evaluated.
    """
    found = facts.evaluated_region(region)
    tops = {node.code for node in facts.framework.indices}
    rows = []
    for index in facts.framework.nodes:
        row = facts.published.ranking(index).loc[found.code]
        name = element("span", links.index(index), class_="ri-top" if index in tops else "ri-sub")
        rows.append([name, _rank(facts, row), *_score_and_interval(facts, links, row)])
    columns = (Column(facts.word("table.index")), Column(facts.word("table.rank"), numeric=True), *_columns(facts))
    caption = facts.sentence("caption.region_edition", region=found.name, edition=facts.framework.edition_name)
    name = f"region-edition-{found.slug}"
    return Table(name, caption, columns, rows_of(rows), of_edition(facts), sortable=False)


def _columns(facts: Facts) -> list[Column]:
    score, interval = (facts.word(key) for key in ("table.score", "edition.interval"))
    return [Column(score, numeric=True, key="score"), Column(interval, numeric=True, key="interval")]


def _rank(facts: Facts, row: pd.Series) -> Cell:
    """The rank, or the best and the worst one it can be; sorted by these."""
    ends = dict.fromkeys(show_number(row[end], 0) for end in ("rank_lower", "rank_upper"))
    return Cell(facts.word("list.to").join(ends), sort=float(row["rank_lower"]))


def _score_and_interval(facts: Facts, links: Links, row: pd.Series) -> list[Cell]:
    """A published score with a dot where it is; of any other, between which scores it must be, with a bar."""
    bar = _bar(facts, row)
    if row["status"] == "published":
        claim = facts.edition.claim(row["claim"])
        score = float(row["score"])
        return [Cell(score, links.claim(claim.id, show_printed(claim.value))), Cell(shown=bar, sort=score)]
    lower, upper = (show_score(row[end]) for end in ("lower", "upper"))
    between = facts.sentence("edition.between", lower=lower, upper=upper) if lower != upper else lower
    shown = Markup("{} {}").format(between, bar)
    return [Cell(facts.word("status.not_published")), Cell(between, shown, sort=float(row["lower"]))]


def _bar(facts: Facts, row: pd.Series) -> Markup:
    lowest, highest = facts.edition.score_range
    ends = {"low": row["lower"], "high": row["upper"]} | ({"at": row["score"]} if row["status"] == "published" else {})
    shares = {name: (end - lowest) / (highest - lowest) * 100 for name, end in ends.items()}
    style = ";".join(f"--ri-{name}:{share:.1f}%" for name, share in shares.items())
    return element("span", class_="ri-interval", style=style, aria_hidden="true")
