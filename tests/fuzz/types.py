"""The types that queries are made of, by short names, and their literals: few and often equal, so that rows meet."""

from __future__ import annotations

import random

TYPES = {
    "int": "integer",
    "big": "bigint",
    "num": "numeric",
    "float": "double precision",
    "text": "text",
    "bool": "boolean",
    "json": "jsonb",
    "ints": "integer[]",
    "mood": "f.mood",
    "pair": "f.pair",
    "ts": "timestamp",
    "span": "int4range",
}

VALUES = {
    "int": ("0", "1", "2", "3", "-1"),
    "big": ("0", "1", "2", "3"),
    "num": ("0", "1", "1.0", "1.00", "NaN"),
    "float": ("0", "-0", "1.5", "NaN", "Infinity"),
    "text": ("", "a", "A", "b", "a "),
    "bool": ("true", "false"),
    "json": ("{}", '{"k": null}', '{"k": 1}', '{"k": "a"}', "[1, null]", "null", '"a"'),
    "ints": ("{}", "{1}", "{1,2}", "{1,NULL}", "{NULL}"),
    "mood": ("sad", "ok", "happy"),
    "pair": ("(1,a)", "(1,)", "(,)"),
    "ts": ("2020-01-01", "2020-02-29 12:00", "infinity", "-infinity"),
    "span": ("empty", "(,)", "[1,3)", "(,2)"),
}


def literal(dice: random.Random, type: str) -> str:
    """Write a literal that is not NULL."""
    return f"'{dice.choice(VALUES[type])}'::{TYPES[type]}"
