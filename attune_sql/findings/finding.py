"""One thing wrong with a query file: Finding. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from attune_sql.errors import AttuneSqlError
from attune_sql.location import Location

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: the name of its `rule`, where it stands, one plain sentence, and what to do about it (or None).

    A `note` is advice: a check with nothing but notes is clean.
    """

    rule: str
    location: Location
    message: str
    help: str | None = None
    level: Level = "error"

    @classmethod
    def of_error(cls, error: AttuneSqlError, location: Location, rule: str | None = None) -> Finding:
        """Turn an error into a finding: at its own place, or at `location` where it has none."""
        return cls(rule or error.rule or "source", error.location or location, error.message, error.help)

    def report(self) -> str:
        """Render as `file:line:col: level[rule]: message`, the excerpt, and a `help:` line."""
        lines = [f"{self.location}: {self.level}[{self.rule}]: {self.message}"]
        if excerpt := self.location.excerpt():
            lines.append(excerpt)
        if self.help:
            lines.append(f"help: {self.help}")
        return "\n".join(lines)
