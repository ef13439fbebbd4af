"""`@not_null` or `@nullable` of a column that the result does not have.

Why: it overrides nothing; the column that was meant has the nullability of the analysis.

Do: write the name as the result has it, or remove it from the tag.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding
from attune_sql.findings.rule import Rule


def check(description: Description) -> Iterator[Finding]:
    """Report overrides that name no column."""
    names = list(dict.fromkeys(each.name for each in description.columns))
    for override in description.operation.overrides:
        if override.column in names:
            continue
        tag = "nullable" if override.nullable else "not_null"
        close = get_close_matches(override.column, names, n=1)
        yield Finding(
            RULE.name,
            override.location,
            f"{description.operation.full_name}: @{tag} names {override.column!r}, which is no column of the result",
            f"did you mean {close[0]}?" if close else f"the columns are: {', '.join(names) or 'none'}",
        )


RULE = Rule("unreachable-override", "error", __doc__, check)
