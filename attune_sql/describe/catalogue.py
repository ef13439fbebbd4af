"""What the nullability engine asks, answered from PostgreSQL's catalogues: each one is read once, when first asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from psycopg import Connection

from attune_sql.describe.nullability.catalogue import Change, Function, Operator, PartialKey
from attune_sql.describe.query_tree import read
from attune_sql.runtime.loader import Queries, load

_WHOLE_ROW = 0

# transam.h, FirstNormalObjectId: objects from here on did not come with PostgreSQL.
_FIRST_OF_OTHERS = 16384


class PgCatalogue:
    """The catalogue as one connection sees it; make a new one after a change of the schema."""

    def __init__(self, conn: Connection[Any]) -> None:
        self._conn = conn
        self._partial_keys: dict[int, list[PartialKey]] = {}

    def not_null(self, relid: int, attnum: int) -> bool:
        """Tell whether every stored row, of inheriting tables too, has a value in this column."""
        name = self.column_name(relid, attnum)
        return attnum > 0 and all(self._promises(each, name) for each in self._family(relid))

    def _promises(self, relid: int, column: str) -> bool:
        relation = self._relations.get(relid)
        return relation is not None and column in relation.names and relation.not_null[relation.names.index(column)]

    def generated(self, relid: int, attnum: int) -> bool:
        """Tell whether the column is computed from others, here or in an inheriting table."""
        name = self.column_name(relid, attnum)
        family = [self._relations[each] for each in self._family(relid) if each in self._relations]
        return any(name in each.names and each.generated[each.names.index(name)] for each in family)

    def rewrites(self, relid: int, change: Change) -> bool:
        """Tell whether a trigger or a foreign server may alter the row that such a statement stores and returns."""
        own = self._relations.get(relid)
        # An UPDATE that moves a row to another partition deletes it here and inserts it there.
        changes: set[Change] = {change, "insert"} if own is not None and own.kind == "p" else {change}
        for each in self._family(relid):
            relation = self._relations.get(each)
            if relation is None or relation.kind not in ("r", "p"):
                return True
            if any((each, kind) in self._triggers for kind in changes):
                return True
        return False

    def relation_name(self, relid: int) -> str:
        """Return the name with its schema."""
        relation = self._relations.get(relid)
        return f"{relation.schema}.{relation.name}" if relation else f"relation {relid}"

    def column_name(self, relid: int, attnum: int) -> str:
        """Return the name of a column."""
        relation = self._relations.get(relid)
        if relation is None or attnum not in relation.numbers:
            return "the whole row" if attnum == _WHOLE_ROW else f"column {attnum}"
        return str(relation.names[relation.numbers.index(attnum)])

    def function(self, oid: int) -> Function | None:
        """Return a function, None for an unknown oid."""
        return self._functions.get(oid)

    def operator(self, oid: int) -> Operator | None:
        """Return an operator, None for an unknown oid."""
        return self._operators.get(oid)

    def refuses_null(self, type_oid: int) -> bool:
        """Tell whether a cast to this type, a domain or one over it, refuses NULL."""
        return any(each.not_null for each in self._with_bases(type_oid))

    def is_row(self, type_oid: int) -> bool:
        """Tell whether this type, or the one below the domain, is a composite one: in FROM it has its own columns."""
        return any(each.is_row for each in self._with_bases(type_oid))

    def unique_keys(self, relid: int) -> list[frozenset[int]]:
        """Return the column sets of which no two rows have the same values; the primary key first."""
        return [frozenset(row.columns) for row in self._keys.get(relid, []) if row.predicate is None]

    def partial_keys(self, relid: int) -> list[PartialKey]:
        """Return the column sets of which no two rows have the same values where a predicate holds."""
        if relid not in self._partial_keys:
            self._partial_keys[relid] = [
                PartialKey(frozenset(row.columns), predicate)
                for row in self._keys.get(relid, [])
                if row.predicate is not None
                for predicate in read(row.predicate)
            ]
        return self._partial_keys[relid]

    def _with_bases(self, type_oid: int) -> Iterator[Any]:
        """Yield a type, and for a domain the types below."""
        while (found := self._types.get(type_oid)) is not None:
            yield found
            type_oid = found.base

    def _family(self, relid: int) -> set[int]:
        found, pending = {relid}, [relid]
        while pending:
            new = set(self._children.get(pending.pop(), ())) - found
            found |= new
            pending.extend(new)
        return found

    @cached_property
    def _relations(self) -> dict[int, Any]:
        return {row.oid: row for row in _query("columns")(self._conn)}

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        children: dict[int, list[int]] = defaultdict(list)
        for row in _query("inheritance")(self._conn):
            children[row.parent].append(row.child)
        return children

    @cached_property
    def _triggers(self) -> set[tuple[int, Change]]:
        rows = _query("row_triggers")(self._conn)
        inserts: set[tuple[int, Change]] = {(row.relation, "insert") for row in rows if row.on_insert}
        return inserts | {(row.relation, "update") for row in rows if row.on_update}

    @cached_property
    def _functions(self) -> dict[int, Function]:
        names = {oid: row.name for oid, row in self._types.items()}
        return {
            row.oid: Function(
                row.name,
                row.schema,
                tuple(names[oid] for oid in row.arguments),
                row.strict,
                row.volatile,
                row.returns_set,
                row.kind,
                _is_built_in(row),
            )
            for row in _query("functions")(self._conn)
        }

    @cached_property
    def _operators(self) -> dict[int, Operator]:
        return {
            row.oid: Operator(row.name, row.schema, row.function, _is_built_in(row))
            for row in _query("operators")(self._conn)
        }

    @cached_property
    def _types(self) -> dict[int, Any]:
        return {row.oid: row for row in _query("types")(self._conn)}

    @cached_property
    def _keys(self) -> dict[int, list[Any]]:
        keys: dict[int, list[Any]] = defaultdict(list)
        for row in _query("keys")(self._conn):
            keys[row.relation].append(row)
        return dict(keys)


def _is_built_in(row: Any) -> bool:
    return bool(row.schema == "pg_catalog" and row.oid < _FIRST_OF_OTHERS)


def _query(name: str) -> Any:
    return getattr(_queries(name), f"catalogue_{name}")


@cache
def _queries(name: str) -> Queries:
    return load(Path(__file__).parent / "sql" / f"catalogue_{name}.sql")
