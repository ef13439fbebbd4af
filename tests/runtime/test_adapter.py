"""Running operations on a real server: operators, values, errors, pipelines; sync and async from one body."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

import attune_sql
import attune_sql.aio
from attune_sql.runtime.loader import Queries
from tests.fix_repositories import Database

Run = Callable[..., Any]


@pytest.fixture
def run(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Write a query file, load it, and call its operation `f` on the test's connection."""
    monkeypatch.chdir(tmp_path)

    def call(header: str, sql: str, *positional: Any, **arguments: Any) -> Any:
        Path("f.sql").write_text(f"-- name: f{header}\n-- Sentence.\n{sql}\n")
        load: Callable[[str], Queries] = attune_sql.load
        if isinstance(db.conn, psycopg.AsyncConnection):
            load = attune_sql.aio.load
        return db.finish(load("f.sql").f(db.conn, *positional, **arguments))

    return call


SERIES = "SELECT i AS n FROM generate_series(1, :n::int) AS i"


@pytest.mark.parametrize(
    ("header", "n", "want"),
    [
        ("(n)", 2, [(1,), (2,)]),
        ("(n)", 0, []),
        ("(n)^", 2, (1,)),
        ("(n)^", 0, None),
        ("(n)<!", 2, (1,)),
        ("(n)$", 2, 1),
        ("(n)$", 0, None),
    ],
)
def test_every_operator_has_one_meaning(run: Run, header: str, n: int, want: Any) -> None:
    assert run(header, SERIES, n=n) == want


def test_affected_is_a_count(run: Run, db: Database) -> None:
    db.execute("CREATE TEMPORARY TABLE t AS SELECT generate_series(1, 3) AS i")
    assert run("(n)!", "DELETE FROM t WHERE i <= :n::int", n=2) == 2
    assert run("(i)*!", "INSERT INTO t VALUES (:i::int)", [{"i": 1}, {"i": 2}]) == 2
    assert run("()#", "INSERT INTO t VALUES (9); DELETE FROM t;") == "DELETE 4"


def test_a_batch_and_a_script_refuse_other_arguments(run: Run) -> None:
    with pytest.raises(TypeError, match=r"f\(\) takes one list of argument dicts after the connection \(f.sql:1\)"):
        run("(i)*!", "SELECT :i", i=1)
    with pytest.raises(TypeError, match=r"f\(\) takes nothing but the connection \(f.sql:1\)"):
        run("#", "SELECT 1", 1)


def test_rows_have_names_and_positions(run: Run) -> None:
    row = run("()^", "SELECT 1 AS id, 'a' AS label")
    assert (row.id, row.label) == tuple(row) == (1, "a")
    assert row._fields == ("id", "label")


@pytest.mark.parametrize(
    ("cast", "value"),
    [
        ("jsonb", {"a": [1, {"b": None}]}),
        ("jsonb", [1, 2]),
        ("jsonb", "text"),
        ("jsonb", 1.5),
        ("jsonb", True),
        ("jsonb", None),
        ("jsonb[]", [{"a": 1}, None, [2]]),
        ("text[]", ["a", 'quote " and , comma', None]),
        ("bigint[]", [1, 2**40, None]),
        ("bigint", 2**40),
        ("double precision", 0.1),
        ("boolean", False),
        ("attune.execution_status_enum", "running"),
        ("attune.execution_status_enum[]", ["running", "failed"]),
    ],
)
def test_a_plain_value_goes_in_and_comes_back(run: Run, cast: str, value: Any) -> None:
    got = run("(x)$", f"SELECT :x::{cast}", x=value)
    # An array of an enum that the connection does not know comes back as text; the servers own answer is compared.
    assert got == (value if not cast.startswith("attune.") or not cast.endswith("[]") else "{running,failed}")


def test_sql_null_and_json_null_are_told_apart(run: Run) -> None:
    sql = "SELECT :x::jsonb IS NULL AS sql_null, :x::jsonb = 'null' AS json_null"
    assert run("(x)^", sql, x=None) == (True, None)
    assert run("(x)^", sql, x=Jsonb(None)) == (False, True)


@pytest.mark.parametrize(
    ("sql", "arguments", "want"),
    [
        ("SELECT 'abc' LIKE 'a%' AND :x::boolean", {"x": True}, True),
        ("SELECT 10 % :x::int", {"x": 4}, 2),
        ("SELECT $$time is 10:x $$", {}, "time is 10:x "),
        ("SELECT (array[1,2,3])[1:2]", {}, [1, 2]),
        ("SELECT (array[1,2,3])[:lo::int : :hi::int]", {"lo": 2, "hi": 3}, [2, 3]),
        (r"SELECT E'it\'s :y'", {}, "it's :y"),
        ("SELECT :x::int -- see :y, don't", {"x": 1}, 1),
        ("SELECT /* a /* b */ c */ :x::int", {"x": 1}, 1),
        ("SELECT 'a\n-- b\n'", {}, "a\n-- b\n"),
        ("SELECT '{\"a\": 1}'::jsonb ? 'a'", {}, True),
        ("SELECT make_interval(days := :x::int) = interval '2 days'", {"x": 2}, True),
        ("SELECT :x::int * :y::int", {"x": 300, "y": 300}, 90000),
    ],
    ids=str,
)
def test_the_server_gets_what_the_file_says(run: Run, sql: str, arguments: dict[str, Any], want: Any) -> None:
    assert run(f"({', '.join(arguments)})$", sql, **arguments) == want


def test_a_query_is_prepared_once_whatever_the_size_of_a_number(db: Database) -> None:
    for _ in range(3):
        for number in (1, 70_000, 2**40):
            db.execution.find_by_id(id=number)
    statements = db.execute(
        "SELECT parameter_types::text FROM pg_prepared_statements WHERE statement ~ 'attune.execution'"
    )
    assert statements == [("{bigint}",)]
    db.execute("DEALLOCATE ALL")


def test_the_types_of_a_row_come_from_the_first_result(run: Run) -> None:
    with pytest.raises(attune_sql.RowShapeError) as caught:
        run("()", "SELECT 1")
    assert str(caught.value) == (
        "f.sql:1:1: error[row-shape]: f: column 1 has no name\n"
        "1 | -- name: f()\n"
        "  | ^^^^^^^^^^^^\n"
        "help: give the column a name with AS"
    )
    with pytest.raises(attune_sql.RowShapeError, match="two columns are named 'a'"):
        run("()", "SELECT 1 AS a, 2 AS a")
    with pytest.raises(attune_sql.RowShapeError, match="column 1, 'class', cannot be a field of a row"):
        run("()", "SELECT 1 AS class")


def test_a_result_that_changes_its_columns_is_refused(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "f.sql"
    path.write_text("-- name: f()\nSELECT * FROM t")
    sync = not isinstance(db.conn, psycopg.AsyncConnection)
    queries = attune_sql.load(path) if sync else attune_sql.aio.load(path)
    db.execute("CREATE TEMPORARY TABLE t AS SELECT 1 AS a")
    assert db.finish(queries.f(db.conn)) == [(1,)]
    db.execute("ALTER TABLE t ADD COLUMN b int")
    with pytest.raises(attune_sql.RowShapeError, match="returned other columns than before: a, b"):
        db.finish(queries.f(db.conn))


def notes(error: BaseException) -> list[str]:
    return getattr(error, "__notes__", [])


def test_an_error_in_the_sql_carries_its_place_in_the_file(run: Run) -> None:
    with pytest.raises(psycopg.errors.UndefinedColumn) as caught:
        run("(size, x)", "SELECT :size::int,\n       :x::int + nope", size=1, x=2)
    assert notes(caught.value) == [
        "in operation f (f.sql:4:18)",
        "4 |        :x::int + nope\n  |                  ^",
    ]


def test_an_error_without_a_position_carries_the_header(db: Database) -> None:
    with pytest.raises(psycopg.errors.CheckViolation) as caught:
        db.pack.create(ref="Not A Ref", label="x", version="1.0.0")
    (note,) = notes(caught.value)
    assert note.startswith("in operation pack.create (")
    assert note.endswith("queries/pack/create.sql:1), constraint pack_ref_check")


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"owner_type": "pack"}, psycopg.errors.CheckViolation),
        ({"name": None}, psycopg.errors.NotNullViolation),
    ],
)
def test_a_refused_row_is_not_repeated_in_the_text_of_the_error(
    db: Database, columns: dict[str, Any], error: type[psycopg.Error]
) -> None:
    given = {"ref": "token", "owner_type": "system", "name": "token", "encrypted": False, "value": "s3cret"}
    with pytest.raises(error) as caught:
        db.key.create(**{**given, **columns})
    assert "s3cret" not in "".join(traceback.format_exception(caught.value))
    assert "in operation key.create" in notes(caught.value)[0]


def test_a_wrong_enum_value_keeps_its_class(db: Database) -> None:
    with pytest.raises(psycopg.errors.InvalidTextRepresentation) as caught:
        db.execution.list_by_status(status="runing", limit=1)
    assert "in operation execution.list_by_status" in notes(caught.value)[0]


def test_operations_work_in_a_pipeline_block(server: Any) -> None:
    with attune_sql.connect(server.dsn) as conn, conn.pipeline():
        pack = attune_sql.queries.pack.create(conn, ref="piped", label="Piped", version="1.0.0")
        assert attune_sql.queries.pack.find_by_id(conn, id=pack.id) == pack
        assert attune_sql.queries.pack.delete(conn, id=pack.id) == 1
        conn.rollback()


def test_operations_work_in_an_asynchronous_pipeline_block(db: Database) -> None:
    if not isinstance(db.conn, psycopg.AsyncConnection):
        return

    async def body() -> None:
        queries = attune_sql.aio.queries
        async with db.conn.pipeline():
            pack = await queries.pack.create(db.conn, ref="piped", label="Piped", version="1.0.0")
            assert await queries.pack.find_by_id(db.conn, id=pack.id) == pack
            assert await queries.pack.delete(db.conn, id=pack.id) == 1

    db.finish(body())


def test_a_long_result_is_read_row_by_row(server: Any, tmp_path: Path) -> None:
    (tmp_path / "f.sql").write_text(f"-- name: f(n)\n{SERIES}")
    with attune_sql.connect(server.dsn) as conn, attune_sql.load(tmp_path).f_cursor(conn, n=3) as cursor:
        assert [row.n for row in cursor] == [1, 2, 3]


def test_any_psycopg_connection_will_do(server: Any) -> None:
    with psycopg.connect(server.dsn, row_factory=psycopg.rows.dict_row) as conn:
        created = attune_sql.queries.pack.create(conn, ref="plain", label="Plain", version="1.0.0", meta={"a": [1]})
        assert created.meta == {"a": [1]}
        conn.rollback()


def test_nothing_is_committed_by_an_operation(server: Any) -> None:
    with attune_sql.connect(server.dsn) as conn:
        attune_sql.queries.pack.create(conn, ref="fleeting", label="Fleeting", version="1.0.0")
        conn.rollback()
        assert attune_sql.queries.pack.find_by_ref(conn, ref="fleeting") is None


def test_pools_hand_out_connections_that_are_set_up(server: Any) -> None:
    with attune_sql.pool(server.dsn, min_size=1, max_size=2) as pool, pool.connection() as conn:
        assert attune_sql.queries.pack.count(conn) >= 0
        assert conn.execute("SHOW application_name").fetchone() == ("attune_sql",)


def test_asynchronous_pools_hand_out_connections_that_are_set_up(server: Any) -> None:
    import asyncio

    async def body() -> int:
        async with attune_sql.aio.pool(server.dsn, min_size=1, max_size=2) as pool, pool.connection() as conn:
            count: int = await attune_sql.aio.queries.pack.count(conn)
            return count

    assert asyncio.run(body()) >= 0
