"""A type → a value of it as PostgreSQL reads it: usual ones, and those that queries forget. Pure."""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Sequence

from attune_sql.describe.description import PgType
from attune_sql.prove.hints import NUMBERS, TEXTS

# What hangs on the time is found out a little before it and after it.
_DAYS = ("yesterday", "tomorrow", "2020-02-29", "2000-01-01", "2100-01-01", "infinity", "-infinity")
_TIMESTAMPS = ("now", "now", "2019-12-31 23:59:59.999999", *_DAYS)
_SOME: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(TEXTS, ("a", "b", "", "ab", "core.a", "É", "1", "x y")),
    **dict.fromkeys(NUMBERS, ("1", "2", "3", "0", "10", "-1", "100")),
    "boolean": ("true", "false"),
    "real": ("1", "0", "-1.5", "NaN", "Infinity"),
    "double precision": ("1", "0", "-1.5", "NaN", "Infinity"),
    "numeric": ("1", "0", "2.5", "-1", "NaN"),
    "oid": ("1", "2"),
    "money": ("1", "0"),
    "date": _DAYS,
    "timestamp without time zone": _TIMESTAMPS,
    "timestamp with time zone": _TIMESTAMPS,
    "time without time zone": ("00:00:00", "12:30:00", "24:00:00"),
    "time with time zone": ("00:00:00+00", "12:30:00+02"),
    "interval": ("1 hour", "1 day", "0", "10 years", "-1 day"),
    "uuid": ("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000001"),
    "json": ("{}", "[]", "null", '{"a": null}', '{"a": 1, "b": "x"}', '[1, null, "x"]', '"s"', "1"),
    "jsonb": ("{}", "[]", "null", '{"a": null}', '{"a": 1, "b": "x"}', '[1, null, "x"]', '"s"', "1"),
    "bytea": ("\\x", "\\x00ff"),
    "inet": ("127.0.0.1", "::1", "10.0.0.0/8"),
    "cidr": ("10.0.0.0/8", "::/0"),
    "macaddr": ("08:00:2b:01:02:03",),
    "macaddr8": ("08:00:2b:01:02:03:04:05",),
    "bit": ("0", "1"),
    "bit varying": ("", "101"),
    "xml": ("<a/>",),
    "point": ("(0,0)", "(1,2)"),
    "line": ("{1,2,3}",),
    "lseg": ("[(0,0),(1,1)]",),
    "box": ("(1,1),(0,0)",),
    "path": ("((0,0),(1,1))",),
    "polygon": ("((0,0),(1,1),(1,0))",),
    "circle": ("<(0,0),1>",),
    "tsvector": ("", "'a' 'b'"),
    "tsquery": ("'a'",),
    "jsonpath": ("$", "$.a"),
    "pg_lsn": ("0/0", "1/1"),
}
_OTHER = ("1", "a", "")
_SPECIAL = re.compile(r'[\s,(){}"\\]')


def draw(type: PgType, dice: random.Random, *, wide: bool = False, depth: int = 0) -> str:
    """Draw a value of a type as text; `wide` for one that hardly comes twice, where the type has room for it."""
    match type.kind:
        case "enum" if type.labels:
            return dice.choice(type.labels)
        case "domain" if type.base is not None:
            return draw(type.base, dice, wide=wide, depth=depth)
        case "array" if type.element is not None:
            element = type.element
            length = dice.choice((0, 1, 1, 2)) if depth < 2 else 0
            return array([_maybe(element, dice, depth, wide) for _ in range(length)])
        case "composite" if type.fields:
            return f"({','.join(_part(_maybe(each, dice, depth, wide)) for _, each in type.fields)})"
        case "range" if type.element is not None:
            return _range(type, type.element, dice, depth)
    return _wide(type.name, dice) if wide else dice.choice(_SOME.get(type.name, _OTHER))


def array(elements: Sequence[str | None]) -> str:
    """Write the text of an array, with every element quoted."""
    return f"{{{','.join('NULL' if each is None else _quoted(each) for each in elements)}}}"


def _maybe(type: PgType, dice: random.Random, depth: int, wide: bool) -> str | None:
    if not type.not_null and dice.random() < 0.25:
        return None
    return draw(type, dice, wide=wide, depth=depth + 1)


def _part(value: str | None) -> str:
    return "" if value is None else _quoted(value)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _range(type: PgType, element: PgType, dice: random.Random, depth: int) -> str:
    if element.kind == "range":  # a multirange, of ranges
        return dice.choice(("{}", f"{{{draw(element, dice, depth=depth + 1)}}}"))
    low = draw(element, dice, depth=depth + 1)
    return dice.choice(("empty", "(,)", f"[{_bound(low)},)", f"(,{_bound(low)}]", f"[{_bound(low)},{_bound(low)}]"))


def _bound(value: str) -> str:
    return _quoted(value) if _SPECIAL.search(value) or not value else value


def _wide(name: str, dice: random.Random) -> str:
    # A varchar(3) has room for less than an integer.
    number = dice.randrange(1, dice.choice((90, 30_000)))
    if name in TEXTS:
        return f"{dice.choice('abcxyz')}{number}"
    if name in NUMBERS or name in ("oid", "money"):
        return str(number)
    if name == "uuid":
        return str(uuid.UUID(int=dice.getrandbits(128)))
    if name == "date" or name.startswith("timestamp"):
        return f"{2000 + number % 100}-{1 + number % 12:02}-{1 + number % 28:02}"
    if name in ("json", "jsonb"):
        return str(number)
    if name == "inet":
        return f"10.{dice.randrange(256)}.{dice.randrange(256)}.{dice.randrange(256)}"
    return dice.choice(_SOME.get(name, _OTHER))
