"""Descriptions and a migrated scratch database → Proof: every query is run on made-up rows, and rolled back."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import Connection

from attune_sql.describe.description import Description
from attune_sql.prove.arguments import Chooser
from attune_sql.prove.counter_example import CounterExample, smallest
from attune_sql.prove.fill import Filled, Style, fill
from attune_sql.prove.rows import Row
from attune_sql.prove.run import Outcome, run
from attune_sql.prove.schema import schema
from attune_sql.prove.violation import Violation, finding, violation
from attune_sql.source.operation import Operation, Operator
from attune_sql.source.scan import BLANK, Kind, scan

STATEMENT_TIMEOUT = "1s"
_TRIES = 2
_TRIES_OF_IDLE = 10
_TIMED_OUT = "57014"  # query_canceled
_PATIENCE = 3

# What PREPARE takes and a transaction can undo. A script or a COMMIT would end the transaction that undoes it.
_UNDOABLE = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES", "WITH", "TABLE"})


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one operation.

    `rows` came back in all, or were affected; `refused` counts the executions that PostgreSQL refused, by SQLSTATE.
    `not_run` says why it was not executed at all.
    """

    operation: Operation
    executions: int = 0
    rows: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    not_run: str | None = None

    @property
    def exercised(self) -> bool:
        """Tell whether any execution gave or changed a row, so that something was compared."""
        return self.rows > 0


@dataclass(frozen=True, slots=True)
class Proof:
    """What was tried, the promises that do not hold, and tables (with PostgreSQL's last word) that got no row."""

    seed: int
    rounds: int
    tried: tuple[Tried, ...]
    counter_examples: tuple[CounterExample, ...]
    unfilled: Mapping[str, str]


def prove(conn: Connection[Any], descriptions: Sequence[Description], *, seed: int = 0, rounds: int = 12) -> Proof:
    """Hold descriptions to what execution shows; nothing stays behind but the state of sequences.

    Each round fills the tables anew: with nothing, with as many NULLs as constraints allow, with none, then at random.
    The same seed gives the same rows and arguments. `conn` must be idle, on a database that nobody else uses. Raises
    psycopg's OperationalError when the connection is lost.
    """
    prover = _Prover(conn, descriptions, seed)
    for number in range(rounds):
        prover.round(number)
    return Proof(seed, rounds, tuple(prover.tried()), tuple(prover.found.values()), prover.unfilled())


def not_run(operation: Operation) -> str | None:
    """Say why an operation is not executed, or None for one that is."""
    if operation.operator is Operator.SCRIPT:
        return "a script may end the transaction"
    tokens = scan(operation.sql, Path(operation.path))
    word = next((each for each in tokens if each.kind not in BLANK and operation.sql[each.start] != "("), None)
    command = operation.sql[word.start : word.end].upper() if word and word.kind is Kind.WORD else ""
    return None if command in _UNDOABLE else f"{command or 'this'} is not a query"


class _Prover:
    def __init__(self, conn: Connection[Any], descriptions: Sequence[Description], seed: int) -> None:
        self._conn = conn
        self._seed = seed
        self._skipped = {each.operation.full_name: not_run(each.operation) for each in descriptions}
        self._descriptions = descriptions
        self._executions: Counter[str] = Counter()
        self._rows: Counter[str] = Counter()
        self._refused: dict[str, Counter[str]] = {}
        self._tables = schema(conn)
        self._filled: set[str] = set()
        self._refusals: dict[str, str] = {}
        self.found: dict[str, CounterExample] = {}

    def round(self, number: int) -> None:
        """Fill the tables once and try every operation that has not been caught yet."""
        dice = random.Random(f"{self._seed}/{number}")
        broken: list[tuple[CounterExample, Violation]] = []
        with self._conn.transaction(force_rollback=True):
            self._conn.execute(f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT}'")
            filled = fill(self._conn, self._tables, Style.of_round(number, dice), dice)
            self._note(filled)
            self._conn.execute("SAVEPOINT attune_sql_try")
            chooser = Chooser(self._tables, filled.stored)
            for each in self._descriptions:
                name = each.operation.full_name
                if self._skipped[name] is None and name not in self.found:
                    # Of its own, so that proving one file alone does what proving all of them does to it.
                    own = random.Random(f"{self._seed}/{number}/{name}")
                    broken += self._try(each, filled.rows, chooser, own)
        for example, how in broken:
            self._conclude(example, how)

    def _note(self, filled: Filled) -> None:
        for row in filled.rows:
            self._filled.add(row.table.full_name)
        self._refusals |= filled.refused

    def _try(
        self, description: Description, rows: tuple[Row, ...], chooser: Chooser, dice: random.Random
    ) -> Iterator[tuple[CounterExample, Violation]]:
        operation = description.operation
        name = operation.full_name
        if self._refused.get(name, Counter())[_TIMED_OUT] >= _PATIENCE:
            return
        tries = _TRIES if self._rows[name] or not rows else _TRIES_OF_IDLE
        for _ in range(tries if operation.arguments else 1):
            arguments = chooser.choose(description, dice)
            outcome = run(self._conn, operation.sql, [arguments[each] for each in operation.arguments])
            self._count(name, outcome)
            if (how := violation(description, outcome)) is not None:
                yield CounterExample(description, finding(description, how, outcome), rows, arguments), how
                return
            if outcome.sqlstate == _TIMED_OUT:
                return

    def _count(self, name: str, outcome: Outcome) -> None:
        self._executions[name] += 1
        self._rows[name] += outcome.rows
        if outcome.refused is not None:
            self._refused.setdefault(name, Counter())[outcome.sqlstate or outcome.refused] += 1

    def _conclude(self, whole: CounterExample, how: Violation) -> None:
        with self._conn.transaction(force_rollback=True):
            self._conn.execute(f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT}'")
            self.found[whole.description.operation.full_name] = smallest(self._conn, whole, how)

    def tried(self) -> Iterator[Tried]:
        """Tell of every operation what became of it."""
        for each in self._descriptions:
            name = each.operation.full_name
            yield Tried(
                each.operation,
                self._executions[name],
                self._rows[name],
                dict(self._refused.get(name, {})),
                self._skipped[name],
            )

    def unfilled(self) -> dict[str, str]:
        """Name the tables that got no row in any round, with PostgreSQL's last word on them."""
        return {name: text for name, text in sorted(self._refusals.items()) if name not in self._filled}
