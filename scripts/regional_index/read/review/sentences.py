"""Findings in the words of the site's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regional_index.framework import Framework, Regions, site_name
from regional_index.model import write_number
from regional_index.read.review.findings import Finding


@dataclass(frozen=True)
class Namer:
    """Words of the site's language, and names of regions and indicators."""

    words: Mapping[str, str]
    regions: Regions
    framework: Framework

    def sentence(self, key: str, **gaps: object) -> str:
        """A sentence with its gaps filled."""
        return self.words[key].format(**gaps)

    def join(self, sentences: Iterable[str]) -> str:
        """Several findings one after the other."""
        return self.words["list.semicolon"].join(sentences)

    def file(self, file: str) -> str:
        """Name of the indicator that has a file of this name, or the name of the file."""
        indicator = self.framework.indicators.get(file)
        return site_name(indicator.name) if indicator else file

    def region(self, code: str) -> str:
        """Name of a region; what is no code stays as it is."""
        return self.regions[code].name if code in self.regions else code

    def about(self, kind: str, file: str, regions: Iterable[str]) -> str:
        """Indicator, kind and regions in short."""
        names = self.words["list.separator"].join(map(self.region, regions))
        return " ".join(part for part in (self.file(file), self.words[f"review.kind_{kind}"], names) if part)

    def say(self, finding: Finding) -> str:
        """A finding as a sentence without its file and year."""
        gaps = {name: _shown(name, value) for name, value in finding.gaps.items()}
        if finding.regions:
            gaps["regions"] = self.words["list.separator"].join(self.region(code) for code in finding.regions)
        for name in ("first_region", "last_region"):
            gaps |= {name: self.region(str(gaps[name]))} if name in gaps else {}
        if "other_file" in gaps:
            gaps["other_file"] = self.file(str(gaps["other_file"]))
        return self.sentence(f"review.{_variant(finding)}", year=finding.year, **gaps)


def _variant(finding: Finding) -> str:
    gaps = finding.gaps
    if finding.kind == "repeated" and gaps["other"] == finding.year - 1:
        return "repeated_last"
    if finding.kind == "shifted" and gaps["rows"] == -1:
        return "shifted_up"
    is_from_nothing = finding.kind == "growth" and gaps["ratio"] != gaps["ratio"]
    return "growth_without" if is_from_nothing else finding.kind


def _shown(name: str, value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return write_number(value) if name in ("last", "now") else f"{value:.0%}" if name == "share" else f"{value:.3g}"
