"""Cuts the text of a migration into statements, and names those that a migration cannot hold.

The text itself is sent whole: what is found here decides only refusals and where an error is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from attune_sql.errors import MigrationError, SourceError
from attune_sql.location import Location
from attune_sql.source.scan import BLANK, Kind, Token, scan

NO_TRANSACTION = "-- attune: no-transaction"

_CONTROL = {
    "BEGIN": "opens a transaction of its own",
    "START": "opens a transaction of its own",
    "COMMIT": "ends the transaction of the migration",
    "END": "ends the transaction of the migration",
    "ROLLBACK": "ends the transaction of the migration",
    "ABORT": "ends the transaction of the migration",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: `text[start:end]` in 0-based character offsets, and its bare words in upper case."""

    start: int
    end: int
    words: tuple[str, ...]


def split(text: str, path: Path) -> tuple[Statement, ...]:
    """Cut `text` at its top-level semicolons; comments and empty statements are left out.

    Raises MigrationError for a string, quote or comment that never ends, and for a command of psql.
    """
    try:
        tokens = [token for token in scan(text, path) if token.kind not in BLANK]
    except SourceError as error:
        raise MigrationError(error.message, location=error.location, help=error.help, rule=error.rule) from None
    for token in tokens:
        if text[token.start : token.end] == "\\":
            raise MigrationError(
                "a command of psql cannot be used in a migration",
                location=Location.at(path, text, token.start, token.end),
                help="write it as SQL: the server runs the file, not psql",
                rule="psql",
            )
    return tuple(_cut(text, tokens))


def _cut(text: str, tokens: list[Token]) -> Iterator[Statement]:
    held: list[Token] = []
    words: list[str] = []
    brackets = blocks = 0
    for token in tokens:
        if token.kind is Kind.SEMICOLON and not brackets and not blocks:
            if held:
                yield Statement(held[0].start, held[-1].end, tuple(words))
            held, words = [], []
            continue
        held.append(token)
        part = text[token.start : token.end].upper()
        brackets = max(brackets + {"(": 1, ")": -1}.get(part, 0), 0)
        if token.kind is Kind.WORD:
            words.append(part)
            # The body of a routine in plain SQL, BEGIN ATOMIC … END, has semicolons of its own: counted as psql does.
            if _creates_routine(words) and not brackets:
                if part == "BEGIN" or (part == "CASE" and blocks):
                    blocks += 1
                elif part == "END" and blocks:
                    blocks -= 1
    if held:
        yield Statement(held[0].start, held[-1].end, tuple(words))


def _creates_routine(words: list[str]) -> bool:
    kind = words[3:4] if words[1:3] == ["OR", "REPLACE"] else words[1:2]
    return words[0] == "CREATE" and kind in (["FUNCTION"], ["PROCEDURE"])


def mistakes(text: str, path: Path, statements: tuple[Statement, ...], transaction: bool) -> Iterator[MigrationError]:
    """Yield what the runner refuses in a text before any of it runs."""
    if not statements:
        yield MigrationError(
            "the migration holds no statement",
            location=Location(path, 1),
            help="write its SQL, or delete the file",
            rule="empty",
        )
    for statement in statements:
        at = Location.at(path, text, statement.start, statement.end)
        first, rest = (*statement.words[:1], ""), statement.words[1:]
        if effect := _transaction_control(first[0], rest):
            yield MigrationError(
                f"{first[0]} {effect}",
                location=at,
                help="leave it out: a file and its row in the ledger are committed together, or not at all",
                rule="transaction",
            )
        if first[0] == "COPY" and {"STDIN", "STDOUT"} & set(rest):
            yield MigrationError(
                "COPY to or from the client cannot be used in a migration",
                location=at,
                help="INSERT the rows",
                rule="copy",
            )
    if not transaction and len(statements) > 1:
        yield MigrationError(
            f"a migration outside a transaction holds exactly one statement, this one has {len(statements)}",
            location=Location.at(path, text, statements[1].start, statements[1].end),
            help="give each statement a file of its own",
            rule="no-transaction",
        )


def _transaction_control(first: str, rest: tuple[str, ...]) -> str | None:
    if first == "PREPARE" and rest[:1] == ("TRANSACTION",):
        return "TRANSACTION ends the transaction of the migration"
    if first == "ROLLBACK" and "TO" in rest:
        return None
    return _CONTROL.get(first)
