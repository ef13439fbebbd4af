"""Conditions of two queries → whether they can never both give a row, as `x > 0` and `x = 0` do. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from attune_sql.describe.nullability.catalogue import Catalogue
from attune_sql.describe.nullability.keys import Key, key
from attune_sql.describe.query_tree import Node

# Two comparisons of the same values of which at most one is true.
_EXCLUSIVE = frozenset(map(frozenset, ({"=", "<>"}, {"=", "<"}, {"=", ">"}, {"<", ">"}, {"<", ">="}, {">", "<="})))


def excluding(one: Iterable[Node], other: Iterable[Node], catalogue: Catalogue) -> bool:
    """Tell whether a condition of one side and a condition of the other cannot both be true.

    Only conditions on parameters and constants count, for they have the same value in both.
    """
    left = _comparisons(one, catalogue)
    return any(
        values == other_values and frozenset({name, other_name}) in _EXCLUSIVE
        for name, values in left
        for other_name, other_values in _comparisons(other, catalogue)
    )


def _comparisons(conditions: Iterable[Node], catalogue: Catalogue) -> list[tuple[str, tuple[Key | None, ...]]]:
    """Return the comparisons of values that no row decides: the operator's name, and the keys of its sides."""
    found: list[tuple[str, tuple[Key | None, ...]]] = []
    for condition in conditions:
        operator = catalogue.operator(condition.number("opno")) if condition.name == "OPEXPR" else None
        if operator is None or not operator.built_in or any(each.name == "VAR" for each in condition.walk()):
            continue
        values = tuple(key(each, catalogue) for each in condition.nodes("args"))
        if len(values) == 2 and None not in values:
            found.append((operator.name, values))
    return found
