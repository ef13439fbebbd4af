"""FROM, WHERE and ON of a query → which columns have one value in all of its rows, and which items give one row. Pure.

A column is fixed by an equality with what is fixed itself; an item (table, sub-query, …) is single when a unique key of
it is fixed. Both grow from the parameters and constants until nothing more follows.

Two things are not what they seem. What an outer join may fill in has its one value only in the rows that were matched,
so it fixes nothing else before the side that is kept is one row. And a column that equals 1 may be 1.0 here and 1.00
there: what is computed from it is fixed only where equal values of its type are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from attune_sql.describe import join_tree, lineage
from attune_sql.describe.lineage import Scope, sources, subquery
from attune_sql.describe.nullability.catalogue import Catalogue
from attune_sql.describe.nullability.keys import is_volatile, key
from attune_sql.describe.query_tree import Node

_EXTERNAL = 0  # ParamKind of $n
_NOT_NULL = 1  # NullTestType
_SCALAR = 4  # SubLinkType EXPR
_LEFT, _FULL, _RIGHT = 1, 2, 3  # JoinType. Source: PostgreSQL, src/include/nodes/nodes.h.
_COERCIONS = frozenset({"RELABELTYPE", "COERCEVIAIO", "ARRAYCOERCEEXPR", "COERCETODOMAIN"})
_TRANSPARENT = frozenset({"RELABELTYPE", "COERCETODOMAIN"})

# pg_type.dat: bool bytea char name int8 int2 int4 text oid varchar date time timestamp timestamptz uuid.
_EQUAL_IS_SAME = frozenset({16, 17, 18, 19, 20, 21, 23, 25, 26, 1043, 1082, 1083, 1114, 1184, 2950})
_BPCHAR = 1042
# transam.h, FirstNormalObjectId: PostgreSQL's own collations, below, tell different texts apart.
_FIRST_OF_OURS = 16384

Bound = frozenset[int]
SingleQuery = Callable[[Scope, Bound], bool]
"""Tells whether a query gives at most one row, when the output columns with these numbers have one value each."""


@dataclass(slots=True)
class Fixed:
    """What is known of a query level: its `items` in FROM, the fixed columns (item, number), and the single items.

    `doubled` are items of one row each, which a FULL JOIN may give in a row for each of its sides.
    """

    items: list[int] = field(default_factory=list)
    columns: set[tuple[int, int]] = field(default_factory=set)
    single: set[int] = field(default_factory=set)
    doubled: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition that holds for all rows, where it speaks of the columns of `items` (None: of any item)."""

    node: Node
    items: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class _Filling:
    """An outer join that keeps one side and may fill in the other; a FULL JOIN is two.

    The conditions from the number `end` on are those that see what it gives.
    """

    kept: frozenset[int]
    filled: frozenset[int]
    end: int
    full: bool


class Fixing:
    """Finds out what is fixed in one query level; `single_query` answers for the queries in its FROM."""

    def __init__(self, scope: Scope, catalogue: Catalogue, single_query: SingleQuery) -> None:
        self.found = Fixed()
        self._scope = scope
        self._catalogue = catalogue
        self._single_query = single_query
        self._conditions: list[_Condition] = []
        self._fillings: list[_Filling] = []

    def run(self, start: Node, bound: frozenset[tuple[int, int]] = frozenset(), target: int = 0) -> Fixed:
        """Read the join tree `start`; `bound` columns are fixed from outside, `target` is an item besides."""
        found = self.found
        found.columns |= bound
        if target:
            found.items.append(target)
        found.items += [each for each in self._read(start, None) if each != target]
        self._fillings = [each for each in self._fillings if not self._must_be_there(each)]
        before = -1
        while before != len(found.columns) + len(found.single):
            before = len(found.columns) + len(found.single)
            for condition in self._conditions:
                self._equality(condition)
            found.single |= {each for each in found.items if each not in found.single and self._is_single(each)}
        return found

    def conditions(self) -> Iterator[Node]:
        """Yield the conditions that hold for every row, whatever it was joined with."""
        yield from (each.node for each in self._conditions if each.items is None)

    def is_fixed(self, node: Node, exactly: bool = False) -> bool:
        """Tell whether an expression has one value in all rows: values that are equal, or `exactly` the same."""
        match node.name:
            case "CONST" | "SQLVALUEFUNCTION":
                return True
            case "PARAM":
                return node.number("paramkind") == _EXTERNAL
            case "VAR":
                return self._is_fixed_var(node, exactly)
            case "FUNCEXPR" | "OPEXPR":
                function = self._catalogue.function(node.number("funcid") or node.number("opfuncid"))
                return (
                    function is not None
                    and not function.volatile
                    and not function.returns_set
                    and all(self.is_fixed(each, exactly=True) for each in node.nodes("args"))
                )
            case "SUBLINK":
                stable = not any(is_volatile(each, self._catalogue) for each in node.walk())
                return node.number("subLinkType") == _SCALAR and stable and self._known(self._outside(node))
            case name:
                exactly = exactly or name not in _TRANSPARENT
                return name in _COERCIONS and all(self.is_fixed(each, exactly) for each in node.inner())

    def column(self, node: Node) -> tuple[int, int] | None:
        """Return the (item, number) of a column of this level, below casts that keep equality; None for all else."""
        while node.name == "RELABELTYPE":
            inner = node.node("arg")
            if inner is None or node.number("resulttype") == _BPCHAR:
                return None  # as character(n), texts are equal that differ in blanks at the end
            node = inner
        if node.name != "VAR" or node.number("varlevelsup"):
            return None
        entry = self._scope.entry(node.number("varno"))
        if entry is not None and entry.number("rtekind") in (lineage.JOIN, lineage.GROUP):
            below = sources(self._scope, node)
            return self.column(below[0].node) if len(below) == 1 else None
        return node.number("varno"), node.number("varattno")

    def _is_fixed_var(self, node: Node, exactly: bool) -> bool:
        if node.number("varlevelsup"):
            return True
        column = self.column(node)
        if column is not None:
            equal = column in self.found.columns and (not exactly or _equal_is_same(node))
            return (equal or column[0] in self.found.single) and self._is_settled(column[0])
        below = sources(self._scope, node)
        return bool(below) and all(self.is_fixed(each.node, exactly) for each in below)

    def _is_settled(self, item: int) -> bool:
        """Tell whether an item is filled in for all rows or for none."""
        return all(each.kept <= self.found.single for each in self._fillings if item in each.filled)

    def _must_be_there(self, filling: _Filling) -> bool:
        """Tell whether a condition on the rows of an outer join drops those in which a side was filled in."""
        return any(
            column[0] in filling.filled and (condition.items is None or column[0] in condition.items)
            for condition in self._conditions[filling.end :]
            if self._is_equality(condition.node)
            for side in condition.node.nodes("args")
            if (column := self.column(side)) is not None
        )

    def _read(self, node: Node, allowed: frozenset[int] | None) -> list[int]:
        """Read a join tree: remember its conditions and return its items.

        The ON of an outer join fixes nothing on the side that is kept whole.
        """
        if node.name == "RANGETBLREF":
            return [node.number("rtindex")]
        if node.name == "FROMEXPR":
            items = [item for each in node.nodes("fromlist") for item in self._read(each, allowed)]
            self._remember(node.node("quals"), allowed)
            return items
        kind = node.number("jointype")
        sides: list[list[int]] = []
        for name, filled in (("larg", (_RIGHT, _FULL)), ("rarg", (_LEFT, _FULL))):
            side = node.node(name)
            inside = frozenset(join_tree.items(side)) if kind in filled else allowed
            sides.append(self._read(side, inside) if side else [])
        on = {_LEFT: frozenset(sides[1]), _RIGHT: frozenset(sides[0]), _FULL: frozenset[int]()}.get(kind, allowed)
        self._remember(node.node("quals"), on)
        left, right = frozenset(sides[0]), frozenset(sides[1])
        end, full = len(self._conditions), kind == _FULL
        self._fillings += [_Filling(left, right, end, full)] if kind in (_LEFT, _FULL) else []
        self._fillings += [_Filling(right, left, end, full)] if kind in (_RIGHT, _FULL) else []
        return [*sides[0], *sides[1]]

    def _remember(self, condition: Node | None, items: frozenset[int] | None) -> None:
        if condition is not None:
            self._conditions += (_Condition(each, items) for each in join_tree.conjuncts(condition))

    def _is_equality(self, node: Node) -> bool:
        """Tell whether a condition is PostgreSQL's own `=`, on which unique keys rest too."""
        operator = self._catalogue.operator(node.number("opno")) if node.name == "OPEXPR" else None
        if operator is None or not operator.built_in or operator.name != "=":
            return False
        function = self._catalogue.function(operator.function)
        # Two times of a clock that is set forward are one with a time zone.
        return function is not None and ("timestamptz" not in function.arguments or len(set(function.arguments)) == 1)

    def _equality(self, condition: _Condition) -> None:
        node = condition.node
        if not self._is_equality(node):
            return
        one, other = node.nodes("args")
        for side, value in ((one, other), (other, one)):
            column = self.column(side)
            if column is None or (condition.items is not None and column[0] not in condition.items):
                continue
            if self._same_collation(node, side) and self.is_fixed(value):
                self.found.columns.add(column)

    @staticmethod
    def _same_collation(operation: Node, side: Node) -> bool:
        """Tell whether a comparison has the collation of the column, under which its key is unique."""
        while side.name == "RELABELTYPE" and (inner := side.node("arg")):
            side = inner
        return operation.number("inputcollid") in (0, side.number("varcollid"))

    def _is_single(self, item: int) -> bool:
        if not self._is_one_row(item):
            return False
        if any(self._may_double(each) for each in self._fillings if item in each.filled):
            self.found.doubled.add(item)
            return False
        return True

    def _may_double(self, filling: _Filling) -> bool:
        """Tell whether this is half of a FULL JOIN of which neither side must be there."""
        return filling.full and any(
            each.full and (each.kept, each.filled) == (filling.filled, filling.kept) for each in self._fillings
        )

    def _is_one_row(self, item: int) -> bool:
        entry = self._scope.entry(item)
        if entry is None:
            return False
        fixed = frozenset(number for of, number in self.found.columns if of == item)
        match entry.number("rtekind"):
            case lineage.RELATION:
                relation = entry.number("relid")
                return any(unique <= fixed for unique in self._catalogue.unique_keys(relation)) or any(
                    partial.columns <= fixed and self._holds(partial.predicate, item, fixed)
                    for partial in self._catalogue.partial_keys(relation)
                )
            case lineage.SUBQUERY | lineage.CTE:
                inner = subquery(self._scope, entry)
                return inner is not None and self._known(self._outside(entry)) and self._single_query(inner, fixed)
            case lineage.FUNCTION:
                calls = [each.node("funcexpr") for each in entry.nodes("functions")]
                scalar = all(call is not None and not self._returns_set(call) for call in calls)
                return scalar and self._known(self._outside(entry))
            case lineage.VALUES:
                rows = entry.fields.get("values_lists")
                return isinstance(rows, list) and len(rows) == 1 and self._known(self._outside(entry))
            case kind:
                return kind == lineage.RESULT

    def _holds(self, predicate: Node, item: int, fixed: Bound) -> bool:
        """Tell whether the conditions imply the predicate of a partial key: what is fixed by `=` is not NULL."""
        told = {
            key(each.node, self._catalogue) for each in self._conditions if each.items is None or item in each.items
        }
        for each in join_tree.conjuncts(predicate):
            column = each.node("arg") if each.name == "NULLTEST" and each.number("nulltesttype") == _NOT_NULL else None
            if column is not None and column.name == "VAR" and column.number("varattno") in fixed:
                continue
            wanted = key(each, self._catalogue)
            if wanted is None or _of_item(wanted, item) not in told:
                return False
        return True

    def _returns_set(self, call: Node) -> bool:
        return any(each.flag("funcretset") or each.flag("opretset") for each in call.walk())

    def _outside(self, node: Node) -> set[int]:
        """Return the items of this level that something within it (LATERAL, a sub-select) refers to."""
        return set(join_tree.references(node, 0))

    def _known(self, items: set[int]) -> bool:
        return items <= self.found.single and all(map(self._is_settled, items))


def _equal_is_same(var: Node) -> bool:
    """Tell whether values of a column that are equal are the same, as 1.0 and 1.00 are not."""
    return var.number("vartype") in _EQUAL_IS_SAME and var.number("varcollid") < _FIRST_OF_OURS


def _of_item(found: object, item: int) -> object:
    """Turn the key of an expression over relation 1, as an index has it, into the one over an item."""
    if not isinstance(found, tuple):
        return found
    if found[0] == "VAR":
        return ("VAR", item, *found[2:])
    return tuple(_of_item(each, item) for each in found)
