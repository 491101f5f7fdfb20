"""Why the method cannot be carried out: what was found, in words; where that was declared is for `inputs` to say."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One reason why a rule cannot be carried out.

    Attributes:
        found: What is there.
        expected: What the rule needs.
        remedy: What to do, as an instruction.
        step: The step whose rule it is.
        indicator: Its code, where the rule is that of an indicator.
        is_varied: Whether the rule is one that the robustness analysis draws, not the declared one.
    """

    found: str
    expected: str
    remedy: str
    step: str = ""
    indicator: str = ""
    is_varied: bool = False

    def __str__(self) -> str:
        return f"found {self.found}; expected {self.expected}; {self.remedy}"


class CannotCompute(Exception):
    """The method cannot be carried out on these data. Carries every finding, each once, in a stable order."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(set(findings)))
        super().__init__("\n".join(dict.fromkeys(f"{each.step}: {each}" for each in self.findings)))
