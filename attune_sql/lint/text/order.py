"""AT09: a list in no certain order or without a limit. AT10: a parameter as sort key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from attune_sql.lint.text.body import Body, TextFinding
from attune_sql.source.scan import Kind, Token

_NAME = re.compile(r"--\s*name\s*:\s*(?P<name>(?:list|search)(?:_\w+)?)\b")
_ENDS_KEYS = frozenset(
    {
        "LIMIT",
        "OFFSET",
        "FETCH",
        "FOR",
        ";",
        ")",
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
    if len(body.name_lines) != 1 or not body.code:
        return
    match = _NAME.match(body.part(body.name_lines[0]))
    if match is None:
        return
    name = match["name"]
    orders = [index for index, _ in _orders(body) if body.depths[index] == 0]
    anchor = body.code[_main(body)]
    if not orders:
        yield TextFinding(anchor.start, anchor.end, f"{name} has no ORDER BY: its rows come in any order.")
    else:
        last = _keys(body, orders[-1])[-1]
        column = "".join(body.part(each) for each in last if body.part(each).upper() not in _DIRECTION).lower()
        parts = column.rsplit(".", 2)
        if not {parts[-1], ".".join(parts[-2:])} & body.settings.unique_columns:
            unique = ", ".join(sorted(body.settings.unique_columns))
            yield TextFinding(
                last[0].start, last[-1].end, f"ORDER BY of {name} does not end in a unique column ({unique})."
            )
    limits = [index for index in range(len(body.code)) if body.word(index) == "LIMIT"]
    starts = {token.start for token in body.parameters}
    by_parameter = any(starts & {each.start for each in _until_clause(body, index)} for index in limits)
    if limits and not by_parameter:
        token = body.code[limits[-1]]
        yield TextFinding(token.start, token.end, f"LIMIT of {name} is not a parameter.")
    elif not limits and (name == "list" or name.startswith("search")):
        yield TextFinding(anchor.start, anchor.end, f"{name} has no LIMIT: it returns everything that there is.")


def find_parameter_key(body: Body) -> Iterator[TextFinding]:
    """Yield every key of an ORDER BY that is nothing but a parameter: all rows have the same one."""
    starts = {token.start for token in body.parameters}
    for key in chain.from_iterable(keys for _, keys in _orders(body)):
        bare = [each for each in key if body.part(each).upper() not in _DIRECTION]
        while len(bare) > 2 and body.part(bare[0]) == "(" and body.part(bare[-1]) == ")":
            bare = bare[1:-1]
        words = [body.part(each) for each in bare]
        if words[:2] in (["CAST", "("], ["cast", "("]) and words[-1] == ")" and "AS" in map(str.upper, words):
            bare = bare[2 : [word.upper() for word in words].index("AS")]
        if bare and bare[0].start in starts and _CAST.fullmatch("".join(body.part(each) for each in bare[1:])):
            name = body.part(bare[0])
            yield TextFinding(bare[0].start, bare[0].end, f"ORDER BY {name} sorts by a constant, not by a column.")


def _orders(body: Body) -> Iterator[tuple[int, list[list[Token]]]]:
    for index in range(len(body.code)):
        if body.word(index) == "ORDER" and body.word(index + 1) == "BY" and (keys := _keys(body, index)):
            yield index, keys


def _keys(body: Body, order: int) -> list[list[Token]]:
    """Return the keys of the ORDER BY at an index of `code`."""
    keys: list[list[Token]] = [[]]
    depth = body.depths[order]
    for index in range(order + 2, len(body.code)):
        if body.depths[index] < depth or (body.depths[index] == depth and body.word(index) in _ENDS_KEYS - {")"}):
            break
        if body.depths[index] == depth and body.word(index) == ",":
            keys.append([])
        else:
            keys[-1].append(body.code[index])
    return [key for key in keys if key]


def _until_clause(body: Body, limit: int) -> Iterator[Token]:
    depth = body.depths[limit]
    for index in range(limit + 1, len(body.code)):
        if body.depths[index] < depth or (body.depths[index] == depth and body.word(index) in ("OFFSET", "FOR", ";")):
            return
        yield body.code[index]


def _main(body: Body) -> int:
    """Return the index of the outermost SELECT, or of the first token."""
    outer = (index for index in range(len(body.code)) if body.depths[index] == 0 and body.code[index].kind is Kind.WORD)
    return next((index for index in outer if body.word(index) in ("SELECT", "TABLE", "VALUES")), 0)
