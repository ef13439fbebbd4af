"""INSERT, UPDATE, DELETE and MERGE … RETURNING: what the stored row can hold.

A NOT NULL constraint is checked behind every BEFORE trigger, so it always holds for a returned row. What the statement
assigns or lets through holds only where no trigger may write something else.
"""

from __future__ import annotations

from attune_sql.describe.nullability.catalogue import Change
from attune_sql.describe.nullability.keys import columns_of
from attune_sql.describe.nullability.narrowing import Narrowing
from attune_sql.describe.nullability.queries import definitions, from_scope, outputs
from attune_sql.describe.nullability.relations import stored_column
from attune_sql.describe.nullability.scope import Judge, OuterJoin, Scope
from attune_sql.describe.nullability.verdict import Verdict, maybe, unknown
from attune_sql.describe.query_tree import Node

# nodes.h: CmdType; primnodes.h: VarReturningType, MergeMatchKind, OnConflictAction
_UPDATE, _INSERT, _DELETE, _MERGE = 2, 3, 4, 5
_DEFAULT, _OLD, _NEW = range(3)
_NOT_MATCHED_BY_SOURCE = 1
_DO_UPDATE = 2

_WHOLE_ROW = 0
_TRIGGER = "a trigger or a foreign server may change the row before it is stored"


def returning(query: Node, parent: Scope | None, judge: Judge) -> list[Verdict]:
    """Judge the columns of a RETURNING list; none where there is no such list."""
    before = from_scope(query, parent, definitions(query), judge)
    target = _Target(query, before, judge)
    # What is known of an expression over the changed table was known of its old row.
    facts = {found: fact for found, fact in before.facts.items() if target.varno not in columns_of(found)}
    joins = [*before.joins, *_missing_source(query, target)]
    after = Scope(query, parent, before.definitions, facts, joins, returned=target.column, origin=before)
    return outputs(query.nodes("returningList"), after, judge)


def _missing_source(query: Node, target: _Target) -> list[OuterJoin]:
    """Return the join of a MERGE whose source may have no row."""
    actions = query.nodes("mergeActionList")
    if not any(each.number("matchKind") == _NOT_MATCHED_BY_SOURCE for each in actions):
        return []
    everything = frozenset(range(1, len(query.nodes("rtable")) + 1)) - {target.varno}
    return [OuterJoin(query, "MERGE with WHEN NOT MATCHED BY SOURCE", "source", everything, {})]


class _Target:
    """The changed table, as RETURNING sees it."""

    def __init__(self, query: Node, before: Scope, judge: Judge) -> None:
        self._query = query
        self._before = before
        self._judge = judge
        self._command = query.number("commandType")
        self.varno = query.number("resultRelation")
        self._entry = before.entry(self.varno)
        self._relid = self._entry.number("relid")
        self._assigned = _by_number(query.nodes("targetList"))

    def column(self, node: Node) -> Verdict | None:
        """Judge a column of the changed table; None for a column of anything else."""
        varno = node.number("varno")
        if varno != self.varno:
            return unknown("the target of a MERGE") if varno == self._query.number("mergeTargetRelation") else None
        which = node.number("varreturningtype")
        attnum = node.number("varattno")
        if self._is_missing(which):
            return maybe("there is no OLD or NEW row for some of the changes", node.location)
        if self._command == _DELETE or (self._command == _UPDATE and which == _OLD):
            return self._old(node)
        declared = stored_column(self._entry, attnum, self._judge)
        if not declared.nullable or attnum <= _WHOLE_ROW or self._command == _MERGE:
            return declared
        return self._updated(node, attnum) if self._command == _UPDATE else self._inserted(node, attnum, declared)

    def _is_missing(self, which: int) -> bool:
        if self._command == _MERGE:
            actions = {each.number("commandType") for each in self._query.nodes("mergeActionList")}
            return (which == _OLD and _INSERT in actions) or (which == _NEW and _DELETE in actions)
        return (which == _OLD and self._command == _INSERT) or (which == _NEW and self._command == _DELETE)

    def _old(self, node: Node) -> Verdict:
        fields = {**node.fields, "varreturningtype": "0", "varlevelsup": "0"}
        return self._judge.expression(Node("VAR", fields), self._before)

    def _updated(self, node: Node, attnum: int) -> Verdict:
        if self._judge.catalogue.generated(self._relid, attnum):
            return maybe("a generated column is computed anew", node.location)
        assigned = self._assigned.get(attnum)
        written = self._judge.expression(assigned, self._before) if assigned is not None else self._old(node)
        return self._unless_rewritten(written, "update", node)

    def _inserted(self, node: Node, attnum: int, declared: Verdict) -> Verdict:
        assigned = self._assigned.get(attnum)
        if assigned is None or self._judge.catalogue.generated(self._relid, attnum):
            return declared
        given = self._unless_rewritten(self._judge.expression(assigned, self._before), "insert", node)
        conflict = self._query.node("onConflict")
        if given.nullable or conflict is None or conflict.number("action") != _DO_UPDATE:
            return given
        return self._unless_rewritten(self._on_conflict(conflict, attnum, declared), "update", node)

    def _unless_rewritten(self, written: Verdict, change: Change, node: Node) -> Verdict:
        if written.nullable or not self._judge.catalogue.rewrites(self._relid, change):
            return written
        return maybe(_TRIGGER, node.location)

    def _on_conflict(self, conflict: Node, attnum: int, declared: Verdict) -> Verdict:
        """Judge a column that has a value when it is inserted, where the row may be there already."""
        assigned = _by_number(conflict.nodes("onConflictSet")).get(attnum)
        if assigned is None:
            return declared.within("of a row that was there already")
        where = Narrowing(self._judge.catalogue, "the WHERE clause of DO UPDATE lets no NULL through")
        facts = where.if_true(conflict.node("onConflictWhere"))
        proposed = conflict.number("exclRelIndex")

        def excluded(column: Node) -> Verdict | None:
            if column.number("varno") != proposed:
                return None
            number = column.number("varattno")
            stored = stored_column(self._entry, number, self._judge)
            value = self._assigned.get(number)
            if not stored.nullable or value is None or self._judge.catalogue.generated(self._relid, number):
                return stored
            return self._judge.expression(value, self._before)

        scope = Scope(self._query, self._before.parent, self._before.definitions, facts, returned=excluded)
        return self._judge.expression(assigned, scope)


def _by_number(targets: list[Node]) -> dict[int, Node]:
    found = {each.number("resno"): each.node("expr") for each in targets if not each.flag("resjunk")}
    return {number: expression for number, expression in found.items() if expression is not None}
