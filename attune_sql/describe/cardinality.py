"""A query tree → how many rows it can give, proved by what PostgreSQL enforces. Pure.

One row or at most one is said where a proof is found: an aggregate without GROUP BY, VALUES of one row, a unique key
that is fixed by equalities, LIMIT 1. Whatever is not proved is `many`, with the predicate that a proof would need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attune_sql.describe import lineage
from attune_sql.describe.description import Cardinality
from attune_sql.describe.exclusion import excluding
from attune_sql.describe.fixed import Bound, Fixed, Fixing
from attune_sql.describe.lineage import Scope, subquery, targets
from attune_sql.describe.nullability.catalogue import Catalogue
from attune_sql.describe.query_tree import Node
from attune_sql.describe.tables import Table

_DO_UPDATE = 2  # OnConflictAction
_WITH_TIES = 1  # LimitOption
_INTERSECT, _EXCEPT = 2, 3  # SetOperation


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows, and why in plain words."""

    cardinality: Cardinality
    text: str

    @property
    def single(self) -> bool:
        """Tell whether there is at most one."""
        return self.cardinality in ("one", "at_most_one")


def cardinality(trees: Sequence[Node], catalogue: Catalogue, tables: Mapping[int, Table]) -> Rows:
    """Tell how many rows a rewritten query gives; `tables` are the relations that it names, by oid."""
    if len(trees) != 1:
        return Rows("many", "a rule turns it into several queries" if trees else "nothing is known of the query")
    proof = _Proof(catalogue, tables)
    return proof.query(Scope(trees[0]))


class _Proof:
    def __init__(self, catalogue: Catalogue, tables: Mapping[int, Table]) -> None:
        self._catalogue = catalogue
        self._tables = tables
        self._asked: set[int] = set()

    def query(self, scope: Scope, bound: Bound = frozenset()) -> Rows:
        """Tell how many rows a query gives when its output columns with the numbers `bound` have one value each."""
        if id(scope.query) in self._asked:
            return Rows("many", "a recursive query")
        self._asked.add(id(scope.query))
        try:
            match scope.query.number("commandType"):
                case lineage.SELECT:
                    return _limited(scope.query, self._select(scope, bound))
                case lineage.INSERT:
                    return self._insert(scope)
                case lineage.UPDATE | lineage.DELETE:
                    return self._change(scope)
            return Rows("many", "nothing is known of such a statement")
        finally:
            self._asked.discard(id(scope.query))

    def _is_single(self, scope: Scope, bound: Bound) -> bool:
        return self.query(scope, bound).single

    def _fixing(self, scope: Scope, bound: Bound, target: int = 0) -> Fixing:
        fixing = Fixing(scope, self._catalogue, self._is_single)
        chosen = [each.node("expr") for each in targets(scope.query) if each.number("resno") in bound]
        columns = (fixing.column(each) for each in chosen if each)
        start = scope.query.node("jointree")
        if start:
            fixing.run(start, frozenset(filter(None, columns)), target)
        return fixing

    def _select(self, scope: Scope, bound: Bound) -> Rows:
        query = scope.query
        if operation := query.node("setOperations"):
            return self._united(scope, operation)
        if query.flag("hasTargetSRFs"):
            return Rows("many", "a function in the column list returns a set")
        grouped = query.nodes("groupClause")
        sets = query.nodes("groupingSets")
        if (query.flag("hasAggs") or query.node("havingQual")) and not grouped and not sets:
            if query.node("havingQual"):
                return Rows("at_most_one", "an aggregate without GROUP BY, but with HAVING")
            return Rows("one", "an aggregate without GROUP BY")
        fixing = self._fixing(scope, bound)
        if sets:
            return Rows("many", "grouping sets")
        if grouped and self._all_fixed(query, fixing, grouped):
            return Rows("at_most_one", "every GROUP BY expression is fixed")
        distinct = query.nodes("distinctClause")
        if distinct and self._all_fixed(query, fixing, distinct):
            return Rows("at_most_one", "every DISTINCT expression is fixed")
        return self._joined(scope, fixing.found)

    def _united(self, scope: Scope, operation: Node) -> Rows:
        """Judge a set operation: two single arms are one row when their conditions exclude each other."""
        arms = [_arm(scope, each) for each in (operation.node("larg"), operation.node("rarg"))]
        left, right = arms
        if left is None or right is None:
            return Rows("many", "a set operation of more than two queries")
        kind = operation.number("op")
        rows = [self.query(each) for each in (left, right)]
        if kind == _EXCEPT or (kind == _INTERSECT and rows[0].single):
            return _at_most(rows[0], "what EXCEPT or INTERSECT leaves of one row")
        if lacking := next((each for each in rows if not each.single), None):
            return lacking
        if excluding(self._conditions(left), self._conditions(right), self._catalogue):
            return Rows("at_most_one", "two queries of at most one row, whose conditions exclude each other")
        return Rows("many", "a UNION of two rows, whose conditions do not exclude each other")

    def _conditions(self, scope: Scope) -> list[Node]:
        """Return what is true whenever a query gives a row, through sub-queries and CTEs that it passes on."""
        query = scope.query
        if query.flag("hasAggs") or query.nodes("groupingSets") or query.node("havingQual"):
            return []  # an aggregate, and HAVING alone, give a row of no rows
        fixing = self._fixing(scope, frozenset(), scope.query.number("resultRelation"))
        found = list(fixing.conditions())
        entries = [scope.entry(each) for each in fixing.found.items]
        inner = [subquery(scope, each) for each in entries if each] if len(entries) == 1 else []
        return [*found, *(condition for each in inner if each for condition in self._conditions(each))]

    @staticmethod
    def _all_fixed(query: Node, fixing: Fixing, clauses: Sequence[Node]) -> bool:
        references = {each.number("tleSortGroupRef") for each in clauses}
        chosen = (each for each in query.nodes("targetList") if each.number("ressortgroupref") in references)
        return all((expression := each.node("expr")) and fixing.is_fixed(expression) for each in chosen)

    def _joined(self, scope: Scope, found: Fixed) -> Rows:
        start = scope.query.node("jointree")
        filtered = bool((start and start.node("quals")) or scope.query.node("havingQual"))
        missing = next((each for each in found.items if each not in found.single), None)
        if missing is not None:
            return Rows("many", self._lacking(scope, missing, found))
        if not found.items:
            return Rows("at_most_one", "a row with a condition") if filtered else Rows("one", "a single row")
        entries = [scope.entry(each) for each in found.items]
        if not filtered and len(entries) == 1 and entries[0] is not None:
            inner = subquery(scope, entries[0])
            if entries[0].number("rtekind") == lineage.VALUES:
                return Rows("one", "VALUES of one row")
            if inner is not None:
                return self.query(inner)
        names = [self._name(each) for each in entries if each and each.number("rtekind") == lineage.RELATION]
        keys = f"a unique key of {' and of '.join(dict.fromkeys(names))} is fixed"
        return Rows("at_most_one", keys if names else "each item in FROM is one row")

    def _insert(self, scope: Scope) -> Rows:
        query = scope.query
        start = query.node("jointree")
        sources = start.nodes("fromlist") if start else []
        if not sources:
            rows = Rows("one", "INSERT of one row")
        else:
            rows = self._joined(scope, self._fixing(scope, frozenset()).found)
            rows = Rows(rows.cardinality, f"INSERT of what its query gives: {rows.text}")
        conflict = query.node("onConflict")
        if conflict and (conflict.number("action") != _DO_UPDATE or conflict.node("onConflictWhere")):
            return _at_most(rows, f"{rows.text}, unless it conflicts")
        target = scope.entry(query.number("resultRelation"))
        table = self._tables.get(target.number("relid")) if target else None
        if table is None or table.may_skip_insert or (conflict and table.may_skip_update):
            return _at_most(rows, f"{rows.text}, unless a trigger leaves it out")
        return rows

    def _change(self, scope: Scope) -> Rows:
        """Judge UPDATE or DELETE: each row of its table is changed once, whatever it is joined with."""
        target = scope.query.number("resultRelation")
        found = self._fixing(scope, frozenset(), target).found
        if target not in found.single:
            return Rows("many", self._lacking(scope, target, found))
        entry = scope.entry(target)
        return Rows("at_most_one", f"a unique key of {self._name(entry) if entry else 'its table'} is fixed")

    def _lacking(self, scope: Scope, item: int, found: Fixed) -> str:
        """Say which equality would make an item single: the key of which the least is missing."""
        entry = scope.entry(item)
        if entry is None:
            return "nothing is known of an item in FROM"
        if item in found.doubled:
            return "a FULL JOIN may give a row for each of its sides"
        if entry.number("rtekind") == lineage.VALUES:
            return "VALUES of several rows"
        if entry.number("rtekind") != lineage.RELATION:
            return f"{_alias(entry)} may have many rows"
        fixed = {number for of, number in found.columns if of == item}
        keys = self._catalogue.unique_keys(entry.number("relid"))
        if not keys:
            return f"{self._name(entry)} has no unique key"
        missing = sorted(sorted((key - fixed for key in keys), key=len)[0])
        alias = _alias(entry)
        names = [f"{alias}.{self._catalogue.column_name(entry.number('relid'), each)} = …" for each in missing]
        return f"no unique key of {self._name(entry)} is fixed; {' AND '.join(names)} is missing"

    def _name(self, entry: Node) -> str:
        return self._catalogue.relation_name(entry.number("relid"))


def _arm(scope: Scope, node: Node | None) -> Scope | None:
    entry = scope.entry(node.number("rtindex")) if node and node.name == "RANGETBLREF" else None
    return subquery(scope, entry) if entry else None


def _limited(query: Node, rows: Rows) -> Rows:
    """Take LIMIT and OFFSET into account."""
    limit, offset = query.node("limitCount"), query.node("limitOffset")
    if limit is None and offset is None:
        return rows
    count = _whole_number(limit) if limit else None
    if rows.cardinality == "one" and (offset is not None or (limit is not None and not count)):
        return Rows("at_most_one", f"{rows.text}, with LIMIT or OFFSET")
    if rows.cardinality == "many" and count in (0, 1) and query.number("limitOption") != _WITH_TIES:
        return Rows("at_most_one", f"LIMIT {count}")
    return rows


def _whole_number(node: Node) -> int | None:
    """Read a constant below casts: `8 [ 1 0 0 0 0 0 0 0 ]`, its bytes as the server keeps them; None for all else."""
    while node.name == "FUNCEXPR" and len(node.nodes("args")) == 1:
        node = node.nodes("args")[0]
    if node.name != "CONST" or not node.flag("constbyval") or node.flag("constisnull"):
        return None
    digits = node.text("constvalue").partition("[")[2].replace("]", "").split()
    # The lowest byte stands first or last, by the server's machine; a small number reads the same in both orders.
    value = bytes(int(each) % 256 for each in digits)
    return min(int.from_bytes(value, "little"), int.from_bytes(value, "big"))


def _at_most(rows: Rows, text: str) -> Rows:
    return Rows("at_most_one", text) if rows.single else rows


def _alias(entry: Node) -> str:
    alias = entry.node("alias") or entry.node("eref")
    return alias.text("aliasname") if alias else "an item in FROM"
