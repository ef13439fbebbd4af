"""The operator after the name does not fit the columns that the query returns.

Why: `!` and `*!` throw the columns away, `$` all but the first; a list, `^`, `$` and `<!` have nothing to return when
there are no columns.

Do: take the operator that fits: none for a list, `^` for a row, `$` for one value, `!` for a count; or change the
columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding
from attune_sql.findings.places import operator_place
from attune_sql.findings.rule import Rule
from attune_sql.source.operation import Operator

_COUNTS = frozenset({Operator.AFFECTED, Operator.MANY})
_PROMISES = {
    Operator.ROWS: "a name without an operator returns a list",
    Operator.ROW: "`^` returns a row",
    Operator.VALUE: "`$` returns a value",
    Operator.RETURNING: "`<!` returns what was inserted",
}


def check(description: Description) -> Iterator[Finding]:
    """Report an operator that does not fit the columns; a script fits everything."""
    operation, count = description.operation, len(description.columns)
    operator = operation.operator
    if operator in _COUNTS and count:
        problem = f"`{operator.value}` returns a count, and the query returns {_columns(count)}"
        help = "use ^ for a row or no operator for a list, or remove the columns"
    elif operator is Operator.VALUE and count > 1:
        problem = f"`$` returns one value, and the query returns {_columns(count)}"
        help = f"return {description.columns[0].name} only, or use ^ for the whole row"
    elif operator in _PROMISES and not count:
        problem = f"{_PROMISES[operator]}, and the query returns no columns"
        help = "use ! for a count, or return columns with RETURNING"
    else:
        return
    yield Finding(RULE.name, operator_place(operation), f"{operation.full_name}: {problem}", help)


def _columns(count: int) -> str:
    return "a column" if count == 1 else f"{count} columns"


RULE = Rule("operator-shape", "error", __doc__, check)
