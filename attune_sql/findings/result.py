"""What a whole check found: Result. Values only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from attune_sql.findings.finding import Finding, Level


@dataclass(frozen=True, slots=True)
class RulePage:
    """What a reader of findings may want to know of a rule: what it finds, why that is wrong, what to do about it."""

    name: str
    level: Level
    what: str
    why: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The findings of a check, in the order of files and lines, how much was looked at, and by which rules."""

    findings: tuple[Finding, ...]
    files: int
    operations: int
    rules: tuple[RulePage, ...] = ()

    @property
    def clean(self) -> bool:
        """Tell whether there is nothing but notes."""
        return all(finding.level == "note" for finding in self.findings)

    @property
    def summary(self) -> str:
        """Say in one line what was looked at and what was found."""
        looked = f"{_counted(self.operations, 'operation')} in {_counted(self.files, 'file')}"
        levels = Counter(finding.level for finding in self.findings)
        found = [_counted(levels[level], level) for level in ("error", "warning", "note") if levels[level]]
        return f"{looked}: {', '.join(found) or 'no findings'}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"
