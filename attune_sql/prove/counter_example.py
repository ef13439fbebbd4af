"""Rows and arguments that break a promise → the fewest that still do, as a script that psql runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from psycopg import Connection

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding
from attune_sql.prove.arguments import Arguments
from attune_sql.prove.fill import replay
from attune_sql.prove.rows import Row, literal
from attune_sql.prove.run import Outcome, run
from attune_sql.prove.violation import Violation, finding, violation


@dataclass(frozen=True, slots=True)
class CounterExample:
    """A promise that does not hold: what to tell the author, and the rows and arguments that show it.

    One that is not `repeatable` hangs on the time, on chance or on a sequence.
    """

    description: Description
    finding: Finding
    rows: tuple[Row, ...]
    arguments: Arguments
    repeatable: bool = True

    @property
    def script(self) -> str:
        """Write it for psql, on a database that has the migrations; it changes nothing there."""
        operation = self.description.operation
        values = [self.arguments[name] for name in operation.arguments]
        listed = f" ({', '.join(map(literal, values))})" if values else ""
        told = [f"-- ${number} is {name}" for number, name in enumerate(operation.arguments, start=1)]
        lines = [
            f"-- {self.finding.message}",
            *([] if self.repeatable else ["-- once only: it hangs on the time, on chance or on a sequence"]),
            "BEGIN;",
            *(f"{each.insert()};" for each in self.rows),
            *told,
            "PREPARE counter_example AS",
            operation.sql.rstrip().removesuffix(";"),
            ";",
            f"EXECUTE counter_example{listed};",
            "DEALLOCATE counter_example;",
            "ROLLBACK;",
        ]
        return "\n".join(lines) + "\n"


def smallest(conn: Connection[Any], whole: CounterExample, broken: Violation) -> CounterExample:
    """Leave out every row and every value without which the promise is broken as well.

    Works in the open transaction, on a database without made-up rows, and undoes what it does.
    """
    description = whole.description

    def outcome(rows: Sequence[Row]) -> Outcome | None:
        found = tried(conn, description, rows, whole.arguments)
        return found if found is not None and violation(description, found) == broken else None

    if outcome(whole.rows) is None:
        return replace(whole, repeatable=False)
    kept = _fewest_rows(list(whole.rows), lambda rows: outcome(rows) is not None)
    for index, row in enumerate(kept):
        for column in row.values:
            shorter = [*kept[:index], kept[index].without(column), *kept[index + 1 :]]
            if outcome(shorter) is not None:
                kept = shorter
    last = outcome(kept)
    if last is None:
        return whole
    return replace(whole, finding=finding(description, broken, last), rows=tuple(kept))


def tried(conn: Connection[Any], description: Description, rows: Sequence[Row], arguments: Arguments) -> Outcome | None:
    """Insert rows in the open transaction and execute the query; None where PostgreSQL refuses the rows."""
    with conn.transaction(force_rollback=True):
        if not replay(conn, rows):
            return None
        conn.execute("SAVEPOINT attune_sql_try")
        operation = description.operation
        return run(conn, operation.sql, [arguments[name] for name in operation.arguments])


def _fewest_rows(rows: list[Row], breaks: Callable[[Sequence[Row]], bool]) -> list[Row]:
    """Leave out halves, quarters, …, single rows; from the last, since earlier ones may be referred to."""
    size = max(1, len(rows) // 2)
    while True:
        end = len(rows)
        while end > 0:
            start = max(0, end - size)
            if breaks([*rows[:start], *rows[end:]]):
                del rows[start:end]
            end = start
        if size == 1:
            return rows
        size //= 2
