"""SQL → PostgreSQL's own analysis of it: the query tree after views and rules are put in, read off the wire.

`debug_print_rewritten` makes the server send the tree as a message while it prepares a statement; nothing is executed.
The same text goes to the server's log, so this is for scratch servers. Source: PostgreSQL manual, "Error Reporting and
Logging", debug_print_rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg import Connection
from psycopg.errors import Diagnostic, ProgrammingError
from psycopg.pq import ExecStatus

from attune_sql.describe.query_tree import Node, read
from attune_sql.source.scan import BLANK, Token, scan


class Printed:
    """The trees that the server has sent and nobody has taken yet."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def hear(self, diagnostic: Diagnostic) -> None:
        """Keep a message's tree; psycopg's diagnostic is only valid while it is being handled."""
        detail = diagnostic.message_detail
        if detail and (detail.startswith("(") or detail == "<>"):
            self._texts.append(detail)

    def take(self, sql: str) -> list[Node]:
        """Return the tree of the statement `sql` that was prepared last, and forget all; empty when there is none."""
        texts, self._texts = self._texts, []
        return placed(read(texts[-1]), sql) if texts else []


@contextmanager
def printing(conn: Connection[Any]) -> Iterator[Printed]:
    """Have every statement that is prepared inside send its tree; the settings end with the surrounding savepoint."""
    printed = Printed()
    with conn.transaction(force_rollback=True):
        conn.execute(
            "SELECT pg_catalog.set_config('debug_pretty_print', 'off', true),"
            " pg_catalog.set_config('debug_print_rewritten', 'on', true),"
            " pg_catalog.set_config('client_min_messages', 'log', true)",
            prepare=False,
        )
        conn.add_notice_handler(printed.hear)
        try:
            yield printed
        finally:
            conn.remove_notice_handler(printed.hear)


def rewritten(conn: Connection[Any], sql: str) -> list[Node]:
    """Return the rewritten query tree of one statement with `$n` parameters: several nodes where rules say so.

    Locations are character offsets into `sql`, and a JOINEXPR has the one of its word JOIN. Raises psycopg's error for
    what PostgreSQL rejects.
    """
    with printing(conn) as printed:
        result = conn.pgconn.prepare(b"", sql.encode(conn.info.encoding))
        if result.status != ExecStatus.COMMAND_OK:
            raise ProgrammingError(result.error_message.decode(conn.info.encoding, "replace"))
        return printed.take(sql)


def placed(trees: list[Node], sql: str) -> list[Node]:
    """Turn the byte offsets of a tree into character offsets, and give each join the place of its word JOIN."""
    nodes = [node for tree in trees for node in tree.walk()]
    if not sql.isascii():
        encoded = sql.encode()
        for node in nodes:
            if node.location > 0:
                node.location = len(encoded[: node.location].decode(errors="ignore"))
    joins = [node for node in nodes if node.name == "JOINEXPR" and node.number("jointype")]
    if joins:
        tokens = [token for token in scan(sql, Path()) if token.kind not in BLANK]
        for join in joins:
            join.location = _join_place(join, sql, tokens)
    return trees


def _join_place(join: Node, sql: str, tokens: Sequence[Token]) -> int:
    """Find the first word of the join whose ON clause stands at the condition: LEFT, RIGHT, FULL; -1 for none.

    The tree has no place for a join. Going back from its condition, over what stands in parentheses and over joins with
    conditions of their own, the first word JOIN is the one.
    """
    condition = join.node("quals")
    places = [node.location for node in condition.walk() if node.location >= 0] if condition else []
    if not places:
        return -1
    end = next((index for index, token in enumerate(tokens) if token.start >= min(places)), len(tokens))
    words = [sql[token.start : token.end].upper() for token in tokens[:end]]
    index = _back_to("ON", words, len(words) - 1)
    index = _back_to_join(words, index - 1)
    while index > 0 and words[index - 1] in ("LEFT", "RIGHT", "FULL", "OUTER"):
        index -= 1
    return tokens[index].start if index >= 0 else -1


def _back_to(word: str, words: Sequence[str], index: int) -> int:
    while index >= 0 and words[index] != word:
        index -= 1
    return index


def _back_to_join(words: Sequence[str], index: int) -> int:
    depth = pending = 0
    while index >= 0:
        word = words[index]
        if word == ")":
            depth += 1
        elif word == "(":
            depth -= 1
            if depth < 0:
                return -1
        elif depth == 0 and word in ("ON", "USING"):
            pending += 1
        elif depth == 0 and word == "JOIN" and (index == 0 or words[index - 1] not in ("CROSS", "NATURAL")):
            if pending == 0:
                return index
            pending -= 1
        index -= 1
    return -1
