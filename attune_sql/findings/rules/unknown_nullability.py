"""A column of which nobody can tell whether it may be NULL.

Why: it is taken as nullable, so that every caller must handle a None that perhaps never comes.

Do: write the expression in a way that can be told: `COALESCE(…, default)`, an inner join, `IS NOT NULL` in the WHERE
clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding
from attune_sql.findings.places import name_place
from attune_sql.findings.rule import Rule

# The word alone is not enough anywhere in the text: a column may be called so.
_UNKNOWN = re.compile(r"(nullable: )?unknown\b|.*\b(is not known|does not know|nothing is known)\b")


def check(description: Description) -> Iterator[Finding]:
    """Report every column whose reason says that nothing is known."""
    operation = description.operation
    for column in description.columns:
        if column.nullable and _UNKNOWN.match(column.reason.text):
            yield Finding(
                RULE.name,
                column.reason.location or name_place(operation),
                f"{operation.full_name}: whether {column.name} may be NULL is not known",
                column.reason.text,
                RULE.level,
            )


RULE = Rule("unknown-nullability", "warning", __doc__, check)
