"""PostgreSQL refuses to prepare the query.

Why: it would fail at every call. The message, the place and the hint are PostgreSQL's own, under an empty search path:
a name of your own is found with its schema only, and where nothing else is wrong with it the help line says which.

Do: correct the query, or the migrations when it is them that lack something.
"""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.describe.rejection import UNTYPED, RejectedError
from attune_sql.findings.finding import Finding
from attune_sql.findings.rule import Rule


def check(error: RejectedError) -> Iterator[Finding]:
    """Report what PostgreSQL rejects, except for parameters without a type."""
    if error.rule not in UNTYPED:
        yield Finding.of_error(error, error.operation.header, RULE.name)


RULE = Rule("rejected", "error", __doc__, check)
