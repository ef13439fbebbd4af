"""AT07: a header that is malformed, has no sentence, does not fit its query, or is not the only one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from attune_sql.errors import SourceError
from attune_sql.lint.text.body import Body, TextFinding
from attune_sql.source.operation import Operation, Operator
from attune_sql.source.parse import parse

_VERBS = {
    "find": {Operator.ROW},
    "list": {Operator.ROWS},
    "search": {Operator.ROWS},
    "count": {Operator.VALUE, Operator.ROWS},
    "exists": {Operator.VALUE},
    "create": {Operator.ROW, Operator.ROWS, Operator.RETURNING},
    "update": {Operator.ROW, Operator.ROWS},
    "delete": {Operator.AFFECTED},
}
_MEANS = {
    Operator.ROWS: "no operator (a list)",
    Operator.ROW: "^ (a row or None)",
    Operator.VALUE: "$ (a value)",
    Operator.AFFECTED: "! (a count)",
    Operator.RETURNING: "<! (the row that RETURNING gives)",
}
_WRITES = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE"})
_READS = frozenset({"SELECT", "TABLE", "VALUES"})
_OPERATOR = re.compile(r"[\^$!<*#]+\s*$")


@lru_cache(maxsize=4)
def operations_of(text: str, path: Path) -> tuple[Operation, ...]:
    """Read the operations of one file; kept for the files read last, which other rules read again."""
    return tuple(parse(text, path))


def find(body: Body) -> Iterator[TextFinding]:
    """Yield what is wrong with the header of a query file; other files have none and nothing wrong with it."""
    if not body.name_lines and not body.settings.is_query_folder(body.path):
        return
    try:
        operations = operations_of(body.text, body.path)
    except SourceError as error:
        start = _offset(body.text, error)
        length = error.location.length if error.location else 0
        yield TextFinding(start, start + max(length, 1), f"{error.message[0].upper()}{error.message[1:]}.", error.help)
        return
    for second in body.name_lines[1:]:
        yield TextFinding(second.start, second.end, "A second query stands in this file.", "give it a file of its own")
    operation, line = operations[0], body.name_lines[0]
    if not operation.sentence.strip():
        yield TextFinding(
            line.start,
            line.end,
            "The header says no sentence about what the query does.",
            "write one in a comment below the name line",
        )
    if body.path.suffix == ".sql" and len(operations) == 1 and operation.name != body.path.stem:
        yield TextFinding(
            line.start,
            line.end,
            f"The query {operation.name} stands in a file named {body.path.name}.",
            "give both the same name",
        )
    mark = _OPERATOR.search(body.part(line))
    start = line.start + mark.start() if mark else line.start
    if len(operations) == 1 and (misfit := _misfit(body, operation)):
        yield TextFinding(start, line.end, *misfit)


def _misfit(body: Body, operation: Operation) -> tuple[str, str] | None:
    """Say why the operator does not fit its query, and what to do about it."""
    operator = operation.operator
    if operator not in _MEANS:
        return None
    verb = operation.name.split("_")[0]
    fitting = _VERBS.get(verb, {operator})
    if operator not in fitting:
        expected = " or ".join(_MEANS[each] for each in Operator if each in fitting)
        said = f"{operation.name} has {_MEANS[operator]}, and {verb} calls for {expected}."
        return said, "take another operator, or a name that begins with another verb"
    outer = [word for word, depth in zip(body.words, body.depths, strict=True) if depth == 0]
    statement = next((word for word in outer if word in _WRITES | _READS), "")
    returns = statement in _READS or "RETURNING" in outer
    if operator is Operator.AFFECTED and returns:
        said = f"{operation.name} has {_MEANS[operator]}, and its {statement} returns rows."
        return said, "write ^, $ or no operator"
    if operator is not Operator.AFFECTED and statement in _WRITES and not returns:
        said = f"{operation.name} has {_MEANS[operator]}, and its {statement} returns nothing."
        return said, "add RETURNING, or write !"
    if operator is Operator.RETURNING and statement in _READS:
        said = f"{operation.name} has {_MEANS[operator]}, and its {statement} is no INSERT, UPDATE, DELETE or MERGE."
        return said, "write ^, $ or no operator"
    return None


def _offset(text: str, error: SourceError) -> int:
    if error.location is None:
        return 0
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: error.location.line - 1])) + error.location.column - 1
