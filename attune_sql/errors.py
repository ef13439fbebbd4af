"""What attune_sql raises of its own.

    AttuneSqlError
     ├─ SourceError      a query file that cannot be read as operations
     ├─ RejectedError    a query that PostgreSQL refuses to prepare; in `attune_sql.describe.rejection`
     ├─ MigrationError   migration files or a ledger that do not fit together
     ├─ ScratchError     a throw-away PostgreSQL that could not be had
     ├─ RowShapeError    a result whose columns cannot become a row
     └─ PackFileError    a pack definition that cannot be loaded

What only one command of the toolkit raises stands beside it. Errors of the database stay psycopg's own classes and
wrong arguments stay `TypeError`: both carry the operation and its file in their text or notes.
"""

from __future__ import annotations

from attune_sql.location import Location


class AttuneSqlError(Exception):
    """One thing wrong, said to the person who can mend it.

    `message` is one plain sentence, `location` the place in a file (or None), `help` what to do about it (or None),
    `rule` a short name for the kind of mistake (or None).
    """

    def __init__(
        self, message: str, *, location: Location | None = None, help: str | None = None, rule: str | None = None
    ) -> None:
        self.message = message
        self.location = location
        self.help = help
        self.rule = rule
        super().__init__(self.report())

    def report(self) -> str:
        """Render as `file:line:col: error[rule]: message`, the excerpt, and a `help:` line."""
        level = f"error[{self.rule}]" if self.rule else "error"
        lines = [f"{self.location}: {level}: {self.message}" if self.location else self.message]
        if self.location and (excerpt := self.location.excerpt()):
            lines.append(excerpt)
        if self.help:
            lines.append(f"help: {self.help}")
        return "\n".join(lines)


class SourceError(AttuneSqlError):
    """A query file that cannot be read as operations."""


class MigrationError(AttuneSqlError):
    """Migration files or a ledger that do not fit together, or a migration that the server refused."""


class ScratchError(AttuneSqlError):
    """A throw-away PostgreSQL that could not be had."""


class RowShapeError(AttuneSqlError):
    """A result whose columns cannot become a row: unnamed, repeated, or other than before."""


class PackFileError(AttuneSqlError):
    """A pack definition that cannot be loaded."""
