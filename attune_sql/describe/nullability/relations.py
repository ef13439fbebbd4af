"""Columns of what stands in FROM: tables, sub-queries and views, functions, VALUES, WITH queries, whole joins."""

from __future__ import annotations

from collections.abc import Callable

from attune_sql.describe.nullability.elements import elements
from attune_sql.describe.nullability.functions import call
from attune_sql.describe.nullability.keys import column_key
from attune_sql.describe.nullability.result_type import result_type
from attune_sql.describe.nullability.scope import Judge, OuterJoin, Scope
from attune_sql.describe.nullability.verdict import Verdict, maybe, never, unknown, worst
from attune_sql.describe.query_tree import Node

# parsenodes.h: RTEKind; nodes.h: JoinType
_RELATION, _SUBQUERY, _JOIN, _FUNCTION, _TABLE_FUNCTION, _VALUES, _CTE, _NAMED, _RESULT, _GROUP = range(10)
_FULL = 2
_XMLTABLE = 0
_WHOLE_ROW = 0


def column(node: Node, scope: Scope, judge: Judge) -> Verdict:
    """Judge a VAR: a column where it is named."""
    varno, attnum = node.number("varno"), node.number("varattno")
    level, returning = node.number("varlevelsup"), node.number("varreturningtype")
    for inwards, between in enumerate(scope.outwards()):
        if inwards > level:
            break
        fact = between.facts.get(column_key(varno, attnum, level - inwards, returning))
        if fact is not None:
            return never(*fact).at(node.location)
    owner = scope.up(level)
    if owner is None:
        return unknown("a column of a query that is not in the tree", node.location)
    return _own_column(node, varno, attnum, owner, judge).at(node.location)


def _own_column(node: Node, varno: int, attnum: int, owner: Scope, judge: Judge) -> Verdict:
    if owner.returned is not None and (changed := owner.returned(node)) is not None:
        return changed
    if owner.grouped is not None:
        return _grouped_column(node, varno, attnum, owner, owner.grouped, judge)
    entry = owner.entry(varno)
    if entry.number("rtekind") == _JOIN and attnum != _WHOLE_ROW:
        return _merged_column(entry, varno, attnum, owner, judge)
    for join in owner.joins:
        if varno in join.side:
            return maybe(f"{_alias(entry)} is on the {join.position} side of a {join.word}", join.node.location)
    return _stored(varno, attnum, entry, owner, judge)


def _grouped_column(node: Node, varno: int, attnum: int, owner: Scope, grouped: Scope, judge: Judge) -> Verdict:
    if column_key(varno, attnum) in owner.vanishing:
        return maybe("a grouping set leaves this column out", node.location)
    entry = owner.entry(varno)
    if entry.number("rtekind") == _GROUP:
        return judge.expression(entry.nodes("groupexprs")[attnum - 1], grouped)
    known = grouped.facts.get(column_key(varno, attnum))
    return never(*known) if known is not None else _own_column(node, varno, attnum, grouped, judge)


def _merged_column(entry: Node, varno: int, attnum: int, owner: Scope, judge: Judge) -> Verdict:
    """Judge a column of a whole join: one that USING merged."""
    merged = entry.nodes("joinaliasvars")
    if attnum > len(merged) or attnum > entry.number("joinmergedcols"):
        return unknown("a column of a join by the join's name")
    expression = merged[attnum - 1]
    own = [join for join in owner.joins if join.node.number("rtindex") == varno]
    if entry.number("jointype") != _FULL or expression.name != "COALESCEEXPR" or len(own) < 2:
        return judge.expression(expression, owner)
    return _merged_by_full_join(expression, own, owner, judge)


def _merged_by_full_join(expression: Node, own: list[OuterJoin], owner: Scope, judge: Judge) -> Verdict:
    """Judge COALESCE (left, right) of a FULL JOIN: one of the two sides is always there."""
    present = owner.without(own)
    found = worst([judge.expression(each, present) for each in expression.nodes("args")])
    return found if found is not None else never("one of the two sides of the FULL JOIN is there")


def _stored(varno: int, attnum: int, entry: Node, owner: Scope, judge: Judge) -> Verdict:
    if entry.number("rtekind") == _RELATION:
        return stored_column(entry, attnum, judge)
    if attnum == _WHOLE_ROW:
        if entry.number("rtekind") in (_SUBQUERY, _VALUES, _CTE, _JOIN):
            return never(f"a row of {_alias(entry)}")
        return unknown(f"the row of {_alias(entry)}")
    columns = _columns(varno, entry, owner.origin or owner, judge)
    if 0 < attnum <= len(columns):
        return columns[attnum - 1]
    return unknown(f"a column of {_alias(entry)}")


def stored_column(entry: Node, attnum: int, judge: Judge) -> Verdict:
    """Judge a column of a table by its constraints alone."""
    relid = entry.number("relid")
    relation = judge.catalogue.relation_name(relid)
    if attnum == _WHOLE_ROW:
        return never(f"a row of {relation}")
    if attnum < 0:
        if entry.text("relkind") in ("r", "p"):
            return never("a system column")
        return unknown("a system column of something other than a table")
    shown = f"{relation}.{judge.catalogue.column_name(relid, attnum)}"
    if judge.catalogue.not_null(relid, attnum):
        return never(f"column {shown} is NOT NULL")
    if entry.text("relkind") == "m":
        return maybe(f"column {shown} of a materialized view has no constraint")
    return maybe(f"column {shown} has no NOT NULL constraint")


def _columns(varno: int, entry: Node, owner: Scope, judge: Judge) -> list[Verdict]:
    if varno not in owner.ranges:
        rule = _RULES.get(entry.number("rtekind"))
        owner.ranges[varno] = rule(entry, owner, judge) if rule is not None else []
    return owner.ranges[varno]


def _subquery(entry: Node, owner: Scope, judge: Judge) -> list[Verdict]:
    query = entry.node("subquery")
    assert query is not None
    return [each.within(f"in {_alias(entry)}") for each in judge.query(query, owner)]


def _function(entry: Node, owner: Scope, judge: Judge) -> list[Verdict]:
    functions = entry.nodes("functions")
    columns: list[Verdict] = []
    for each in functions:
        called = each.node("funcexpr")
        count = each.number("funccolcount")
        is_row = called is not None and judge.catalogue.is_row(result_type(called))
        # A row that is not NULL has columns that may be.
        found = _called(called, count, owner, judge) if called is not None and not is_row else None
        shown = _name(called, judge)
        columns += found if found and len(found) == count else [unknown(f"a column of {shown}")] * count
    if len(functions) > 1:
        columns = [
            each if each.nullable else maybe("another function of ROWS FROM may give more rows") for each in columns
        ]
    if entry.flag("funcordinality"):
        columns.append(never("WITH ORDINALITY numbers every row"))
    return columns


def _called(called: Node, count: int, owner: Scope, judge: Judge) -> list[Verdict] | None:
    if called.name != "FUNCEXPR":
        return [judge.expression(called, owner)] if count == 1 else None
    function = judge.catalogue.function(called.number("funcid"))
    if function is None:
        return None
    if function.returns_set or count > 1:
        return elements(called, function, count, owner, judge)
    return [call(called, function, owner, judge)]


def _name(called: Node | None, judge: Judge) -> str:
    function = judge.catalogue.function(called.number("funcid")) if called is not None else None
    return f"{function.shown}()" if function is not None else "a function"


def _table_function(entry: Node, owner: Scope, judge: Judge) -> list[Verdict]:
    table = entry.node("tablefunc")
    assert table is not None
    refusing = set(table.numbers("notnulls"))
    is_xml = table.number("functype") == _XMLTABLE
    ordinality = int(table.text("ordinalitycol") or -1)
    columns: list[Verdict] = []
    for index in range(len(table.numbers("coltypes"))):
        if is_xml and (index == ordinality or index in refusing):
            columns.append(never("XMLTABLE with NOT NULL or FOR ORDINALITY"))
        else:
            columns.append(maybe("a column of XMLTABLE or JSON_TABLE may find nothing", table.location))
    return columns


def _values(entry: Node, owner: Scope, judge: Judge) -> list[Verdict]:
    rows = entry.fields.get("values_lists")
    assert isinstance(rows, list)
    judged = [
        [judge.expression(each, owner) for each in row if isinstance(each, Node)]
        for row in rows
        if isinstance(row, list)
    ]
    return [worst(list(each)) or never("no row of VALUES has a NULL here") for each in zip(*judged, strict=True)]


def _with_query(entry: Node, owner: Scope, judge: Judge) -> list[Verdict]:
    name = entry.text("ctename")
    definer = owner.up(entry.number("ctelevelsup"))
    if definer is None or name not in definer.definitions.nodes:
        return []
    return [each.within(f"in {name}") for each in judge.with_query(name, definer)]


def _alias(entry: Node) -> str:
    names = entry.node("eref")
    return names.text("aliasname") if names is not None else "a relation"


_RULES: dict[int, Callable[[Node, Scope, Judge], list[Verdict]]] = {
    _SUBQUERY: _subquery,
    _FUNCTION: _function,
    _TABLE_FUNCTION: _table_function,
    _VALUES: _values,
    _CTE: _with_query,
}
