"""Scope: where an expression stands — its query, what is known there, and the query around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from attune_sql.describe.nullability.catalogue import Catalogue
from attune_sql.describe.nullability.keys import Key
from attune_sql.describe.nullability.verdict import Verdict
from attune_sql.describe.query_tree import Node

Fact = tuple[str, int]
"""Why an expression is not NULL here, in words, and the location of the condition that says so."""

Facts = dict[Key, Fact]


class Judge(Protocol):
    """The whole engine, as one construct sees it."""

    catalogue: Catalogue

    def expression(self, node: Node, scope: Scope) -> Verdict:
        """Say whether an expression can be NULL where it stands."""

    def query(self, query: Node, parent: Scope | None) -> list[Verdict]:
        """Say it of each column of a query's result."""

    def with_query(self, name: str, definer: Scope) -> list[Verdict]:
        """Say it of each column of a WITH query of the definer's."""


@dataclass(slots=True)
class OuterJoin:
    """A join that may fill one of its sides with NULLs.

    `side` are the range table indexes on that side; `held` is what is known once a row of that side is there. A FULL
    JOIN is two of these, `twin` to each other, and `matched` is known once both sides are there.
    """

    node: Node
    word: str
    position: str
    side: frozenset[int]
    held: Facts
    matched: Facts = field(default_factory=dict)
    twin: OuterJoin | None = None


@dataclass(slots=True)
class Definitions:
    """The WITH queries of one query: their nodes, and the verdicts found or assumed for their columns."""

    nodes: dict[str, Node]
    verdicts: dict[str, list[Verdict]] = field(default_factory=dict)


@dataclass(slots=True)
class Scope:
    """One query level at one of its stages.

    `facts` are expressions of which this stage lets no NULL through; `joins` are the outer joins that may still fill in
    NULLs. `grouped` is the stage before GROUP BY, where this one is after it; `vanishing` the keys of grouped
    expressions that a grouping set leaves out, `whole` those of all grouped ones where there are such sets: they were
    computed before, so they say nothing of what they are computed from. `returned` answers for the columns of a
    changed table, `sublink` are the columns of the sub-query that a test is about. `ranges` are the verdicts on the
    relations in FROM, found in the `origin` that a branch was made from.
    """

    query: Node
    parent: Scope | None
    definitions: Definitions
    facts: Facts = field(default_factory=dict)
    joins: list[OuterJoin] = field(default_factory=list)
    grouped: Scope | None = None
    vanishing: frozenset[Key] = frozenset()
    whole: frozenset[Key] = frozenset()
    returned: Callable[[Node], Verdict | None] | None = None
    sublink: list[Verdict] | None = None
    origin: Scope | None = None
    ranges: dict[int, list[Verdict]] = field(default_factory=dict)

    def up(self, levels: int) -> Scope | None:
        """Return the scope so many queries further out, None beyond the outermost."""
        scope: Scope | None = self
        while levels and scope is not None:
            scope = scope.parent
            levels -= 1
        return scope

    def outwards(self) -> Iterator[Scope]:
        """Yield this scope and those around it."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def entry(self, varno: int) -> Node:
        """Return an entry of the range table."""
        return self.query.nodes("rtable")[varno - 1]

    def knowing(self, facts: Facts) -> Scope:
        """Return the same scope with further facts, for a branch that they hold in."""
        if not facts:
            return self
        joins, known = saturated(self.joins, {**self.facts, **facts})
        return replace(self, facts=known, joins=joins, origin=self.origin or self)

    def without(self, joins: list[OuterJoin]) -> Scope:
        """Return the same scope as if these joins had filled in nothing."""
        left = [each for each in self.joins if all(each is not one for one in joins)]
        return replace(self, joins=left, origin=self.origin or self)

    def testing(self, sublink: list[Verdict]) -> Scope:
        """Return the same scope with the columns of a sub-query, for the test against its rows."""
        return replace(self, sublink=sublink, origin=self.origin or self)


def saturated(joins: Iterable[OuterJoin], facts: Facts) -> tuple[list[OuterJoin], Facts]:
    """Drop the outer joins that the facts leave nothing to fill, and add what was known of their rows.

    A column that is not NULL cannot have been filled in, so the whole side was there. This is how PostgreSQL's own
    planner turns outer joins into inner ones (prepjointree.c, reduce_outer_joins).
    """
    left, known = list(joins), dict(facts)
    while True:
        present = {found[1] for found in known if found[0] == "VAR" and found[3] == 0}
        dead = [join for join in left if join.side & present]
        if not dead:
            return left, known
        for join in dead:
            left = [each for each in left if each is not join]
            known = {**join.held, **known}
            if join.twin is not None and all(each is not join.twin for each in left):
                known = {**join.matched, **known}
