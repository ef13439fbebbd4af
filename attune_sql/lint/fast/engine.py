"""One file's text → findings, through libpg_query. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from attune_sql.errors import SourceError
from attune_sql.findings.finding import Finding
from attune_sql.lint.codes import BY_CODE
from attune_sql.lint.fast import secrets
from attune_sql.lint.fast.library import Node, ParserError, parse
from attune_sql.lint.fast.rules import IN_BODIES, RULES
from attune_sql.lint.fast.text import Text
from attune_sql.lint.fast.violation import Edit, Violation
from attune_sql.lint.fast.walk import Walk, walk
from attune_sql.lint.names import SchemaNames, names_in, temporary_names
from attune_sql.lint.noqa import Silence
from attune_sql.lint.settings import LintSettings
from attune_sql.lint.text.body import Body as WholeText
from attune_sql.lint.text.checks import CHECKS
from attune_sql.lint.text.header import operations_of
from attune_sql.location import Location
from attune_sql.source.header import is_name_line

if TYPE_CHECKING:
    from attune_sql.lint.fast.bodies import Body

UNREADABLE = "PRS"
"""The code of what PostgreSQL's grammar refuses; sqlfluff's own."""

_NAME_LINE = re.compile(r"^[ \t]*(--[ \t]*name[ \t]*:.*)$", re.MULTILINE | re.IGNORECASE)
_WORD = re.compile(r"""[\w$."]+|'(?:[^']|'')*'|:\w+|\S""")
_PREFIX = frozenset({"AT01", "AT02", "AT03", "AT04"})


class Mend(NamedTuple):
    """A change that mends a finding: `text[start:end]` of the file becomes `new`."""

    start: int
    end: int
    new: str


class Found(NamedTuple):
    """A finding and the change that mends it, or None."""

    finding: Finding
    mend: Mend | None = None


def is_query_file(text: str) -> bool:
    """Tell a query file, which has name lines, from a migration or a script."""
    return any(is_name_line(each[1]) for each in _NAME_LINE.finditer(text))


def count_operations(text: str) -> int:
    """Count the name lines of a file, which need not be read as operations."""
    return sum(is_name_line(each[1]) for each in _NAME_LINE.finditer(text))


def lint(path: Path, text: str, settings: LintSettings, names: SchemaNames) -> list[Found]:
    """Apply every rule that one file can break, in the order of its lines; `-- noqa` comments are honoured.

    `names` are those of the migrations; a script that creates more knows its own as well.
    """
    found = list(_text_rules(path, text, settings))
    if is_query_file(text) or settings.is_query_folder(path):
        found += _of_queries(path, text, settings, names)
    else:
        found += _of_script(path, text, names | names_in([text], names.schema))
    silence = Silence.of_text(text)
    kept = {
        (each.finding.location.line, each.finding.location.column, each.finding.rule, each.finding.message): each
        for each in found
        if not silence.covers(each.finding.rule, each.finding.location.line)
    }
    return [kept[key] for key in sorted(kept)]


def mended(text: str, found: Iterable[Found]) -> str:
    """Apply the changes that mend findings; where two of them overlap, only the first."""
    end = 0
    pieces: list[str] = []
    for mend in sorted({each.mend for each in found if each.mend}, key=lambda each: (each.start, each.end)):
        if mend.start >= end:
            pieces += (text[end : mend.start], mend.new)
            end = mend.end
    return "".join([*pieces, text[end:]])


def _text_rules(path: Path, text: str, settings: LintSettings) -> Iterator[Found]:
    whole = WholeText.read(text, path, settings)
    for code, check in CHECKS.items():
        for each in check(whole):
            yield Found(_finding(code, Location.at(path, text, each.start, each.end), each.message, each.help))


def _of_queries(path: Path, text: str, settings: LintSettings, names: SchemaNames) -> Iterator[Found]:
    try:
        operations = operations_of(text, path)
    except SourceError:
        # What is wrong with the header or the parameters is said by the rules over the text.
        return
    for operation in operations:
        sql = Text.of_operation(operation)
        try:
            statements = parse(operation.sql)
        except ParserError as error:
            yield _refused(sql, error)
            continue
        yield from _walked(statements, sql, names, frozenset())
        for location, message in secrets.find(operation, statements, settings.secret_columns):
            yield Found(_finding("AT17", location, message, "leave it out: who needs it asks for one row"))


def _of_script(path: Path, text: str, names: SchemaNames) -> Iterator[Found]:
    whole = Text.of_file(path, text)
    try:
        statements = parse(text)
    except ParserError as error:
        yield _refused(whole, error)
        return
    # Only here and below: query files, most of what is linted, have no bodies.
    from attune_sql.lint.fast.bodies import bodies, transition_tables

    temporary = temporary_names(text)
    yield from _walked(statements, whole, names, temporary)
    for body in bodies(statements, whole):
        yield from _of_body(body, names, temporary | transition_tables(statements))


def _of_body(body: Body, names: SchemaNames, temporary: frozenset[str]) -> Iterator[Found]:
    from attune_sql.lint.fast import plpgsql

    try:
        pieces = [body.text] if body.language == "sql" else list(plpgsql.pieces(body, names.relations))
    except (ParserError, SourceError) as error:
        yield _not_read(body.text, error.message)
        return
    for piece in pieces:
        try:
            statements = parse(piece.sql)
        except ParserError as error:
            yield _not_read(piece, error.message, error.offset)
            continue
        walked = Walk(names, piece.sql.encode(), temporary | temporary_names(body.text.sql))
        for violation in walk(statements, walked, IN_BODIES):
            inside = violation._replace(code="MG04") if violation.code in _PREFIX else violation
            yield _placed(inside, piece)


def _walked(statements: list[Node], text: Text, names: SchemaNames, temporary: frozenset[str]) -> Iterator[Found]:
    for violation in walk(statements, Walk(names, text.sql.encode(), temporary), RULES):
        yield _placed(violation, text)


def _placed(violation: Violation, text: Text) -> Found:
    start = text.offset(violation.start)
    word = _WORD.match(text.whole, start)
    location = Location.at(text.path, text.whole, start, word.end() if word else start + 1)
    finding = _finding(violation.code, location, violation.message, violation.help)
    return Found(finding, _mend(violation.edit, text) if violation.edit else None)


def _mend(edit: Edit, text: Text) -> Mend:
    return Mend(text.offset(edit.start), text.offset(edit.end), edit.text)


def _finding(code: str, location: Location, message: str, help: str | None = None) -> Finding:
    return Finding(code, location, message, help, BY_CODE[code].severity)


def _refused(text: Text, error: ParserError) -> Found:
    start = text.offset(error.offset)
    word = _WORD.match(text.whole, start)
    location = Location.at(text.path, text.whole, start, word.end() if word else start + 1)
    return Found(Finding(UNREADABLE, location, error.message, "PostgreSQL's parser goes no further here"))


def _not_read(text: Text, message: str, offset: int = 0) -> Found:
    start = text.offset(offset)
    return Found(
        Finding(
            UNREADABLE,
            Location.at(text.path, text.whole, start, start + 1),
            f"this body cannot be read here, so the names in it are not checked: {message}",
            level="note",
        )
    )
