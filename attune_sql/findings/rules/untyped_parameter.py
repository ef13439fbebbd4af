"""A parameter whose type PostgreSQL cannot tell, or for which two uses tell different types.

Why: the query cannot be prepared, or its meaning hangs on what a driver happens to send.

Do: write the cast that the help line proposes, at the place that is shown: `:since::timestamptz`.
"""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.describe.rejection import UNTYPED, RejectedError
from attune_sql.findings.finding import Finding
from attune_sql.findings.rule import Rule


def check(error: RejectedError) -> Iterator[Finding]:
    """Report SQLSTATE 42P18 (indeterminate_datatype) and 42P08 (ambiguous_parameter)."""
    if error.rule in UNTYPED:
        yield Finding.of_error(error, error.operation.header, RULE.name)


RULE = Rule("untyped-parameter", "error", __doc__, check)
