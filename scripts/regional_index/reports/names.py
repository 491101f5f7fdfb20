"""Names and figures of two versions: what only the earlier one has is named as it was there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regional_index.framework import Declarations, Indicator, site_name
from regional_index.render import SCORE_DECIMALS, show_number

MOST_DECIMALS = 15
WHEN = ("before", "after")


@dataclass(frozen=True)
class Names:
    """Names by code.

    Attributes:
        sides: The present declarations, then those of the other version where they are known.
        english: Whether names are in English where they have one; else in the language of the site.
    """

    sides: Sequence[Declarations]
    english: bool = False

    def region(self, code: str) -> str:
        """Name of a region."""
        known = next((side.regions[code] for side in self.sides if code in side.regions), None)
        return code if known is None else known.name_en if self.english else known.name

    def of(self, code: str) -> str:
        """Name of an index or an indicator; of an indicator that reads a file, where the code is that of the file."""
        for side in self.sides:
            framework = side.framework
            readers = [each for each in framework.indicators.values() if each.file == code]
            known = framework.nodes.get(code) or framework.indicators.get(code) or next(iter(readers), None)
            if known:
                return (self.english and known.name.get("en")) or site_name(known.name)
        return code

    def indicator(self, code: str) -> Indicator | None:
        """An indicator, if any version has it."""
        return next((s.framework.indicators[code] for s in self.sides if code in s.framework.indicators), None)

    def file_of(self, code: str) -> str:
        """The file that an indicator is in."""
        known = self.indicator(code)
        return known.file if known else code

    def numbers(self, code: str, values: Mapping[str, Any]) -> dict[str, str]:
        """Figures of an indicator before and after, with as many decimals as they need to look different."""
        known = self.indicator(code)
        decimals = known.decimals if known else SCORE_DECIMALS
        for more in range(MOST_DECIMALS):
            shown = {when: show_number(values[when], decimals + more) for when in WHEN}
            if shown["before"] != shown["after"]:
                return shown
        return {when: show_number(values[when], decimals) for when in WHEN}
