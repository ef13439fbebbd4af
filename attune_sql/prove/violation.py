"""A description and an outcome → the promise that was broken, if any. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding
from attune_sql.findings.places import name_place, operator_place
from attune_sql.prove.run import Outcome
from attune_sql.source.operation import Operator

_ONE_ROW = frozenset({Operator.ROW, Operator.VALUE, Operator.RETURNING})


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise of a description that an execution broke; `column` is the index of the column that was NULL."""

    kind: Literal["null", "many", "none"]
    column: int = -1


def violation(description: Description, outcome: Outcome) -> Violation | None:
    """Compare what is said of the result with what came back; an execution that was refused breaks no promise."""
    if outcome.refused is not None or not description.columns:
        return None
    for index, column in enumerate(description.columns):
        if not column.nullable and index in outcome.nulls:
            return Violation("null", index)
    single = description.cardinality in ("one", "at_most_one") or description.operation.operator in _ONE_ROW
    if single and outcome.rows > 1:
        return Violation("many")
    if description.cardinality == "one" and outcome.rows == 0:
        return Violation("none")
    return None


def finding(description: Description, broken: Violation, outcome: Outcome) -> Finding:
    """Say which promise was broken, and by whom it was made, at the place where that stands."""
    operation = description.operation
    if broken.kind == "null":
        column = description.columns[broken.column]
        row = outcome.nulls[broken.column]
        return Finding(
            "null-in-not-null",
            column.reason.location or name_place(operation),
            f"{operation.full_name}: {column.name} is NULL in row {row}, and must not be",
            column.reason.text,
        )
    claimed = description.cardinality != "many"
    place, why = operator_place(operation), description.cardinality_reason.text.partition(": ")[2]
    if broken.kind == "many":
        operator = operation.operator.value
        by = "the analysis says" if claimed else f"`{operator}` says"
        message = f"{operation.full_name}: {outcome.rows} rows came back, and {by} there is at most one"
        return Finding("rows-beyond-one", place, message, why)
    message = f"{operation.full_name}: no row came back, and the analysis says there is exactly one"
    return Finding("row-missing", place, message, why)
