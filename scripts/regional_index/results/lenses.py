"""Readings of the open series: each lens is a whole series of results, in a folder of its own next to the first one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from regional_index.framework import Declarations, Lens
from regional_index.model import TABLES
from regional_index.results.files import read_table, write_table

LENSES = "lenses"
"""Below the results of the publisher's lens: a folder for each other one, and the table of all, `lenses.csv`."""
SCORES = "scores.csv"
VALUES = "lens_values"
RANKED = ("indicators", "indicator_ranks")
Declared = TypeVar("Declared", bound=Declarations)


def other_lenses(declared: Declarations) -> tuple[Lens, ...]:
    """All lenses but the publisher's."""
    return declared.framework.lenses[1:]


def lens_folder(code: str) -> str:
    """Folder of the results of a lens below those of the publisher's."""
    return f"{LENSES}/{code}"


def see(declared: Declared, lens: Lens) -> Declared:
    """What people declared, with the indicators as a lens divides them; a published edition has no lens."""
    framework = replace(declared.framework.seen_by(lens), edition="", edition_year=0, edition_names={})
    return replace(declared, framework=framework)


def value_table(lenses: Iterable[Lens], series: Mapping[str, Mapping[str, bytes]]) -> bytes:
    """Values and ranks by every lens of the indicators that some lens divides; missing values have no row.

    Args:
        lenses: All of them.
        series: By code of a lens, the tables of its series by the name of their file.
    """
    divided = {code for lens in lenses for code in lens.indicators}
    frames = []
    for lens, tables in series.items():
        values, ranks = (read_table(TABLES[name], tables[f"{name}.csv"], f"{lens}/{name}.csv") for name in RANKED)
        chosen = values[values["indicator"].isin(divided)]
        frames.append(chosen.merge(ranks, on=["indicator", "region", "year"], validate="one_to_one").assign(lens=lens))
    return write_table(VALUES, pd.concat(frames, ignore_index=True))


def lens_table(series: Mapping[str, Mapping[str, bytes]]) -> bytes:
    """Scores and ranks of the open series by every lens.

    Args:
        series: By code of a lens, the tables of its series by the name of their file.
    """
    frames = [
        read_table(TABLES["scores"], tables[SCORES], f"{lens}/{SCORES}").query("series == 'open'").assign(lens=lens)
        for lens, tables in series.items()
    ]
    return write_table(LENSES, pd.concat(frames, ignore_index=True))
