"""An `@optional` parameter that the query does not take as NULL.

Why: an argument that is left out is sent as NULL, so that every call without it would fail or find nothing.

Do: remove it from `@optional`; or let the query handle NULL: `COALESCE(:x, default)`, `:x IS NULL OR …`, or
`CASE WHEN 'x' = ANY(:given) …` in an update.
"""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding
from attune_sql.findings.places import optional_place
from attune_sql.findings.rule import Rule
from attune_sql.source.operation import GIVEN, Operation


def check(description: Description) -> Iterator[Finding]:
    """Report optional parameters that refuse NULL and are not guarded by `given`."""
    operation = description.operation
    optional = {each.name for each in operation.parameters if each.optional}
    for fact in description.parameters:
        if fact.name in optional and not fact.nullable and not _guarded(operation, fact.name):
            yield Finding(
                RULE.name,
                optional_place(operation, fact.name),
                f"{operation.full_name}: {fact.name!r} may be left out, and the query does not take NULL for it",
                fact.reason.text,
            )


def _guarded(operation: Operation, name: str) -> bool:
    # Whether the literal stands in the right comparison is beyond what a description tells.
    return GIVEN in operation.arguments and f"'{name}'" in operation.sql


RULE = Rule("optional-refuses-null", "error", __doc__, check)
