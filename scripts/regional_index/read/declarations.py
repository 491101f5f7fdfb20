"""What the framework says of each indicator *file*, which several indicators may share."""

from dataclasses import dataclass

from regional_index.framework import Framework


@dataclass(frozen=True)
class Declaration:
    """What a file in `indicators/` must hold.

    Args:
        file: Its name without `.csv`.
        indicator: Code of the indicator that describes it.
        unit: Unit of the raw values.
        kind: Kind of the raw values.
        years: Years it must cover.
        not_published: Region code and year of every cell that is empty.
        max_ratio: Bound on the year-on-year change of the raw values, if any.
        divides: Codes of the indicators that are divided by its values.
        is_divided: Whether no indicator reads the values as they are.
    """

    file: str
    indicator: str
    unit: str
    kind: str
    years: tuple[int, ...]
    not_published: frozenset[tuple[str, int]]
    max_ratio: float | None
    divides: tuple[str, ...] = ()
    is_divided: bool = False

    @property
    def path(self) -> str:
        """The file, relative to the project."""
        return indicator_path(self.file)


def indicator_path(file: str) -> str:
    """Path of an indicator file, relative to the project."""
    return f"data/indicators/{file}.csv"


def declare_files(framework: Framework) -> dict[str, Declaration]:
    """Every file that indicators name and one of them describes, in the order of the framework.

    A file is described by the indicator that reads it undivided (the one with the file's own code, if there are
    several), else by one that says under `per` what its undivided values are. Years and unpublished regions are those
    of all indicators that share the file.
    """
    found = {}
    for file in dict.fromkeys(indicator.file for indicator in framework.indicators.values()):
        users = [user for user in framework.indicators.values() if user.file == file]
        undivided = [user for user in users if user.per is None]
        owners = undivided or [user for user in users if user.per and user.per.unit]
        years = tuple(sorted({year for user in users for year in user.years or framework.years}))
        gaps = (gap for user in users for gap in user.not_published)
        if owners:
            owner = min(owners, key=lambda user: user.code != file)
            found[file] = Declaration(
                file=file,
                indicator=owner.code,
                unit=owner.per.unit if owner.per else owner.unit,
                kind=owner.per.kind if owner.per else owner.kind,
                years=years,
                not_published=frozenset((gap.region, year) for gap in gaps for year in gap.years or years),
                max_ratio=owner.max_ratio,
                divides=_divided_by(framework, file),
                is_divided=not undivided,
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
