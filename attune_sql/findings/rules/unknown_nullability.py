"""A column of which nobody can tell whether it may be NULL.

Why: it is taken as nullable, so that every caller must handle a None that perhaps never comes.

Do: write the expression in a way that can be told: `COALESCE(…, default)`, an inner join, `IS NOT NULL` in the WHERE
clause; or say it yourself, with `-- @not_null column` or `-- @nullable column`.
"""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding
from attune_sql.findings.places import name_place
from attune_sql.findings.rule import Rule


def check(description: Description) -> Iterator[Finding]:
    """Report every column that is only called nullable because nothing is known."""
    operation = description.operation
    for column in description.columns:
        if column.nullable and column.reason.unknown:
            yield Finding(
                RULE.name,
                column.reason.location or name_place(operation),
                f"{operation.full_name}: whether {column.name} may be NULL is not known",
                column.reason.text,
                RULE.level,
            )


RULE = Rule("unknown-nullability", "warning", __doc__, check)
