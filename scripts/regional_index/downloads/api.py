"""`api/v1/`: the public part of the results, and `index.json`, which says what each file, column and status means."""

import json
from collections.abc import Iterable
from pathlib import Path

from regional_index.downloads.csv_text import harmless_csv
from regional_index.facts import Facts
from regional_index.files import list_files, read_bytes
from regional_index.model import COLUMNS, DOCUMENTS, public_tables
from regional_index.topics.data import columns_of

API_FOLDER = "api/v1"
STATUSES = {
    "published": "stated in the publication; lower and upper equal the score",
    "computed": "computed by this repository from indicators",
    "not_published": "no score: the publication does not state it; of the open series, data for it are missing, or it "
    "is not computed by decision; in indicators.csv, the publisher does not give the value",
    "calculated": "indicators.csv only: calculated from figures that the publisher gives in its place",
    "excluded": "indicators.csv only: published, but left out by a decision",
}
VERDICTS = {
    "holds": "arithmetic gives it again, or the other claims would contradict some wrong version of it",
    "contradicted": "it is in a set of claims that cannot all hold",
    "untestable": "no arithmetic gives it again, and the other claims allow every wrong version of it that was tried",
}
CHANGES = {
    "five": "figure changed by 5 %",
    "one": "figure changed by 1 %",
    "digits": "two digits swapped",
    "neighbours": "two neighbours of an order swapped",
    "names": "a region exchanged",
    "sides": "sides of a comparison swapped",
}
FIELDS = {
    "robustness.json": {
        "declared": "which choices of method are varied, as data/framework.yml has them",
        "quantiles": "the quantiles of the draws that rank_lower, rank_median and rank_upper are",
        "indices.regions.first_place": "part of the draws in which the region is first",
        "indices.regions.tiers": "part of the draws in which it is in each of the declared tiers, and below them",
        "indices.regions.changes": "places gained since base_year, and the parts of the draws in which the rank rose "
        "or fell, the same choices and weights in both years; in the others it is the same",
        "indices.regions.any_weights": "best and worst rank with any weights within range_width of the declared ones",
        "indices.regions.any_weights.exact": "false where the limits are proved, but not known to be reached",
        "indices.ahead.shares": "part of the draws in which the region of the row is ahead of that of the column",
        "indices.neighbours": "neighbours in the ranking, and the weights nearest to the declared ones that swap them",
        "indices.neighbours.possible": "false where no weights swap them",
        "indices.neighbours.exact": "false where the weights were found by a search",
    },
    "coherence.json": {
        "limits": "correlations from which a pair is flagged",
        "indices.alpha": "Cronbach's alpha of the parts of the index",
        "indices.explained": "part of the variance of its parts that the first principal component has",
        "indices.flags": "pairs of parts that go together too little (negative, weak) or too much (collinear)",
        "indices.importance.linear": "squared correlation of the part with the index",
        "indices.importance.nonlinear": "part of the variance of the index that the part explains by a smooth curve",
        "indices.importance.share": "nonlinear, divided by its sum over the parts; to be compared with weight",
    },
    "normalised.json": {
        "share_tolerance": "by how much less than minimum_weight_share may be present",
        "random": "how many random weightings the page on weights tries, from which seed, and the last ranks of tiers",
        "indicators.scores": "normalised scores of the last year in full precision, in the order of regions",
        "nodes.weight": "rule by which its weights were found",
        "nodes.aggregate": "rule by which its children become its score, with its options",
        "nodes.formula": "formula of the page on weights that computes it, with its numbers; null where none does",
        "nodes.minimum_weight_share": "part of the weight that must be present for a score",
        "nodes.children.key": "name of the weight in an address of the page on weights",
        "nodes.children.weight": "weight in the node, adding up to 1",
    },
    "compare.json": {
        "regions": "slugs of the regions, in the order of all lists",
        "group": "code of the grouping whose means are compared with",
        "groups": "the group of each region",
        "indices": "by code and year, see value, leader, means, rank, range and partial",
        "indicators": "by code and year, in the unit of the indicator; where values fill gaps, `filled` has the year "
        "that each is of, by region; null where another rule gives it",
        "value": "score or value",
        "leader": "the best score or value of the year",
        "means": "by group: the unweighted mean of its evaluated regions that have a score or value",
        "range": "rank_lower and rank_upper",
        "partial": "slugs of the regions whose score leaves out something that others include",
        "neighbours": "by region: the regions with the most similar sub-index scores of the last year, and how far "
        "each is: the root mean squared difference over the sub-indices that both have",
        "next_steps": "by region and index, for the last year: arithmetic on the method, not advice",
        "next_steps.above": "the region with the next greater score",
        "next_steps.gap": "points to it",
        "next_steps.steps": "by indicator: by how much it alone would have to change to gain a place, in its unit and "
        "in percent; or limit (the best value of all regions and years does not do), or missing (it has no value)",
    },
    "claims.json": {
        "id": "stable name of the claim",
        "index": "code of the index that it is about",
        "kind": "what kind of statement it is",
        "regions": "codes of the regions that it names",
        "value": "its figure as printed",
        "details": "what only some kinds have",
        "place": "section and paragraph of the publication",
        "verdict": "see verdicts",
        "set_aside": "true where a decision leaves it out of all that is derived; the reason is in audit.json",
        "conflicts_with": "ids of the other claims of the set that cannot all hold",
        "note": "why the verdict is what it is",
        "tried": "how many wrong versions of the claim were tried",
        "noticed": "how many of them the other claims contradict",
        "reading": "rounded or truncated: how the printed share comes from the exact one, where arithmetic tells",
        "remark": "what the data file notes about the claim",
    },
    "audit.json": {
        "score_range": "what no score is assumed to fall short of, and what none to exceed",
        "verdicts": "how many claims have which verdict",
        "conflicts": "sets of claims that cannot all hold, though any that leaves one of them out can",
        "conflicts.overlaps": "true where the set shares claims with one before it",
        "conflicts.mends": "single changes after which all claims that are in no conflict can hold with the set",
        "conflicts.set_aside": "which claims of the set a decision leaves out, and why",
        "self_test": "how many wrong versions of claims were tried and noticed, in all and by change, see changes",
        "weights": "weights in whole steps with which an index can be the weighted mean of its sub-indices: inferred",
        "weights.steps": "how many steps make the whole",
        "weights.tried": "how many weightings were tried",
        "weights.fit_totals": "how many of them agree with the published totals",
        "weights.vectors": "those with which all claims can hold, in steps, in the order of parts",
    },
}


def public_files(facts: Facts, results: Path) -> dict[str, bytes]:
    """Every file of the interface, by its path below the site's root: copies of results, in which no text is a formula.

    Args:
        facts: What was read from the results.
        results: Their folder.
    """
    there = {path.name: path for path in list_files(results, "*")}
    files = {table.file: harmless_csv(read_bytes(there[table.file])) for table in public_tables(there)}
    files |= {name: read_bytes(there[name]) for name in DOCUMENTS if name in there}
    index = json.dumps(describe(facts, sorted(files)), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    files["index.json"] = index.encode()
    return {f"{API_FOLDER}/{name}": content for name, content in files.items()}


def describe(facts: Facts, files: Iterable[str]) -> dict[str, object]:
    """The content of `index.json`.

    Args:
        facts: What the files were made from.
        files: Names of the files.
    """
    framework, files_and_columns = facts.framework, columns_of(facts)
    documents = [name for name in files if name.endswith(".json")]
    return {
        "version": 1,
        "title": dict(framework.title),
        "series": {**_published(facts), "open": {"years": list(framework.years)}},
        **({"lens": framework.lens, "lenses": _lenses(facts)} if facts.readings.lenses else {}),
        "indices": [
            {"code": code, "name": dict(node.name), "parent": framework.parents.get(code)}
            for code, node in framework.nodes.items()
        ],
        "indicators": [
            {"code": code, "name": dict(indicator.name), "unit": indicator.unit, "source": indicator.source}
            for code, indicator in framework.indicators.items()
        ],
        "regions": [
            {"code": code, "name": region.name, "slug": region.slug, "evaluated": region.evaluated}
            for code, region in facts.regions.items()
        ],
        "sources": [
            {"id": name, "publisher": s.publisher, "title": s.title, "years": s.years, "terms": s.terms}
            for name, s in facts.declared.sources.items()
        ],
        "statuses": STATUSES,
        **({"verdicts": VERDICTS, "changes": CHANGES} if facts.has_edition else {}),
        "columns": {
            name: COLUMNS[name].meaning for columns in files_and_columns.values() for name in columns if name in COLUMNS
        },
        "fields": {name: FIELDS[name] for name in FIELDS if name in documents},
        "files": {**files_and_columns, **dict.fromkeys(documents)},
    }


def _lenses(facts: Facts) -> list[dict[str, object]]:
    """Every lens, what it divides by what, and its address below the root of the site."""
    return [
        {
            "code": lens.code,
            "name": dict(lens.name),
            "address": f"{lens.code}/" if number else "",
            "per": {code: divided.per.indicator for code, divided in lens.indicators.items()},
        }
        for number, lens in enumerate(facts.readings.lenses)
    ]


def _published(facts: Facts) -> dict[str, object]:
    """The published edition, if there is one."""
    framework = facts.framework
    return {"published": {"edition": framework.edition, "years": [framework.edition_year]}} if facts.has_edition else {}
