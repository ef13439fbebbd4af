"""FROM and its joins → which sides may be filled in with NULLs, and what the conditions let through."""

from __future__ import annotations

from dataclasses import dataclass, field

from attune_sql.describe.nullability.narrowing import Narrowing
from attune_sql.describe.nullability.scope import Facts, OuterJoin, saturated
from attune_sql.describe.query_tree import Node

# nodes.h: JoinType
_INNER, _LEFT, _FULL, _RIGHT = range(4)


@dataclass(slots=True)
class Rows:
    """What comes out of one part of FROM."""

    relations: frozenset[int] = frozenset()
    facts: Facts = field(default_factory=dict)
    joins: list[OuterJoin] = field(default_factory=list)

    def and_known(self, facts: Facts) -> Rows:
        """Return the same rows when only those are let through for which further facts hold."""
        joins, known = saturated(self.joins, {**self.facts, **facts})
        return Rows(self.relations, known, joins)


def read_from(from_clause: Node | None, where: Narrowing, on: Narrowing) -> Rows:
    """Read a FROMEXPR: its items side by side, and its WHERE clause."""
    if from_clause is None:
        return Rows()
    rows = Rows()
    for item in from_clause.nodes("fromlist"):
        rows = _side_by_side(rows, _item(item, on))
    return rows.and_known(where.if_true(from_clause.node("quals")))


def _item(item: Node, on: Narrowing) -> Rows:
    if item.name == "RANGETBLREF":
        return Rows(frozenset({item.number("rtindex")}))
    if item.name == "FROMEXPR":
        return read_from(item, on, on)
    left, right = item.node("larg"), item.node("rarg")
    assert left is not None
    assert right is not None
    one, other = _item(left, on), _item(right, on)
    condition = on.if_true(item.node("quals"))
    kind = item.number("jointype")
    if kind == _INNER:
        return _named(_side_by_side(one, other).and_known(condition), item)
    if kind == _LEFT:
        return _named(
            _filled(one, other, OuterJoin(item, "LEFT JOIN", "right", other.relations, {**other.facts, **condition})),
            item,
        )
    if kind == _RIGHT:
        return _named(
            _filled(other, one, OuterJoin(item, "RIGHT JOIN", "left", one.relations, {**one.facts, **condition})), item
        )
    first = OuterJoin(item, "FULL JOIN", "left", one.relations, one.facts, condition)
    second = OuterJoin(item, "FULL JOIN", "right", other.relations, other.facts, condition, first)
    first.twin = second
    return _named(Rows(one.relations | other.relations, {}, [*one.joins, *other.joins, first, second]), item)


def _side_by_side(one: Rows, other: Rows) -> Rows:
    return Rows(one.relations | other.relations, {**one.facts, **other.facts}, [*one.joins, *other.joins])


def _filled(kept: Rows, filled: Rows, join: OuterJoin) -> Rows:
    """Join rows that are all kept with rows that may be missing: only the facts of the former stay."""
    return Rows(kept.relations | filled.relations, dict(kept.facts), [*kept.joins, *filled.joins, join])


def _named(rows: Rows, join: Node) -> Rows:
    """Count the join's own entry in the range table in: a name of the whole join, filled in where the join is."""
    rows.relations |= {join.number("rtindex")}
    return rows
