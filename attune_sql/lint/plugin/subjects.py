"""What a CREATE, ALTER, DROP or COMMENT is about, read from its tokens: sqlfluff's trees of DDL differ by statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlfluff.core.parser import BaseSegment, RawSegment
from sqlfluff.core.rules import RuleContext

from attune_sql.lint.plugin.rule import above, leaves, start

_VERBS = frozenset({"CREATE", "ALTER", "DROP", "COMMENT"})
_MODIFIERS = frozenset(
    {"OR", "REPLACE", "UNLOGGED", "FOREIGN", "MATERIALIZED", "RECURSIVE", "IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY"}
    | {"UNIQUE", "CONSTRAINT", "ON"}
)
_TEMPORARY = frozenset({"TEMP", "TEMPORARY"})
_QUALIFIED = frozenset(
    {"TABLE", "VIEW", "TYPE", "DOMAIN", "FUNCTION", "PROCEDURE", "AGGREGATE", "SEQUENCE", "INDEX", "COLUMN"}
)
_ON_A_TABLE = frozenset({"TRIGGER", "POLICY", "RULE", "CONSTRAINT"})


@dataclass(frozen=True, slots=True)
class Subject:
    """One name that a statement is about: `kind` is TABLE, TYPE, …; `is_new` where the statement makes it."""

    kind: str
    name: tuple[RawSegment, ...]
    is_new: bool = False


def subjects(statement: BaseSegment) -> Iterator[Subject]:
    """Yield the objects of a statement that have to carry their schema, without the names that must not.

    The name of a new index, of a trigger, policy, rule or constraint has no schema: its table has. Temporary objects
    have none either.
    """
    tokens = leaves(statement)
    verb = tokens[0].raw_upper if tokens else ""
    if verb not in _VERBS:
        return
    index = _skip(tokens, 1, _MODIFIERS - {"CONSTRAINT"} | _TEMPORARY)
    kind = tokens[index].raw_upper if index < len(tokens) else ""
    is_new = verb == "CREATE"
    if is_new and any(each.raw_upper in _TEMPORARY for each in tokens[1:index]):
        return
    if kind in _ON_A_TABLE or (is_new and kind == "INDEX"):
        yield from _table_after_on(tokens, index + 1)
    elif kind in _QUALIFIED:
        yield from _listed(tokens, _skip(tokens, index + 1, _MODIFIERS), kind, is_new)
        yield from _owner(tokens, index)


def claimed(context: RuleContext) -> frozenset[int]:
    """Return the places of the names that AT04 looks at, or that must stay as they are: other rules pass them over."""
    statement = next((each for each in above(context) if each.is_type("statement")), None)
    if statement is None:
        return frozenset()
    tokens = leaves(statement)
    renamed = {
        start(after)
        for rename, to, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if (rename.raw_upper, to.raw_upper) == ("RENAME", "TO")
    }
    temporary = set[int]()
    if tokens and tokens[0].raw_upper == "CREATE" and any(each.raw_upper in _TEMPORARY for each in tokens[1:4]):
        index = _skip(tokens, 1, _MODIFIERS | _TEMPORARY | _QUALIFIED)
        temporary = {start(tokens[index])} if index < len(tokens) else set()
    return frozenset(start(subject.name[0]) for subject in subjects(statement)) | renamed | temporary


def _skip(tokens: list[RawSegment], index: int, words: frozenset[str]) -> int:
    while index < len(tokens) and tokens[index].raw_upper in words:
        index += 1
    return index


def _dotted(tokens: list[RawSegment], index: int) -> tuple[tuple[RawSegment, ...], int]:
    name: list[RawSegment] = []
    while index < len(tokens):
        name.append(tokens[index])
        index += 1
        if index >= len(tokens) or tokens[index].raw != ".":
            break
        index += 1
    return tuple(name), index


def _listed(tokens: list[RawSegment], index: int, kind: str, is_new: bool) -> Iterator[Subject]:
    name, index = _dotted(tokens, index)
    if name:
        yield Subject(kind, name, is_new)
    if tokens[0].raw_upper != "DROP":
        return
    depth = 0
    while index < len(tokens):
        depth += {"(": 1, ")": -1}.get(tokens[index].raw, 0)
        index += 1
        if tokens[index - 1].raw == "," and depth == 0:
            name, index = _dotted(tokens, index)
            if name:
                yield Subject(kind, name)


def _table_after_on(tokens: list[RawSegment], index: int) -> Iterator[Subject]:
    while index < len(tokens) and tokens[index].raw_upper != "ON":
        index += 1
    index = _skip(tokens, index + 1, frozenset({"ONLY", "TABLE"}))
    if index < len(tokens) and tokens[index].raw_upper != "DOMAIN":
        yield Subject("TABLE", _dotted(tokens, index)[0])


def _owner(tokens: list[RawSegment], index: int) -> Iterator[Subject]:
    for owned in range(index, len(tokens) - 2):
        if (tokens[owned].raw_upper, tokens[owned + 1].raw_upper) == ("OWNED", "BY"):
            if tokens[owned + 2].raw_upper != "NONE":
                yield Subject("COLUMN", _dotted(tokens, owned + 2)[0])
            return
