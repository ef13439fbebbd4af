"""What the prefix rules share: is this name written with its schema, and what mends it."""

from __future__ import annotations

from pathlib import Path

from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.violation import Edit, Violation
from attune_sql.lint.fast.walk import Walk
from attune_sql.source.scan import BLANK, Kind, scan


def is_system(schema: str) -> bool:
    """Tell whether a schema is one of PostgreSQL's own, whose names may stand beside ours."""
    return schema.startswith("pg_") or schema == "information_schema"


def parts(names: list[Node]) -> list[str]:
    """Read a dotted name out of a list of String nodes."""
    return [each["String"]["sval"] for each in names if "String" in each]


def relation_parts(node: Node) -> list[str]:
    """Read the dotted name of a RangeVar, without its database."""
    return [node["schemaname"], node["relname"]] if "schemaname" in node else [node["relname"]]


def wrong(code: str, what: str, name: list[str], start: int, state: Walk, *, known: bool = True) -> Violation | None:
    """Judge a name that must carry the schema; the edit is there where the name is `known` to be one of the schema."""
    schema = state.names.schema
    if len(name) == 1:
        return Violation(
            code,
            start,
            f"the {what} {name[0]} has no schema",
            f"write {schema}.{name[0]}",
            Edit(start, start, f"{schema}.") if known else None,
        )
    if name[-2] == schema or is_system(name[-2]):
        return None
    return Violation(
        code, start, f"the {what} {'.'.join(name)} is not in the schema {schema}", f"use {schema}.{name[-1]}"
    )


def find(name: list[str], state: Walk) -> int:
    """Find the byte where a dotted name stands in the statement: some nodes of the tree have no place of their own."""
    start, end = state.statement
    text = state.sql[start:end].decode()
    tokens = [each for each in scan(text, Path("statement")) if each.kind not in BLANK]
    words = [_folded(text[each.start : each.end], each.kind) for each in tokens]
    sought = ".".join(name)
    for index, token in enumerate(tokens):
        dotted = "".join(words[index : index + 2 * len(name) - 1])
        if dotted == sought and words[index - 1] != "." and words[index + 2 * len(name) - 1 :][:1] != ["."]:
            return start + len(text[: token.start].encode())
    return start + len(text) - len(text.lstrip())


def _folded(word: str, kind: Kind) -> str:
    return word[1:-1].replace('""', '"') if kind is Kind.QUOTED_NAME else word.lower()
