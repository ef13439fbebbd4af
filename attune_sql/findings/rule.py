"""What a rule is: a name, a page, and a pure function from what was described to findings. Values only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding, Level
from attune_sql.findings.result import RulePage

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """A rule over one kind of subject: an operation's description, a rejection, or a whole repository.

    `page` is the docstring of its module: a sentence that says what is found, a paragraph `Why:` and a paragraph `Do:`.
    """

    name: str
    level: Level
    page: str
    check: Callable[[Subject], Iterator[Finding]]

    @property
    def what(self) -> str:
        """What is found, in one sentence."""
        return self._paragraphs()[0]

    @property
    def why(self) -> str:
        """Why it is a mistake."""
        return self._paragraph("Why: ")

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return self._paragraph("Do: ")

    def described(self) -> RulePage:
        """Return what a format shows of the rule."""
        return RulePage(self.name, self.level, self.what, self.why, self.remedy)

    def _paragraphs(self) -> list[str]:
        return [" ".join(each.split()) for each in re.split(r"\n\s*\n", self.page.strip())]

    def _paragraph(self, mark: str) -> str:
        return next(each.removeprefix(mark) for each in self._paragraphs() if each.startswith(mark))


@dataclass(frozen=True, slots=True)
class Repository:
    """The described operations of one folder, and what they are held against.

    `table_columns` are those of the table it is named after (none: no such table), `row_classes` the column lists that
    have a generated class (None: no classes are generated).
    """

    namespace: tuple[str, ...]
    operations: tuple[Description, ...]
    table_columns: tuple[str, ...] = ()
    row_classes: frozenset[tuple[str, ...]] | None = None
