"""The trees of a query and its text → the names of the definitions that its description depends on. Pure.

The rewritten tree names every relation, function, operator and type by its oid, below views too. Columns go by the
words of the text: a column whose name is no word of it can neither be meant nor make another name ambiguous.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attune_sql.describe.description import Description
from attune_sql.describe.query_tree import Node
from attune_sql.offline.definitions import SURROUNDINGS, Definitions, Relation
from attune_sql.offline.stored import all_types
from attune_sql.source.operation import Operation
from attune_sql.source.scan import BLANK, scan

# Fields of the nodes that hold an oid. Source: PostgreSQL, src/include/nodes: primnodes.h, parsenodes.h.
_FIELDS = {
    **dict.fromkeys(("relid", "seqid"), "relation"),
    **dict.fromkeys(("funcid", "aggfnoid", "winfnoid", "elemfuncid"), "function"),
    **dict.fromkeys(("opno", "eqop", "sortop", "opnos"), "operator"),
    **dict.fromkeys(("vartype", "consttype", "funcresulttype", "opresulttype", "paramtype", "resulttype"), "type"),
    **dict.fromkeys(("casetype", "array_typeid", "element_typeid", "row_typeid", "coalescetype"), "type"),
    **dict.fromkeys(("minmaxtype", "aggtype", "wintype", "type", "typeId", "typeid", "refcontainertype"), "type"),
    **dict.fromkeys(("refelemtype", "refrestype", "coltypes", "colTypes", "funccoltypes", "ctecoltypes"), "type"),
    **dict.fromkeys(("aggargtypes",), "type"),
}

# pg_type.dat. What is given as text for one of these types is looked up by its name when the query is read.
_REGCLASS = 2205
_LOOKED_UP = frozenset({24, 2202, 2203, 2204, 2206, 3734, 3769, 4089, 4096, 4191})
_FIRST_OF_OTHERS = 16384
_UTILITY = 6
# RTEKind: what an alias can give a table's or a view's columns new names.
_NAMED = (0, 1)
# NAMEDATALEN: what is longer is cut off, and no longer the name that stands in the text.
_LONGEST = 63

# The target of these takes values by the places of its columns; and these words name columns without their names.
_ALL_COLUMNS = frozenset({"insert", "merge", "natural", "table"})
_BEFORE_STAR = frozenset({".", ",", ")", "select", "returning", "distinct", "all"})


class _UnreadableError(Exception):
    """Nothing exact can be said of a tree."""


def dependencies(
    operation: Operation, description: Description, trees: Sequence[Node], known: Definitions
) -> tuple[str, ...] | None:
    """Name the definitions that a description depends on, sorted; None when it may depend on anything.

    So it is for utility commands, and for what is looked up by a text, such as `'…'::regprocedure`.
    """
    try:
        return tuple(sorted({SURROUNDINGS, *_names(operation, description, trees, known)}))
    except (_UnreadableError, RecursionError):
        return None


def _names(operation: Operation, description: Description, trees: Sequence[Node], known: Definitions) -> Iterator[str]:
    if not trees or any(each.number("commandType") == _UTILITY for each in trees):
        raise _UnreadableError
    oids = _oids(trees)
    oids["type"] |= {each.oid for each in all_types(description)}
    yield from (f"function {known.functions[oid]}" for oid in oids["function"] if oid in known.functions)
    yield from (f"operator {known.operators[oid]}" for oid in oids["operator"] if oid in known.operators)
    yield from (f"type {name}" for oid in oids["type"] for name in known.types.get(oid, ()))
    relations = [known.relations[known.relation_names[oid]] for oid in oids["relation"] if oid in known.relation_names]
    yield from (f"relation {each.name}" for each in relations)
    if oids["renamed"] or _takes_all(operation.sql):
        yield from (f"columns {each.name}" for each in relations)
    else:
        yield from columns_by_word(operation, relations)


def columns_by_word(operation: Operation, relations: Iterable[Relation]) -> Iterator[str]:
    """Name the columns of some relations that the text of a query, or of a rule of theirs, can mean."""
    found = list(relations)
    # Rules, a view's among them, name columns in their own text.
    words = _words(" ".join([operation.sql, *(each.rules for each in found)]))
    for each in found:
        yield from (f"column {each.name}.{column}" for column in each.columns if _words(column) <= words)


def _oids(trees: Sequence[Node]) -> dict[str, set[int]]:
    """Collect the oids that some trees name, by kind; `renamed` is not empty where an alias renames columns."""
    found: dict[str, set[int]] = defaultdict(set)
    for node in (node for tree in trees for node in tree.walk()):
        for field, value in node.fields.items():
            kind = _FIELDS.get(field)
            if kind is None:
                continue
            if isinstance(value, str):
                if value.isdigit() and int(value) >= _FIRST_OF_OTHERS:
                    found[kind].add(int(value))
            elif isinstance(value, list) and value[:1] == ["o"]:
                found[kind].update(int(each) for each in value[1:] if isinstance(each, str))
        if node.name == "CONST":
            found["relation"].update(_constant(node))
        elif node.name in ("RANGETBLENTRY", "RTE") and _renames(node):
            found["renamed"].add(1)
    return found


def _constant(node: Node) -> Iterator[int]:
    """Yield the relation that a literal of type regclass names, as nextval('…') has it."""
    kind, value = node.number("consttype"), node.fields.get("constvalue")
    if kind in _LOOKED_UP:
        raise _UnreadableError
    if kind == _REGCLASS and isinstance(value, str) and "[" in value:
        content = bytes(int(each) % 256 for each in value.split()[2:-1])
        yield int.from_bytes(content[:4], "little")


def _words(text: str) -> set[str]:
    """Cut a text into words, without regard to case; a name that needs quotes may be several words, or none."""
    return set(re.findall(r"\w+", text.lower()))


def _takes_all(sql: str) -> bool:
    """Tell whether a text may mean columns that it does not name: a star, an INSERT, NATURAL, escaped or cut names."""
    words = _words(sql)
    if words & _ALL_COLUMNS or any(len(each.encode()) > _LONGEST for each in words):
        return True
    if "*" not in sql and "&" not in sql:
        return False
    before = ""
    for token in scan(sql, Path()):
        text = sql[token.start : token.end].lower()
        if token.kind in BLANK:
            continue
        # A product has an operand before the star, and count(*) a parenthesis.
        if (text == "*" and before in _BEFORE_STAR) or (text == "&" and before == "u"):
            return True
        before = text
    return False


def _renames(entry: Node) -> bool:
    """Tell whether an alias in FROM gives columns other names: `FROM attune.pack AS p (number, code)`."""
    alias = entry.node("alias")
    # The reader of trees drops a list of names, and keeps that there is none.
    return alias is not None and entry.number("rtekind") in _NAMED and "colnames" not in alias.fields
