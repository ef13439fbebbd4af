"""A migrated scratch database and what was kept → descriptions of all operations, and what to keep of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from attune_sql.describe.describe import describe_all
from attune_sql.describe.description import Description
from attune_sql.describe.query_tree import Node
from attune_sql.describe.rejection import RejectedError
from attune_sql.offline.catalogue import definitions
from attune_sql.offline.definitions import Definitions
from attune_sql.offline.dependencies import dependencies
from attune_sql.offline.digest import of_operation
from attune_sql.offline.kept import FORMAT, Entry, Kept
from attune_sql.offline.staleness import NOT_DESCRIBED, QUERY_CHANGED, outdated
from attune_sql.offline.stored import StoredDescription, StoredTable, StoredType, stored, stored_types
from attune_sql.source.operation import Operation


@dataclass(frozen=True, slots=True)
class Renewed:
    """What is to be kept now, and the full names of the operations that were described anew, each with the reason."""

    kept: Kept
    anew: tuple[tuple[str, str], ...]


def renew(
    conn: Connection[Any],
    operations: Sequence[Operation],
    before: Kept | None,
    *,
    engine: str,
    migrations: Mapping[str, str],
    whole: bool,
) -> Renewed:
    """Describe what is stale, and take the rest over.

    With `whole`, `operations` are all that there are, and what is kept of others is dropped. `engine` and `migrations`
    are the digests to keep with the descriptions.
    """
    major = conn.info.server_version // 10_000
    known = definitions(conn)
    usable = before if before and (before.engine, before.postgresql) == (engine, major) else None
    stale = {each.full_name: why for each in operations if (why := _why(each, usable, known)) is not None}
    entries, types = _described(conn, [each for each in operations if each.full_name in stale], known)
    if usable is not None:
        wanted = {each.full_name for each in operations}
        # Of an operation that was not read nobody can tell whether a change of the schema means it.
        others = not whole and usable.schema == known.whole
        for name, entry in usable.operations.items():
            if name not in entries and (name in wanted or others):
                entries[name] = entry
        types = {**usable.types, **types}
    kept = _kept(entries, types, known, engine, major, migrations)
    return Renewed(kept, tuple(stale.items()))


def _why(operation: Operation, before: Kept | None, known: Definitions) -> str | None:
    entry = before.operations.get(operation.full_name) if before else None
    if before is None or entry is None:
        return NOT_DESCRIBED
    return QUERY_CHANGED if entry.query != of_operation(operation) else outdated(entry, operation, before, known)


def _described(
    conn: Connection[Any], operations: Sequence[Operation], known: Definitions
) -> tuple[dict[str, Entry], dict[str, StoredType]]:
    trees: dict[str, Sequence[Node]] = {}
    found = describe_all(conn, operations, lambda operation, tree: trees.update({operation.full_name: tree}))
    entries: dict[str, Entry] = {}
    types: dict[str, StoredType] = {}
    for operation, each in zip(operations, found, strict=True):
        name, query, kept = operation.full_name, of_operation(operation), stored(each)
        if isinstance(each, Description) and isinstance(kept, StoredDescription):
            needed = dependencies(operation, each, trees.get(name, ()), known)
            entries[name] = Entry(query, needed, description=kept)
        elif isinstance(each, RejectedError) and not isinstance(kept, StoredDescription):
            # What would make the query right may be anywhere.
            entries[name] = Entry(query, None, rejection=kept)
        types |= dict(stored_types(each))
    return entries, types


def _kept(
    entries: Mapping[str, Entry],
    types: Mapping[str, StoredType],
    known: Definitions,
    engine: str,
    major: int,
    migrations: Mapping[str, str],
) -> Kept:
    described = [each.description for each in entries.values() if each.description]
    named = {column.origin[:2] for each in described for column in each.columns if column.origin}
    tables = {(each.schema, each.table): each.columns for each in known.relations.values()}
    needed = {name for each in entries.values() for name in each.depends or ()}
    used = {part.type for each in described for part in each.parameters}
    used = _with_parts(used | {part.type for each in described for part in each.columns}, types)
    return Kept(
        FORMAT,
        engine,
        major,
        dict(sorted(migrations.items())),
        known.whole,
        {name: known.digests[name] for name in sorted(needed)},
        tuple(StoredTable(*key, tables[key]) for key in sorted(named & set(tables))),
        {name: types[name] for name in sorted(used)},
        dict(sorted(entries.items())),
    )


def _with_parts(names: set[str], types: Mapping[str, StoredType]) -> set[str]:
    found: set[str] = set()
    pending = list(names)
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            each = types[name]
            pending += (part for part in (each.element, each.base, *(of for _, of in each.fields)) if part)
    return found
