"""One migration as the rules see it: its text and its statements. Values only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attune_sql.findings.finding import Finding
from attune_sql.lint.codes import BY_CODE
from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.rules.prefix import relation_parts
from attune_sql.lint.fast.text import Text
from attune_sql.lint.settings import LintSettings
from attune_sql.location import Location


@dataclass(frozen=True, slots=True)
class Migration:
    """A file of migrations and its parsed statements, each a `RawStmt`."""

    text: Text
    statements: tuple[Node, ...]

    @property
    def path(self) -> Path:
        """The file."""
        return self.text.path

    def kinds(self) -> Iterator[tuple[str, Node, int]]:
        """Yield each statement's kind, its node and the byte where it begins."""
        for raw in self.statements:
            kind, node = next(iter(raw["stmt"].items()))
            yield kind, node, raw.get("stmt_location", 0)

    def finding(self, code: str, byte: int, message: str, help: str) -> Finding:
        """Make a finding at the first word from a byte on; comments and blanks before a statement are stepped over."""
        start = _first_word(self.text.whole, self.text.offset(byte))
        end = start + len(self.text.whole[start:].split(None, 1)[0]) if start < len(self.text.whole) else start
        place = Location.at(self.path, self.text.whole, start, end)
        return Finding(code, place, message, help, BY_CODE[code].severity)


Check = Callable[[Migration, Sequence[Migration], LintSettings], Iterator[Finding]]
"""A rule: one migration, all of its folder (itself too) in their order, and the settings."""


def table_of(relation: Node) -> str:
    """Name a relation with its schema, where it has one."""
    return ".".join(relation_parts(relation))


def created_tables(migration: Migration) -> frozenset[str]:
    """Name the tables that a migration creates: nobody else can be waiting for them."""
    created = (node["relation"] for kind, node, _ in migration.kinds() if kind == "CreateStmt")
    return frozenset(table_of(each) for each in created)


def constraints(kind: str, node: Node) -> Iterator[tuple[str, Node, tuple[str, ...]]]:
    """Yield the constraints that CREATE TABLE or ALTER TABLE declares: table, constraint, and its own columns."""
    if kind not in ("CreateStmt", "AlterTableStmt"):
        return
    table = table_of(node["relation"])
    for element in [
        *node.get("tableElts", ()),
        *(each["AlterTableCmd"].get("def", {}) for each in node.get("cmds", ())),
    ]:
        column = element.get("ColumnDef", {})
        for each in column.get("constraints", ()):
            yield table, each["Constraint"], (column["colname"],)
        if constraint := element.get("Constraint"):
            yield table, constraint, _strings(constraint.get("fk_attrs") or constraint.get("keys") or ())


def _strings(nodes: Sequence[Any]) -> tuple[str, ...]:
    return tuple(each["String"]["sval"] for each in nodes)


def _first_word(text: str, start: int) -> int:
    while start < len(text):
        rest = text[start:]
        stripped = rest.lstrip(" \t\r\n;")
        start += len(rest) - len(stripped)
        if stripped.startswith("--"):
            start += len(stripped.partition("\n")[0])
        elif stripped.startswith("/*"):
            start += len(stripped.partition("*/")[0]) + 2
        else:
            break
    return start
