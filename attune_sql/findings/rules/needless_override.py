"""`@not_null` or `@nullable` of a column of which PostgreSQL's analysis says the same.

Why: an override is a promise that nothing checks when a query is changed; one that is not needed hides the day on which
it becomes a lie.

Do: remove the column from the tag.
"""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding
from attune_sql.findings.rule import Rule


def check(description: Description) -> Iterator[Finding]:
    """Report overrides that change no column; `@nullable` where nobody can tell is an answer, and stays."""
    for override in description.operation.overrides:
        found = [each.overridden for each in description.columns if each.name == override.column and each.overridden]
        if found and all(each.nullable == override.nullable and not each.reason.unknown for each in found):
            tag = "nullable" if override.nullable else "not_null"
            yield Finding(
                RULE.name,
                override.location,
                f"{description.operation.full_name}: @{tag} {override.column} says what PostgreSQL says already",
                f"remove it ({found[0].reason.text})",
            )


RULE = Rule("needless-override", "error", __doc__, check)
