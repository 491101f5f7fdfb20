"""What the framework says of each indicator *file*, which several indicators may share."""

from dataclasses import dataclass

from regional_index.framework import Framework, Indicator


@dataclass(frozen=True)
class Declaration:
    """What a file in `indicators/` must hold.

    Args:
        file: Its name without `.csv`.
        indicator: Code of the indicator whose raw values it holds.
        unit: Unit of the raw values.
        kind: Kind of the raw values.
        years: Years it must cover.
        not_published: Region code and year of every cell that is empty.
        max_ratio: Bound on the year-on-year change of the raw values, if any.
        divides: Codes of the indicators that are divided by its values.
    """

    file: str
    indicator: str
    unit: str
    kind: str
    years: tuple[int, ...]
    not_published: frozenset[tuple[str, int]]
    max_ratio: float | None
    divides: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The file, relative to the project."""
        return indicator_path(self.file)


def indicator_path(file: str) -> str:
    """Where an indicator file stands, relative to the project."""
    return f"data/indicators/{file}.csv"


def file_owner(framework: Framework, file: str) -> Indicator | None:
    """The indicator that describes the raw values of a file.

    That is the one with the file's own code, else the first that does not divide it; an indicator that
    divides the file's values says nothing of their unit.
    """
    users = [user for user in framework.indicators.values() if user.file == file and user.per is None]
    return min(users, key=lambda user: user.code != file, default=None)


def declare_files(framework: Framework) -> dict[str, Declaration]:
    """Every file that indicators name and one of them describes, in the order of the framework.

    Years and unpublished regions are those of all indicators that share the file.
    """
    found = {}
    for file in dict.fromkeys(indicator.file for indicator in framework.indicators.values()):
        owner = file_owner(framework, file)
        users = [user for user in framework.indicators.values() if user.file == file]
        years = tuple(sorted({year for user in users for year in user.years or framework.years}))
        gaps = (gap for user in users for gap in user.not_published)
        if owner is not None:
            found[file] = Declaration(
                file=file,
                indicator=owner.code,
                unit=owner.unit,
                kind=owner.kind,
                years=years,
                not_published=frozenset((gap.region, year) for gap in gaps for year in gap.years or years),
                max_ratio=owner.max_ratio,
                divides=_divided_by(framework, file),
            )
    return found


def _divided_by(framework: Framework, file: str) -> tuple[str, ...]:
    """Codes of the indicators whose denominator is in a file; one that nobody knows is a problem of its own."""
    known = framework.indicators
    return tuple(
        code
        for code, user in known.items()
        if user.per and user.per.indicator in known and known[user.per.indicator].file == file
    )
