"""The regions, and every name of theirs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from regional_index.errors import LookupFailed


@dataclass(frozen=True)
class Region:
    """A region; `evaluated` is false for those shown on the map but not part of the index.

    Attributes:
        tile: Column and row on the map; `None` where the index has no map.
        short: A shorter name for charts; empty where the name is short enough.
    """

    code: str
    iso: str
    name: str
    full_name: str
    name_en: str
    slug: str
    groups: Mapping[str, str]
    evaluated: bool
    tile: tuple[int, int] | None = None
    aliases: tuple[str, ...] = ()
    short: str = ""

    @property
    def label(self) -> str:
        """The name where there is little room."""
        return self.short or self.name

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name of this region, codes included."""
        return (self.name, self.full_name, self.name_en, self.slug, self.code, self.iso, self.label, *self.aliases)


class Regions(Mapping[str, Region]):
    """All regions by code, in the order of the table; `find` knows every name of theirs."""

    def __init__(self, regions: list[Region]) -> None:
        self._by_code = {region.code: region for region in regions}
        self._by_name = {fold(name): region for region in regions for name in region.all_names}

    def __getitem__(self, code: str) -> Region:
        return self._by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    @cached_property
    def evaluated(self) -> tuple[str, ...]:
        """Codes of the regions that the index ranks, in the order of the table."""
        return tuple(code for code, region in self.items() if region.evaluated)

    @cached_property
    def members(self) -> dict[str, frozenset[str]]:
        """Codes of the evaluated regions of each group, by the name of the group."""
        names = [(name, code) for code in self.evaluated for name in self[code].groups.values()]
        return {group: frozenset(code for name, code in names if name == group) for group, _ in names}

    @property
    def has_map(self) -> bool:
        """Whether the regions have tiles, and so a place on a map."""
        return all(region.tile for region in self.values())

    def find(self, name: str) -> Region:
        """The region with this name, in any of its spellings.

        Raises:
            LookupFailed: No region has this name.

        Examples:
            >>> north = Region("1", "X-N", "North", "Northland", "North", "north", {}, True, (1, 1), ("N",))
            >>> Regions([north]).find(" NORTHLAND ").code
            '1'
        """
        region = self._by_name.get(fold(name))
        if region is None:
            near = get_close_matches(fold(name), self._by_name, n=1)
            hint = f"; did you mean {self._by_name[near[0]].name}?" if near else ""
            raise LookupFailed(f'unknown region "{name}"{hint}')
        return region


def fold(name: str) -> str:
    """A name without case, spaces, hyphens and apostrophes, so that spellings of it compare equal."""
    return "".join(ch for ch in str(name).casefold() if ch not in " -_'’\u3000\t")
