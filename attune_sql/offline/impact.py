"""A change of the schema → the operations that it breaks, mends or gives other types; on a scratch database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import psycopg
from psycopg import Connection

from attune_sql.describe.describe import describe_all
from attune_sql.describe.description import Column, Description, ParameterFact, PgType
from attune_sql.describe.rejection import RejectedError
from attune_sql.errors import MigrationError
from attune_sql.location import Location
from attune_sql.migration.statements import mistakes, split
from attune_sql.offline.catalogue import definitions
from attune_sql.offline.kept import Kept
from attune_sql.offline.staleness import outdated
from attune_sql.offline.stored import all_types

Effect = Literal["breaks", "mends", "changes"]
Found = Description | RejectedError

_NOT_IN_A_TRANSACTION = "25001"


@dataclass(frozen=True, slots=True)
class Difference:
    """What is no longer as it was: a column, a parameter, the number of rows, a type; None where there is none."""

    what: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.what} is new: {self.after}"
        return f"{self.what} is gone" if self.after is None else f"{self.what}: {self.before} → {self.after}"


@dataclass(frozen=True, slots=True)
class Affected:
    """An operation that a change affects: its description before and after, and what differs between them."""

    effect: Effect
    before: Found
    after: Found
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change of the schema does: how many operations depend on what it touches, and those that are affected."""

    dependents: int
    affected: tuple[Affected, ...]


def impact(conn: Connection[Any], text: str, path: Path, kept: Kept, before: Sequence[Found]) -> Impact:
    """Apply the statements `text` in a transaction that is rolled back, and describe anew what depends on the change.

    `kept` has the dependencies of all of `before`, described in this database. `path` is only shown. Raises
    MigrationError, at the author's line and column, for a text that holds no statement, controls the transaction
    itself, or is refused. Source: PostgreSQL manual, "Transactions".
    """
    for mistake in mistakes(text, path, split(text, path), transaction=True):
        raise mistake
    with conn.transaction(force_rollback=True):
        _apply(conn, text, path)
        known = definitions(conn)
        old = {each.operation.full_name: each for each in before}
        entries = kept.operations
        stale = [
            each.operation
            for each in before
            if outdated(entries[each.operation.full_name], each.operation, kept, known)
        ]
        found = [_compared(old[each.operation.full_name], each) for each in describe_all(conn, stale)]
    return Impact(len(stale), tuple(each for each in found if each is not None))


def _apply(conn: Connection[Any], text: str, path: Path) -> None:
    try:
        with conn.transaction():
            # As migrations run: every name needs its schema.
            conn.execute("SELECT pg_catalog.set_config('search_path', '', true)")
            conn.execute(text.encode(), prepare=False)
            conn.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.OperationalError:
        raise
    except psycopg.Error as error:
        said, start = error.diag, int(error.diag.statement_position or 1) - 1
        help = " ".join(filter(None, (said.message_detail, said.message_hint))) or None
        if said.sqlstate == _NOT_IN_A_TRANSACTION:
            help = "leave out CONCURRENTLY: what the queries see is the same without it"
        raise MigrationError(
            f"PostgreSQL refuses the change: {said.message_primary}",
            location=Location.at(path, text, start, start + 1),
            help=help,
            rule=said.sqlstate,
        ) from None


def _compared(before: Found, after: Found) -> Affected | None:
    """Compare two descriptions by what a caller sees of them; what was rejected before and is now, is as it was."""
    if isinstance(after, RejectedError):
        return Affected("breaks", before, after, ()) if isinstance(before, Description) else None
    if isinstance(before, RejectedError):
        return Affected("mends", before, after, ())
    differences = tuple(_differences(before, after))
    return Affected("changes", before, after, differences) if differences else None


def _differences(before: Description, after: Description) -> Iterator[Difference]:
    yield from _of_values("parameter", before.parameters, after.parameters)
    yield from _of_values("column", before.columns, after.columns)
    names = [[each.name for each in found.columns] for found in (before, after)]
    if names[0] != names[1] and sorted(names[0]) == sorted(names[1]):
        yield Difference("order of the columns", ", ".join(names[0]), ", ".join(names[1]))
    if before.cardinality != after.cardinality:
        yield Difference("rows", before.cardinality_reason.text, after.cardinality_reason.text)
    types = {each.name: each for each in all_types(before)}
    for each in {each.name: each for each in all_types(after)}.values():
        if each.name in types and (old := _defined(types[each.name])) != (new := _defined(each)):
            yield Difference(f"type {each.name}", old, new)


def _of_values(
    what: str, before: Sequence[Column] | Sequence[ParameterFact], after: Sequence[Column] | Sequence[ParameterFact]
) -> Iterator[Difference]:
    old, new = ({each.name: _shown(each) for each in values} for values in (before, after))
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            yield Difference(f"{what} {name}", old.get(name), new.get(name))


def _shown(value: Column | ParameterFact) -> str:
    return f"{value.type.name}, {'nullable' if value.nullable else 'not null'}"


def _defined(type: PgType) -> str:
    """Write what a type is made of, where that is more than its name."""
    parts: Mapping[str, str] = {
        "labels": ", ".join(type.labels),
        "fields": ", ".join(f"{name} {field.name}" for name, field in type.fields),
        "over": type.base.name if type.base else "",
        "": "not null" if type.not_null else "",
    }
    return "; ".join(f"{name} {text}".strip() for name, text in parts.items() if text) or type.kind
