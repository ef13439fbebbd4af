"""A type of PostgreSQL → the Python type that psycopg gives for it, and the one that a call takes for it.

What psycopg gives is what its own loaders give (psycopg manual, "Adaptation of data types"). A type that it has no
loader for arrives as PostgreSQL's text: composites and ranges of one's own, and such as `tsvector`. Arrays of types of
one's own are read as lists by the run time, where `rows.py` names them.
"""

from __future__ import annotations

from collections.abc import Mapping

from attune_sql.describe.description import PgType
from attune_sql.generate.names import Imports

_BUILTIN = {
    "bigint": "int",
    "boolean": "bool",
    "bytea": "bytes",
    "double precision": "float",
    "integer": "int",
    "oid": "int",
    "real": "float",
    "smallint": "int",
}
_FROM_MODULE = {
    "cidr": ("ipaddress", ("IPv4Network", "IPv6Network")),
    "date": ("datetime", ("date",)),
    "inet": ("ipaddress", ("IPv4Address", "IPv6Address", "IPv4Interface", "IPv6Interface")),
    "interval": ("datetime", ("timedelta",)),
    "numeric": ("decimal", ("Decimal",)),
    "time with time zone": ("datetime", ("time",)),
    "time without time zone": ("datetime", ("time",)),
    "timestamp with time zone": ("datetime", ("datetime",)),
    "timestamp without time zone": ("datetime", ("datetime",)),
    "uuid": ("uuid", ("UUID",)),
}
# What the server reads from these as well as from the type of the result.
_ALSO_TAKES = {"cidr": "str", "inet": "str", "numeric": "int"}

_NO_ARRAYS = frozenset({"cstring", "pg_snapshot"})
_TEXT = 25
"""The oid of text (pg_type.dat)."""

Tags = tuple[str, ...]
"""The Python types that a `@json` tag names, as dotted names; none where there is no tag."""


class Types:
    """Spells types for one file.

    `enums` are the aliases by PostgreSQL's name; `rows` is how the file spells the file of rows, with its dot.
    """

    def __init__(self, imports: Imports, enums: Mapping[str, str], rows: str = "") -> None:
        self._imports = imports
        self._enums = enums
        self._rows = rows

    def result(self, types: tuple[PgType, ...], tags: Tags, *, nullable: bool) -> str:
        """Spell what a column yields; more than one type makes a union."""
        return self._union([text for each in types for text in self._result(each, tags)], nullable=nullable)

    def parameter(self, type: PgType, tags: Tags, *, nullable: bool) -> str:
        """Spell what a call takes."""
        return self._union(self._parameter(type, tags), nullable=nullable)

    def list_of(self, text: str) -> str:
        """Spell a list."""
        return f"{self._imports.builtin('list')}[{text}]"

    def own(self, name: str) -> str:
        """Spell a name of the file of rows."""
        if self._rows:
            self._imports.member(".", "rows")
        return f"{self._rows}{name}"

    def _union(self, texts: list[str], *, nullable: bool = False) -> str:
        return " | ".join([*dict.fromkeys(texts), *(["None"] if nullable else [])])

    def _result(self, type: PgType, tags: Tags) -> list[str]:
        if type.kind == "domain" and type.base:
            return self._result(type.base, tags)
        if type.kind == "json":
            return self._tagged(tags) or [self.own("JSON")]
        if type.kind == "array" and type.element and (_has_loader(type) or element_oid(type)):
            return [self.list_of(self._union(self._result(type.element, tags)))]
        return self._plain(type)

    def _parameter(self, type: PgType, tags: Tags) -> list[str]:
        if type.kind == "domain" and type.base:
            return self._parameter(type.base, tags)
        if type.kind == "json":
            return self._tagged(tags) or [self.own("JSONIn"), self._imports.member("psycopg.types.json", "Jsonb")]
        if type.kind == "array" and type.element:
            return self._sequence(self._union(self._parameter(type.element, tags)))
        also = _ALSO_TAKES.get(type.name) if type.kind == "base" else None
        return [*self._plain(type), *([self._imports.builtin(also)] if also else [])]

    def _sequence(self, member: str) -> list[str]:
        text = self._imports.builtin("str")
        if member == text:
            # A str is a Sequence[str] itself: refs="core" would pass for a list.
            return [self.list_of(text), f"{self._imports.builtin('tuple')}[{text}, ...]"]
        return [f"{self._imports.member('collections.abc', 'Sequence')}[{member}]"]

    def _tagged(self, tags: Tags) -> list[str]:
        return [self._imports.module(*each.rsplit(".", 1)) for each in tags]

    def _plain(self, type: PgType) -> list[str]:
        if type.kind == "enum" and type.name in self._enums:
            return [self.own(self._enums[type.name])]
        if type.kind == "range" and type.schema == "pg_catalog" and type.element:
            kind = "Multirange" if type.element.kind == "range" else "Range"
            bound = type.element.element if kind == "Multirange" else type.element
            if bound:
                spelled = self._imports.member(f"psycopg.types.{kind.lower()}", kind)
                return [f"{spelled}[{self._union(self._plain(bound))}]"]
        if type.kind == "base" and type.name in _BUILTIN:
            return [self._imports.builtin(_BUILTIN[type.name])]
        if type.kind == "base" and type.name in _FROM_MODULE:
            module, names = _FROM_MODULE[type.name]
            return [self._imports.module(module, each) for each in names]
        if type.name in ("record", "record[]"):
            # Fields of types that only the query knows.
            row = f"{self._imports.builtin('tuple')}[{self._imports.member('typing', 'Any')}, ...]"
            return [row if type.name == "record" else self.list_of(row)]
        return [self._imports.builtin("str")]


def element_oid(type: PgType) -> int | None:
    """Tell as which type psycopg has to read the elements of an array that it does not know, or None."""
    inner = type.element if type.kind == "array" else None
    if inner is None or _has_loader(type):
        return None
    while inner.kind == "domain" and inner.base:
        inner = inner.base
    if _has_loader(inner):
        return inner.oid
    # The array of an extension's type may have a delimiter of its own.
    return None if inner.kind == "base" else _TEXT


def _has_loader(type: PgType) -> bool:
    if type.kind == "array" and type.element:
        return _has_loader(type.element) and type.element.name not in _NO_ARRAYS
    return type.schema == "pg_catalog" and type.kind in ("base", "json", "range")
