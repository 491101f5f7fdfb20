"""Invented projects of any size, to see what charts make of them: names, regions, years, indicators, values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

LATIN = "Democratic Republic of the Northern and Southern Isles"
HAN = "北冰洋沿岸诸岛及内陆高原联合自治区域管理委员会所辖各县市乡镇与街道办事处统计范围内全部常住人口聚居地"


@dataclass(frozen=True)
class Panel:
    """An invented project.

    Attributes:
        regions: How many.
        years: Of the open series.
        letters: How long the name of every region is.
        han: Whether names are Chinese.
        indicators: How many there are below the two indices.
        values: `usual`, `level` (all but one are equal), `negative`, `tiny`, `huge` or `missing` ones.
    """

    regions: int = 12
    years: Sequence[int] = (2030, 2031)
    letters: int = 8
    han: bool = False
    indicators: int = 6
    values: str = "usual"

    def names(self) -> list[str]:
        """Names of the regions: as long as asked for, each with its number."""
        text = HAN if self.han else LATIN
        return [f"{number}{text}"[: self.letters].strip() for number in range(100, 100 + self.regions)]

    def write(self, root: Path) -> Path:
        """Write its `data/` below a folder; returns the folder."""
        data = root / "data"
        (data / "indicators").mkdir(parents=True)
        codes = [f"measure_{number}" for number in range(self.indicators)]
        kind, decimals = ("signed" if self.values == "negative" else "amount"), 9 if self.values == "tiny" else 1
        framework = _framework(codes, self.years, kind, decimals, self.letters)
        if self.values == "missing":
            for each in framework["indicators"]:
                each["not_published"] = [self.names()[0], {"region": self.names()[2], "years": [self.years[-1]]}]
        _dump(data / "framework.yml", framework)
        _dump(data / "sources.yml", {"sources": [SOURCE], "control_totals": []})
        _dump(data / "corrections.yml", {"corrections": []})
        _dump(data / "words.yml", {})
        self._write_regions(data / "regions.csv")
        random = np.random.default_rng(7)
        cells = pd.MultiIndex.from_product([self.names(), self.years], names=["region", "year"])
        for code in codes:
            levels = np.repeat(random.lognormal(3, 1, self.regions), len(self.years))
            values = self._values(levels * random.lognormal(0, 0.2, len(cells)))
            pd.Series(values, cells, name="value").to_csv(data / "indicators" / f"{code}.csv")
        return root

    def _unpublished(self) -> np.ndarray:
        """For every region and year, whether a number is missing: the first region has none, the third none at last."""
        region, year = np.divmod(np.arange(self.regions * len(self.years)), len(self.years))
        return (region == 0) | ((region == 2) & (year == len(self.years) - 1))

    def _values(self, usual: np.ndarray) -> np.ndarray:
        if self.values == "missing":
            return np.where(self._unpublished(), np.nan, usual.round(1))
        if self.values == "level":
            return np.where(np.arange(len(usual)) == 0, 2.0, 1.0)
        scale = {"tiny": 1e-8, "huge": 1e13}.get(self.values, 1)
        shift = 40 if self.values == "negative" else 0
        return (usual * scale - shift).round(9 if self.values == "tiny" else 1)

    def _write_regions(self, path: Path) -> None:
        names, width = self.names(), int(np.ceil(np.sqrt(self.regions)))
        rows = [
            {"code": f"R{n}", "name": name, "slug": f"r{n}", "group": "East" if n % 2 else "West", "evaluated": "yes",
             "tile_column": n % width + 1, "tile_row": n // width + 1, "aliases": ""}
            for n, name in enumerate(names)
        ]  # fmt: skip
        pd.DataFrame(rows).to_csv(path, index=False)


SOURCE = {"id": "bureau", "publisher": "Bureau", "title": "Yearbook", "years": "2000-2040", "terms": "Invented."}


def _framework(codes: Sequence[str], years: Iterable[int], kind: str, decimals: int, letters: int) -> dict:
    half = max(len(codes) // 2, 1)
    first, second = codes[:half], codes[half:]
    name = f"Index of the {LATIN}"[: max(letters, 8)]
    parts = [
        _index(f"part_{n}", f"{n} {name}", dict.fromkeys(first[n::2], 1)) | {"weight": 1}
        for n in range(2 if half > 1 else 1)
    ]  # fmt: skip
    tops = [
        {**_index("first", f"A {name}", {}), "children": parts},
        _index("second", f"B {name}", dict.fromkeys(second, 1)),
    ]
    for top in tops:
        if not top.get("indicators"):
            top.pop("indicators")
    indicators = [
        {"code": code, "name": {"en": f"{n} {name}"}, "unit": "tonnes", "kind": kind, "direction": 1,
         "decimals": decimals, "source": "bureau", "measures": "Invented.", "limits": "Invented."}
        for n, code in enumerate(codes)
    ]  # fmt: skip
    return {
        "language": "en",
        "title": {"en": "Invented index"},
        "series": {"open": {"years": list(years)}},
        "method": {"impute": "none", "normalise": "min-max", "aggregate": "arithmetic", "minimum_weight_share": 0.5},
        "robustness": {"draws": 100, "seed": 3, "base": 16, "vary": {
            "weights": {"noise": 0.5, "levels": [1, 2]}, "aggregate": ["arithmetic", "geometric"]}},
        "groups": [{"code": "group", "name": {"en": "Side"}, "order": ["East", "West"]}],
        "bands": [20, 40, 60, 80],
        "indices": tops,
        "indicators": indicators,
    }  # fmt: skip


def _index(code: str, name: str, indicators: dict[str, int]) -> dict:
    return {
        "code": code,
        "name": {"en": name},
        "short": name[:8].strip(),
        "definition": "Invented.",
        "indicators": indicators,
    }


def _dump(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
