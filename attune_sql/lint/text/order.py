"""AT09: a list in no certain order or without a limit. AT10: a parameter as sort key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from attune_sql.lint.text.body import Body, TextFinding

_NAME = re.compile(r"--\s*name\s*:\s*(?P<name>(?:list|search)(?:_\w+)?)\b")
_ENDS_KEYS = frozenset(
    {
        "LIMIT",
        "OFFSET",
        "FETCH",
        "FOR",
        ";",
        "ROWS",
        "RANGE",
        "GROUPS",
        "UNION",
        "INTERSECT",
        "EXCEPT",
        "RETURNING",
    }
)
_DIRECTION = frozenset({"ASC", "DESC", "NULLS", "FIRST", "LAST"})
# What is left of a key behind its parameter when it is nothing but the parameter with a cast.
_CAST = re.compile(r'(::[\w."]+(\([\d,]*\))?(\[\d*\])*)*')


def find_unordered_list(body: Body) -> Iterator[TextFinding]:
    """Yield for an operation `list…` or `search…` what its order and its limit lack.

    The outermost ORDER BY has to end in a column that the settings name as unique. LIMIT has to be by a parameter:
    always for `list` and `search…`, and wherever another list has one.
    """
    if len(body.name_lines) != 1 or not body.words:
        return
    match = _NAME.match(body.part(body.name_lines[0]))
    if match is None:
        return
    name = match["name"]
    orders = [keys for order, keys in _orders(body) if body.depths[order] == 0]
    if not orders:
        yield _at(body, _main(body), f"{name} has no ORDER BY: its rows come in any order.")
    else:
        last = orders[-1][-1]
        column = "".join(body.written[index] for index in last if body.words[index] not in _DIRECTION).lower()
        parts = column.rsplit(".", 2)
        if not {parts[-1], ".".join(parts[-2:])} & body.settings.unique_columns:
            unique = ", ".join(sorted(body.settings.unique_columns))
            start, end = body.code[last[0]].start, body.code[last[-1]].end
            yield TextFinding(start, end, f"ORDER BY of {name} does not end in a unique column ({unique}).")
    limits = [index for index, word in enumerate(body.words) if word == "LIMIT"]
    by_parameter = any(body.values.intersection(_until_clause(body, index)) for index in limits)
    if limits and not by_parameter:
        yield _at(body, limits[-1], f"LIMIT of {name} is not a parameter.")
    elif not limits and (name == "list" or name.startswith("search")):
        yield _at(body, _main(body), f"{name} has no LIMIT: it returns everything that there is.")


def find_parameter_key(body: Body) -> Iterator[TextFinding]:
    """Yield every key of an ORDER BY that is nothing but a parameter: all rows have the same one."""
    if not body.values:
        return
    for key in chain.from_iterable(keys for _, keys in _orders(body)):
        bare = [index for index in key if body.words[index] not in _DIRECTION]
        while len(bare) > 2 and body.words[bare[0]] == "(" and body.words[bare[-1]] == ")":
            bare = bare[1:-1]
        words = [body.words[index] for index in bare]
        if words[:2] == ["CAST", "("] and words[-1] == ")" and "AS" in words:
            bare = bare[2 : words.index("AS")]
        if bare and bare[0] in body.values and _CAST.fullmatch("".join(body.written[index] for index in bare[1:])):
            yield _at(body, bare[0], f"ORDER BY {body.written[bare[0]]} sorts by a constant, not by a column.")


def _at(body: Body, index: int, message: str) -> TextFinding:
    token = body.code[index]
    return TextFinding(token.start, token.end, message)


def _orders(body: Body) -> Iterator[tuple[int, list[list[int]]]]:
    """Yield the index of each ORDER and its keys."""
    for index, word in enumerate(body.words):
        if word == "ORDER" and body.word(index + 1) == "BY" and (keys := _keys(body, index)):
            yield index, keys


def _keys(body: Body, order: int) -> list[list[int]]:
    """Return the indices of the words of each key of the ORDER BY at an index."""
    keys: list[list[int]] = [[]]
    depth = body.depths[order]
    for index in range(order + 2, len(body.words)):
        word = body.words[index]
        if body.depths[index] < depth or (body.depths[index] == depth and word in _ENDS_KEYS):
            break
        if body.depths[index] == depth and word == ",":
            keys.append([])
        else:
            keys[-1].append(index)
    return [key for key in keys if key]


def _until_clause(body: Body, limit: int) -> Iterator[int]:
    depth = body.depths[limit]
    for index in range(limit + 1, len(body.words)):
        if body.depths[index] < depth or (body.depths[index] == depth and body.words[index] in ("OFFSET", "FOR", ";")):
            return
        yield index


def _main(body: Body) -> int:
    """Return the index of the outermost SELECT, or of the first word."""
    outer = (index for index, depth in enumerate(body.depths) if depth == 0)
    return next((index for index in outer if body.words[index] in ("SELECT", "TABLE", "VALUES")), 0)
