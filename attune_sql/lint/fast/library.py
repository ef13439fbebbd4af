"""Calls libpg_query: SQL text → parse trees as JSON values. The only module that knows the C library.

The library is the one that the package `postgast` carries. Its Python layer builds protobuf classes at import, which
costs more than parsing all queries; the C interface with JSON is public: libpg_query, `pg_query.h`.
"""

from __future__ import annotations

import ctypes
import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from attune_sql.errors import AttuneSqlError

Node = dict[str, Any]
"""A node of the tree by the field names of PostgreSQL's `parsenodes.h`; fields with their default value are absent."""

_TRIGGER_VARIABLE = re.compile(r"(?<=[\[,])\{\}\}(?=[,\]])")
_FILES = ("libpg_query.so", "libpg_query.dylib", "pg_query.dll")


class ParserError(Exception):
    """SQL that PostgreSQL's grammar refuses: `message`, and `offset` in bytes of UTF-8 (0-based)."""

    def __init__(self, message: str, offset: int) -> None:
        self.message = message
        self.offset = offset
        super().__init__(message)


class LibraryError(AttuneSqlError):
    """The parser library that could not be loaded."""


class _Error(ctypes.Structure):
    _fields_ = (
        ("message", ctypes.c_char_p),
        ("funcname", ctypes.c_char_p),
        ("filename", ctypes.c_char_p),
        ("lineno", ctypes.c_int),
        ("cursorpos", ctypes.c_int),
        ("context", ctypes.c_char_p),
    )


class _Parsed(ctypes.Structure):
    _fields_ = (("tree", ctypes.c_char_p), ("stderr", ctypes.c_char_p), ("error", ctypes.POINTER(_Error)))


class _ParsedBody(ctypes.Structure):
    _fields_ = (("tree", ctypes.c_char_p), ("error", ctypes.POINTER(_Error)))


def parse(sql: str) -> list[Node]:
    """Parse statements into `RawStmt`s: `stmt`, `stmt_location` and `stmt_len` (bytes). Raises ParserError."""
    library = _library()
    result = library.pg_query_parse(sql.encode())
    try:
        _raise(result.error)
        statements: list[Node] = json.loads(result.tree).get("stmts", [])
        return statements
    finally:
        library.pg_query_free_parse_result(result)


def parse_plpgsql(create: str) -> list[Node]:
    """Parse the body of one CREATE FUNCTION or DO statement in PL/pgSQL; raises ParserError."""
    library = _library()
    result = library.pg_query_parse_plpgsql(create.encode())
    try:
        _raise(result.error)
        functions: list[Node] = json.loads(_repaired(result.tree.decode()))
        return functions
    finally:
        library.pg_query_free_plpgsql_parse_result(result)


def _repaired(tree: str) -> str:
    """Close what libpg_query writes wrongly: each of a trigger's own variables (TG_OP, …) becomes `{}}`."""
    datums, action, rest = tree.partition('"action":{')
    return _TRIGGER_VARIABLE.sub("{}", datums) + action + rest


def _raise(error: Any) -> None:
    if error:
        said = error.contents
        raise ParserError((said.message or b"unknown error").decode(), max(said.cursorpos - 1, 0))


@cache
def _library() -> ctypes.CDLL:
    spec = find_spec("postgast")
    folders = spec.submodule_search_locations or [] if spec else []
    path = next((each for folder in folders for name in _FILES if (each := Path(folder) / name).is_file()), None)
    if path is None:
        raise LibraryError("the fast lint needs the package postgast", help="pip install 'attune-sql[toolkit]'")
    library = ctypes.CDLL(str(path))
    library.pg_query_parse.argtypes = [ctypes.c_char_p]
    library.pg_query_parse.restype = _Parsed
    library.pg_query_free_parse_result.argtypes = [_Parsed]
    library.pg_query_free_parse_result.restype = None
    library.pg_query_parse_plpgsql.argtypes = [ctypes.c_char_p]
    library.pg_query_parse_plpgsql.restype = _ParsedBody
    library.pg_query_free_plpgsql_parse_result.argtypes = [_ParsedBody]
    library.pg_query_free_plpgsql_parse_result.restype = None
    return library
