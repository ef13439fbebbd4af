"""`^`, `$` or `<!` on a query that may return several rows.

Why: all but the first row would be thrown away silently, and which one is the first is nobody's choice.

Do: add the predicate that the help line names, so that a unique key is pinned; or `LIMIT 1` with an ORDER BY that
decides; or take the operator of a list.
"""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding
from attune_sql.findings.places import operator_place
from attune_sql.findings.rule import Rule
from attune_sql.source.operation import Operator

_ONE_ROW = frozenset({Operator.ROW, Operator.VALUE, Operator.RETURNING})


def check(description: Description) -> Iterator[Finding]:
    """Report an operator for one row where nothing proves that there is at most one."""
    operation = description.operation
    if operation.operator not in _ONE_ROW or description.cardinality != "many":
        return
    yield Finding(
        RULE.name,
        operator_place(operation),
        f"{operation.full_name}: `{operation.operator.value}` takes one row, and the query may return many",
        description.cardinality_reason.text.removeprefix("many: "),
    )


RULE = Rule("many-rows", "error", __doc__, check)
