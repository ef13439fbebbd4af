"""Expressions → keys: two expressions with the same key have the same value in the same row.

A fact such as "the WHERE clause lets no NULL through here" is remembered under the key of the expression.
"""

from __future__ import annotations

from typing import TypeAlias

from attune_sql.describe.nullability.catalogue import Catalogue
from attune_sql.describe.query_tree import Node, Value

Key: TypeAlias = tuple[object, ...]

UNREADABLE: Key = ("UNREADABLE",)
"""Stands among the keys of grouped expressions for one that cannot be recognised where it occurs again."""

_IGNORED = frozenset(
    {
        "location",
        "varnosyn",
        "varattnosyn",
        "varnullingrels",
        "varreturningtype",
        "vartype",
        "vartypmod",
        "varcollid",
        "funcformat",
        "relabelformat",
        "coerceformat",
        "coercionformat",
        "convertformat",
        "row_format",
        "list_start",
        "list_end",
    }
)

# What may have another value when it is computed again, or what is only known where it stands.
_UNREPEATABLE = frozenset({"SUBLINK", "NEXTVALUEEXPR", "CASETESTEXPR", "COERCETODOMAINVALUE", "SETTODEFAULT"})

# primnodes.h: ParamKind; others number the columns of some sub-query anew.
_EXTERNAL = 0


def column_key(varno: int, attnum: int, level: int = 0, returning: int = 0) -> Key:
    """Return the key of a column of the range table; `level` queries up, `returning` as varreturningtype."""
    return ("VAR", varno, attnum, level, returning)


def key(expression: Node, catalogue: Catalogue) -> Key | None:
    """Return the key of an expression, None for what may differ from one computation to the next."""
    if expression.name == "VAR":
        return column_key(
            expression.number("varno"),
            expression.number("varattno"),
            expression.number("varlevelsup"),
            expression.number("varreturningtype"),
        )
    if expression.name in _UNREPEATABLE or is_volatile(expression, catalogue):
        return None
    if expression.name == "PARAM" and expression.number("paramkind") != _EXTERNAL:
        return None
    parts: list[object] = [expression.name]
    for field, value in expression.fields.items():
        if field in _IGNORED:
            continue
        part = _part(value, catalogue)
        if part is None:
            return None
        parts.append((field, part))
    return tuple(parts)


def _part(value: Value, catalogue: Catalogue) -> object:
    if isinstance(value, Node):
        return key(value, catalogue)
    if isinstance(value, list):
        parts = [_part(each, catalogue) for each in value]
        return None if None in parts else tuple(parts)
    return value if value is not None else "<>"


def is_volatile(expression: Node, catalogue: Catalogue) -> bool:
    """Tell whether this node itself, not what is below it, calls a function that may answer differently each time."""
    if expression.name == "FUNCEXPR":
        function = catalogue.function(expression.number("funcid"))
    elif expression.name in ("OPEXPR", "DISTINCTEXPR", "NULLIFEXPR", "SCALARARRAYOPEXPR"):
        operator = catalogue.operator(expression.number("opno"))
        function = catalogue.function(operator.function) if operator else None
    elif expression.name == "AGGREF":
        function = catalogue.function(expression.number("aggfnoid"))
    else:
        return False
    return function is None or function.volatile


def columns_of(found: Key) -> frozenset[int]:
    """Return the range table indexes of this query's own columns that a key speaks of."""
    if found[0] == "VAR":
        varno, level = found[1], found[3]
        return frozenset({varno}) if level == 0 and isinstance(varno, int) else frozenset()
    below = [columns_of(part) for part in _tuples(found[1:])]
    return frozenset().union(*below)


def _tuples(parts: tuple[object, ...]) -> list[Key]:
    found: list[Key] = []
    for part in parts:
        if isinstance(part, tuple):
            found.extend([part] if part and isinstance(part[0], str) and part[0].isupper() else _tuples(part))
    return found
