"""Several operations in one round trip: a typed result for each, and an error that says which one it was."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import psycopg
import pytest

import attune_sql
import attune_sql.aio
from attune_sql import queries


def test_each_operation_has_its_own_result(conn: psycopg.Connection[Any]) -> None:
    with attune_sql.pipeline(conn) as add:
        made = add(queries.pack.create, ref="piped", label="Piped", version="1.0.0", meta={"a": 1})
        found = add(queries.pack.find_by_ref, ref="piped")
        listed = add(queries.pack.list, limit=10)
        count = add(queries.pack.count)
        deleted = add(queries.pack.delete, id=0)
        missing = add(queries.pack.find_by_id, id=0)
    assert made.result() == found.result() == listed.result()[0]
    assert made.result().meta == {"a": 1}
    assert (count.result(), deleted.result(), missing.result()) == (1, 0, None)


def test_each_asynchronous_operation_has_its_own_result(server: Any) -> None:
    async def body() -> tuple[Any, ...]:
        operations = attune_sql.aio.queries.pack
        async with await attune_sql.aio.connect(server.dsn) as conn:
            async with attune_sql.aio.pipeline(conn) as add:
                made = add(operations.create, ref="piped", label="Piped", version="1.0.0")
                listed = add(operations.list, limit=10)
                count = add(operations.count)
                deleted = add(operations.delete, id=0)
            await conn.rollback()
        return made.result().ref, listed.result() == [made.result()], count.result(), deleted.result()

    assert asyncio.run(body()) == ("piped", True, 1, 0)


@pytest.mark.parametrize("prepared", [False, True])
def test_the_operation_that_failed_is_named(conn: psycopg.Connection[Any], prepared: bool) -> None:
    for _ in range(8 if prepared else 0):
        queries.pack.count(conn)
        queries.execution.list_by_status(conn, status="running", limit=1)
    add: Any = attune_sql.pipeline(conn)
    add(queries.pack.count)
    add(queries.execution.list_by_status, status="runing", limit=1)
    last = add(queries.pack.count)
    with pytest.raises(psycopg.errors.InvalidTextRepresentation) as caught, add:
        pass
    (note,) = caught.value.__notes__
    assert note.startswith("in operation execution.list_by_status (")
    assert note.endswith("queries/execution/list_by_status.sql:1)")
    with pytest.raises(RuntimeError, match=r"pack\.count has no result: its pipeline has not run to its end"):
        last.result()


def test_an_error_has_its_place_in_the_file(
    conn: psycopg.Connection[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("f.sql").write_text("-- name: f()\nSELECT\n    nope")
    add = attune_sql.pipeline(conn)
    add(attune_sql.load("f.sql").f)
    with pytest.raises(psycopg.errors.UndefinedColumn) as caught, add:
        pass
    assert caught.value.__notes__[0] == "in operation f (f.sql:3:5)"


def test_nothing_is_sent_when_the_block_raises(conn: psycopg.Connection[Any]) -> None:
    add = attune_sql.pipeline(conn)
    add(queries.pack.create, ref="piped", label="Piped", version="1.0.0")
    with pytest.raises(KeyError), add:
        raise KeyError
    assert queries.pack.count(conn) == 0


def test_outside_a_transaction_all_or_none_take_effect(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        add = attune_sql.pipeline(conn)
        for _ in range(2):
            add(queries.pack.create, ref="piped", label="Piped", version="1.0.0")
        with pytest.raises(psycopg.errors.UniqueViolation), add:
            pass
        assert queries.pack.count(conn) == 0


def test_a_result_is_not_there_before_the_end(conn: psycopg.Connection[Any]) -> None:
    with attune_sql.pipeline(conn) as add:
        count = add(queries.pack.count)
        with pytest.raises(RuntimeError):
            count.result()
    assert count.result() == 0


def test_a_second_block_sends_no_call_again(conn: psycopg.Connection[Any]) -> None:
    add = attune_sql.pipeline(conn)
    with add:
        add(queries.pack.create, ref="piped", label="Piped", version="1.0.0")
    with add:
        count = add(queries.pack.count)
    assert count.result() == 1


def test_an_empty_pipeline_does_nothing(conn: psycopg.Connection[Any]) -> None:
    with attune_sql.pipeline(conn):
        pass


def test_wrong_calls_are_refused_where_they_are_made(conn: psycopg.Connection[Any], tmp_path: Path) -> None:
    (tmp_path / "f.sql").write_text("-- name: f#\nSELECT 1")
    # For calls that no type checker lets pass.
    add: Any = attune_sql.pipeline(conn)
    with add:
        with pytest.raises(TypeError, match=r"pack\.find_by_id\(\) is missing the argument 'id'"):
            add(queries.pack.find_by_id)
        with pytest.raises(TypeError, match=r"such as queries\.pack\.list, not <built-in function len>"):
            add(len)
        with pytest.raises(TypeError, match="takes no scripts and no batches, such as f "):
            add(attune_sql.load(tmp_path).f)
