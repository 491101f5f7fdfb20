"""What the site offers for download, from which tests derive what its pages are to show."""

import csv
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Offered:
    """The files of a built site's interface."""

    site: Path

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a CSV file."""
        with (self.site / "api" / "v1" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def document(self, name: str) -> Any:
        """What a JSON file holds."""
        return json.loads((self.site / "api" / "v1" / f"{name}.json").read_text(encoding="utf-8"))

    @cached_property
    def regions(self) -> dict[str, dict[str, str]]:
        """Every evaluated region by its slug."""
        return {row["slug"]: row for row in self.table("regions") if row["evaluated"] == "yes"}

    @cached_property
    def outside(self) -> int:
        """How many regions are not evaluated."""
        return len(self.table("regions")) - len(self.regions)

    @cached_property
    def years(self) -> list[int]:
        """The years of the open series."""
        return self.document("index")["series"]["open"]["years"]

    @cached_property
    def edition(self) -> str:
        """The name of the published edition."""
        return self.document("index")["series"]["published"]["edition"]

    def members(self, grouping: str, group: str) -> list[str]:
        """Slugs of the evaluated regions of a group."""
        return [slug for slug, region in self.regions.items() if region[grouping] == group]

    def scores(self, index: str, year: int) -> dict[str, float]:
        """Open scores by the slug of the region, where there are any."""
        slugs = {region["code"]: slug for slug, region in self.regions.items()}
        wanted = ("open", index, str(year))
        rows = [row for row in self.table("scores") if (row["series"], row["index"], row["year"]) == wanted]
        return {slugs[row["region"]]: float(row["score"]) for row in rows if row["score"]}

    def claims(self, index: str, *kinds: str) -> list[dict[str, Any]]:
        """Claims about an index of some kinds."""
        return [claim for claim in self.document("claims") if claim["index"] == index and claim["kind"] in kinds]
