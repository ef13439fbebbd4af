"""SELECT, its stages, its arms and its WITH queries → a verdict for each column."""

from __future__ import annotations

from attune_sql.describe.nullability.aggregates import left_out, may_be_empty
from attune_sql.describe.nullability.joins import read_from
from attune_sql.describe.nullability.keys import UNREADABLE, Key, key
from attune_sql.describe.nullability.narrowing import Narrowing
from attune_sql.describe.nullability.scope import Definitions, Judge, Scope
from attune_sql.describe.nullability.set_operations import arms
from attune_sql.describe.nullability.verdict import Verdict, never
from attune_sql.describe.query_tree import Node

WHERE = "the WHERE clause lets no NULL through"
ON = "a join condition lets no NULL through"
HAVING = "the HAVING clause lets no NULL through"


def definitions(query: Node) -> Definitions:
    """Collect the WITH queries of a query."""
    return Definitions({each.text("ctename"): each for each in query.nodes("cteList")})


def select(query: Node, parent: Scope | None, judge: Judge) -> list[Verdict]:
    """Judge the columns of a SELECT, VALUES or set operation."""
    found = definitions(query)
    if query.node("setOperations") is not None:
        return arms(query, Scope(query, parent, found), judge)
    scope = from_scope(query, parent, found, judge)
    stage = _after_grouping(scope, judge) if _is_grouped(query) else scope
    return outputs(query.nodes("targetList"), stage, judge)


def outputs(targets: list[Node], scope: Scope, judge: Judge) -> list[Verdict]:
    """Judge the entries of a select or RETURNING list that are columns of the result."""
    columns = [each.node("expr") for each in targets if not each.flag("resjunk")]
    return [judge.expression(each, scope) for each in columns if each is not None]


def from_scope(query: Node, parent: Scope | None, found: Definitions, judge: Judge) -> Scope:
    """Return the stage of a query behind FROM and WHERE."""
    rows = read_from(query.node("jointree"), Narrowing(judge.catalogue, WHERE), Narrowing(judge.catalogue, ON))
    return Scope(query, parent, found, rows.facts, rows.joins)


def _is_grouped(query: Node) -> bool:
    clauses = query.nodes("groupClause") or query.nodes("groupingSets") or query.node("havingQual")
    return bool(clauses) or query.flag("hasAggs")


def _after_grouping(rows: Scope, judge: Judge) -> Scope:
    """Return the stage behind GROUP BY and HAVING.

    What WHERE says of the rows holds for groups of rows, but not for the one result of no rows, nor for a column that a
    grouping set leaves out.
    """
    query = rows.query
    whole, vanishing = frozenset[Key](), frozenset[Key]()
    if query.nodes("groupingSets"):
        whole = _keys(query, frozenset(each.number("tleSortGroupRef") for each in query.nodes("groupClause")), judge)
        vanishing = _keys(query, left_out(query), judge)
    having = Narrowing(judge.catalogue, HAVING, whole).if_true(query.node("havingQual"))
    kept = {} if query.nodes("groupingSets") or may_be_empty(query) else rows.facts
    return Scope(query, rows.parent, rows.definitions, {**kept, **having}, [], rows, vanishing, whole)


def _keys(query: Node, references: frozenset[int], judge: Judge) -> frozenset[Key]:
    targets = [each for each in query.nodes("targetList") if each.number("ressortgroupref") in references]
    expressions = [each.node("expr") for each in targets]
    return frozenset(key(each, judge.catalogue) or UNREADABLE for each in expressions if each is not None)


def with_query(name: str, definer: Scope, judge: Judge) -> list[Verdict]:
    """Judge the columns of a WITH query, once for each query that defines it.

    A recursive one is assumed to give no NULL at all, until assuming no more than was found changes nothing: by
    induction over the rounds of the recursion, what is still not null then is never NULL.
    """
    known = definer.definitions.verdicts
    if name in known:
        return known[name]
    node = definer.definitions.nodes[name]
    query = node.node("ctequery")
    assert query is not None
    # Nothing of the defining query's own rows is known here: a WITH query is computed whatever they are.
    scope = Scope(definer.query, definer.parent, definer.definitions)
    if not node.flag("cterecursive"):
        known[name] = judge.query(query, scope)
        return known[name]
    targets = query.nodes("targetList") if query.number("commandType") == 1 else query.nodes("returningList")
    assumed = [never("no round of the recursion gives NULL") for each in targets if not each.flag("resjunk")]
    while True:
        known[name] = assumed
        found = judge.query(query, scope)
        together = [one if one.nullable else other for one, other in zip(assumed, found, strict=True)]
        if [each.nullable for each in together] == [each.nullable for each in assumed]:
            known[name] = together
            return together
        assumed = together
