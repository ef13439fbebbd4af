"""Peers that differ are found before any clock starts."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from benchmarks.agreement import Answers, DisagreementError, answers, committed, compare
from benchmarks.statements import COLUMNS, Statements, percent


def row(**changed: Any) -> tuple[Any, ...]:
    values = {**dict.fromkeys(COLUMNS), "id": 1, "config": {"n": 1}, "created": "now", "updated": "now", **changed}
    return tuple(values[name] for name in COLUMNS)


@pytest.mark.parametrize(
    ("operation", "rows", "message"),
    [
        ("get", [row(config={"n": 2})], "other, get: config is {'n': 2} instead of {'n': 1}"),
        ("get", [row(id=2)], "other, get: id is 2 instead of 1"),
        ("get", [], "other, get: 0 rows instead of 1"),
        ("insert, committed", [row(id=2)], "other, insert, committed: id is 2 instead of 1"),
    ],
)
def test_a_difference_is_named(operation: str, rows: list[tuple[Any, ...]], message: str) -> None:
    with pytest.raises(DisagreementError) as raised:
        compare({"psycopg_tuples": {operation: [row()]}, "other": {operation: rows}})
    assert str(raised.value) == message


def test_the_order_of_a_list_counts_and_that_of_a_bulk_insert_does_not() -> None:
    two, turned = [row(id=1), row(id=2)], [row(id=2), row(id=1)]
    compare({"psycopg_tuples": {"bulk 1000": two}, "other": {"bulk 1000": turned}})
    with pytest.raises(DisagreementError):
        compare({"psycopg_tuples": {"list 100": two}, "other": {"list 100": turned}})


class Peer:
    """A peer whose table has one row."""

    def begin(self) -> None:
        """Begin."""

    def rollback(self) -> None:
        """End."""

    def list(self, limit: int) -> list[tuple[Any, ...]]:
        return [row(id=9)]

    def values(self, found: tuple[Any, ...]) -> tuple[Any, ...]:
        return found


def test_what_the_server_draws_anew_is_not_compared_and_must_be_there() -> None:
    peer: Any = Peer()
    found = answers(peer, {"insert": lambda n: row(id=7), "load 1000": lambda n: None}, lambda call: call())
    drawn = {"id": "drawn", "created": "drawn", "updated": "drawn"}
    assert found == {"insert": [row(**drawn)], "load 1000": [row(**drawn)]}
    forgotten = answers(peer, {"insert": lambda n: row(id=None)}, lambda call: call())
    with pytest.raises(DisagreementError):
        compare({"psycopg_tuples": {"insert": found["insert"]}, "other": forgotten})


CONFIG = {"n": 1}


class Writer:
    """A peer that adds a row, and tells the truth or not."""

    lacks: frozenset[str] = frozenset()

    def __init__(self, dsn: str, *, autocommit: bool = True, told: dict[str, Any] = CONFIG) -> None:
        self.conn = psycopg.connect(dsn, autocommit=autocommit)
        self.told = told

    def add(self, n: int) -> tuple[Any, ...]:
        found = self.conn.execute(Statements(percent).insert, (None, "bench.check", Jsonb(CONFIG))).fetchone()
        assert found is not None
        return tuple(self.told if name == "config" else value for name, value in zip(COLUMNS, found, strict=True))

    def values(self, found: tuple[Any, ...]) -> tuple[Any, ...]:
        return found


def seen_by_others(peer: Any, dsn: str) -> Answers:
    with psycopg.connect(dsn, autocommit=True) as other:
        return committed("writer", peer, {"insert, committed": peer.add}, lambda call: call(), other)


def test_a_unit_of_work_is_what_others_see(clone_dsn: str) -> None:
    with (writer := Writer(clone_dsn)).conn:
        (values,) = seen_by_others(writer, clone_dsn)["insert, committed"]
        assert dict(zip(COLUMNS, values, strict=True))["config"] == CONFIG


@pytest.mark.parametrize(("autocommit", "told"), [(False, CONFIG), (True, {"n": 2})], ids=["uncommitted", "untrue"])
def test_a_unit_of_work_that_others_do_not_see_is_refused(
    clone_dsn: str, autocommit: bool, told: dict[str, Any]
) -> None:
    writer = Writer(clone_dsn, autocommit=autocommit, told=told)
    with writer.conn, pytest.raises(DisagreementError, match="writer, insert, committed: what is returned is not what"):
        seen_by_others(writer, clone_dsn)


def test_the_next_peer_finds_something_to_write(clone_dsn: str) -> None:
    with (writer := Writer(clone_dsn)).conn as conn:
        seen_by_others(writer, clone_dsn)
        assert conn.execute("SELECT status::text, result FROM attune.execution").fetchall() == [("running", None)]
