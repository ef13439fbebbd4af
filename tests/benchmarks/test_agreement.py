"""Peers that differ are found before any clock starts."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.agreement import DisagreementError, answers, compare
from benchmarks.statements import COLUMNS


def row(**changed: Any) -> tuple[Any, ...]:
    values = {**dict.fromkeys(COLUMNS), "id": 1, "config": {"n": 1}, "created": "now", "updated": "now", **changed}
    return tuple(values[name] for name in COLUMNS)


@pytest.mark.parametrize(
    ("operation", "rows", "message"),
    [
        ("get", [row(config={"n": 2})], "other, get: config is {'n': 2} instead of {'n': 1}"),
        ("get", [row(id=2)], "other, get: id is 2 instead of 1"),
        ("get", [], "other, get: 0 rows instead of 1"),
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
