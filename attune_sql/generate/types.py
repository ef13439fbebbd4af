"""A type of PostgreSQL → the Python type that psycopg gives for it, and the one that a call takes for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attune_sql.describe.description import PgType
from attune_sql.generate.names import Imports

_BUILTIN = {
    "bigint": "int",
    "boolean": "bool",
    "bytea": "bytes",
    '"char"': "str",
    "character": "str",
    "character varying": "str",
    "double precision": "float",
    "integer": "int",
    "name": "str",
    "oid": "int",
    "real": "float",
    "smallint": "int",
    "text": "str",
    "void": "str",
    "xml": "str",
}
_FROM_MODULE = {
    "date": ("datetime", "date"),
    "interval": ("datetime", "timedelta"),
    "numeric": ("decimal", "Decimal"),
    "time without time zone": ("datetime", "time"),
    "time with time zone": ("datetime", "time"),
    "timestamp with time zone": ("datetime", "datetime"),
    "timestamp without time zone": ("datetime", "datetime"),
    "uuid": ("uuid", "UUID"),
}

Own = Callable[[str], str]
"""How a file spells a name of its rows."""


class Types:
    """Spells types for one file.

    `enums` are the aliases by PostgreSQL's name; `own` spells a name of the file of rows.
    """

    def __init__(self, imports: Imports, enums: Mapping[str, str], own: Own) -> None:
        self._imports = imports
        self._enums = enums
        self._own = own

    def result(self, types: tuple[PgType, ...], *, nullable: bool) -> str:
        """Spell what a column yields; more than one type makes a union."""
        return self._union([self._result(each) for each in types], nullable=nullable)

    def parameter(self, type: PgType, *, nullable: bool) -> str:
        """Spell what a call takes."""
        return self._union([self._parameter(type)], nullable=nullable)

    def list_of(self, text: str) -> str:
        """Spell a list."""
        return f"{self._imports.builtin('list')}[{text}]"

    def _union(self, texts: list[str], *, nullable: bool) -> str:
        anything = self._imports.builtin("object")
        if anything in texts:
            return anything
        return " | ".join([*dict.fromkeys(texts), *(["None"] if nullable else [])])

    def _result(self, type: PgType) -> str:
        if type.kind == "domain" and type.base:
            return self._result(type.base)
        if type.kind == "json":
            return self._own("JSON")
        if type.kind == "array" and type.element and self._is_known_to_psycopg(type.element):
            return self.list_of(self._result(type.element))
        return self._either(type, self._result)

    def _parameter(self, type: PgType) -> str:
        if type.kind == "domain" and type.base:
            return self._parameter(type.base)
        if type.kind == "json":
            return f"{self._own('JSONIn')} | {self._imports.member('psycopg.types.json', 'Jsonb')}"
        if type.kind == "array" and type.element:
            return f"{self._imports.member('collections.abc', 'Sequence')}[{self._parameter(type.element)}]"
        return self._either(type, self._parameter)

    def _either(self, type: PgType, inner: Callable[[PgType], str]) -> str:
        if type.kind == "enum" and type.name in self._enums:
            return self._own(self._enums[type.name])
        if type.kind == "range" and type.schema == "pg_catalog" and type.element:
            kind = "Multirange" if type.element.kind == "range" else "Range"
            bound = type.element.element if kind == "Multirange" else type.element
            if bound:
                return f"{self._imports.member(f'psycopg.types.{kind.lower()}', kind)}[{inner(bound)}]"
        if type.kind == "base" and type.name in _BUILTIN:
            return self._imports.builtin(_BUILTIN[type.name])
        if type.kind == "base" and type.name in _FROM_MODULE:
            return self._imports.module(*_FROM_MODULE[type.name])
        return self._imports.builtin("object")

    @staticmethod
    def _is_known_to_psycopg(element: PgType) -> bool:
        # The array of a type that was not registered on the connection arrives as one text, not as a list.
        return element.schema == "pg_catalog" and element.kind in ("base", "json", "range")
