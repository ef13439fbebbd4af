"""Proving: rows that satisfy every constraint, lies that are caught, and scripts that show them in psql."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from attune_sql.describe.description import Description
from attune_sql.prove import run
from attune_sql.prove.prove import Proof, prove
from attune_sql.scratch_server.binaries import find_bindir
from tests.prove.shop import create, described, proved

TABLES = ("tenant", "customer", "orders", "booking", "log", "seeded", "of_seeded")


@pytest.fixture
def shop(empty_dsn: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to a database with the shop and without made-up rows."""
    with psycopg.connect(empty_dsn) as conn:
        create(conn)
        yield conn


def test_every_table_gets_rows_whatever_its_constraints(shop: psycopg.Connection[Any]) -> None:
    lists = [f"-- name: list_{each}()\nSELECT count(*) AS n FROM shop.{each} HAVING count(*) > 1;" for each in TABLES]
    proof = proved(shop, *lists)
    assert proof.unfilled == {}
    assert [each.operation.name for each in proof.tried if not each.exercised] == []


def test_nothing_stays_behind(shop: psycopg.Connection[Any]) -> None:
    proved(shop, "-- name: add()!\nINSERT INTO shop.seeded SELECT max(id) + 1, 'x' FROM shop.seeded;", rounds=3)
    for table in TABLES:
        assert shop.execute(f"SELECT count(*) FROM shop.{table}".encode()).fetchone() == (int(table == "seeded"),)


LIES = {
    "a column that the header calls not null": (
        "-- name: x(state)\n-- @not_null paid_at\nSELECT orders.paid_at FROM shop.orders WHERE orders.state = :state;",
        "shop.sql:2:14: error[null-in-not-null]: orders.x: paid_at is NULL in row 1, and must not be",
        3,
    ),
    "a row of many": (
        "-- name: x(code)^\nSELECT customer.id FROM shop.customer JOIN shop.tenant ON tenant.id = customer.tenant\n"
        "WHERE tenant.code = :code;",
        "shop.sql:1:17: error[rows-beyond-one]: orders.x: 2 rows came back, and `^` says there is at most one",
        3,
    ),
    "an inner join that should have been a left one": (
        "-- name: x()\n-- @not_null parent\nSELECT o.id, p.id AS parent FROM shop.orders AS o\n"
        "LEFT JOIN shop.orders AS p ON p.id = o.parent;",
        "shop.sql:2:14: error[null-in-not-null]: orders.x: parent is NULL in row 1, and must not be",
        3,
    ),
    "an aggregate of no rows": (
        "-- name: x()$\n-- @not_null sum\nSELECT sum(orders.total) FROM shop.orders;",
        "shop.sql:2:14: error[null-in-not-null]: orders.x: sum is NULL in row 1, and must not be",
        0,
    ),
    "a change of many rows": (
        "-- name: x()^\nUPDATE shop.seeded SET label = 'it''s: a \\ b' RETURNING id; -- the end",
        "shop.sql:1:13: error[rows-beyond-one]: orders.x: 2 rows came back, and `^` says there is at most one",
        1,
    ),
}


@pytest.mark.parametrize(("text", "report", "rows"), LIES.values(), ids=LIES.keys())
def test_a_lie_is_caught_with_the_fewest_rows_and_a_script_that_psql_runs(
    shop: psycopg.Connection[Any], text: str, report: str, rows: int
) -> None:
    (example,) = proved(shop, text).counter_examples
    assert example.finding.report().partition("\n")[0] == report
    assert len(example.rows) == rows
    printed = psql(shop.info.dsn, example.script)
    if "NULL" in report:
        assert "<NULL>" in printed
    else:
        assert "(2 rows)" in printed or printed.count("\n") >= 2


def psql(dsn: str, script: str) -> str:
    """Run a script as a reader would, and return what it prints."""
    program = find_bindir() / "psql"
    done = subprocess.run(
        [program, "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--pset=null=<NULL>", "--quiet", dsn],
        input=script, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_wrong_verdict_of_the_analysis_is_caught(shop: psycopg.Connection[Any]) -> None:
    (said,) = described(shop, "-- name: x()\nSELECT customer.nick, 1 AS one FROM shop.customer;")
    nick, one = said.columns
    (example,) = prove(shop, [replace(said, columns=(replace(nick, nullable=False), one))]).counter_examples
    assert example.finding.rule == "null-in-not-null"
    assert "<NULL>" in psql(shop.info.dsn, example.script)


@pytest.mark.parametrize(
    ("text", "cardinality", "rule", "shown"),
    [
        ("SELECT 1 AS one FROM shop.tenant", "at_most_one", "rows-beyond-one", "(2 rows)"),
        ("SELECT 1 AS one FROM shop.tenant", "one", "row-missing", "(0 rows)"),
    ],
)
def test_a_wrong_number_of_rows_of_the_analysis_is_caught(
    shop: psycopg.Connection[Any], text: str, cardinality: Any, rule: str, shown: str
) -> None:
    (said,) = described(shop, f"-- name: x()\n{text};")
    (example,) = prove(shop, [replace(said, cardinality=cardinality)]).counter_examples
    assert example.finding.rule == rule
    assert shown in psql(shop.info.dsn, example.script)


def test_what_hangs_on_chance_is_told_though_it_cannot_be_repeated(shop: psycopg.Connection[Any]) -> None:
    text = "-- name: x()\n-- @not_null id\nSELECT CASE WHEN nextval('shop.customer_id_seq') > 3 THEN 1 END AS id;"
    (example,) = proved(shop, text.replace("> 3", "<> 3")).counter_examples
    assert not example.repeatable
    assert "once only" in example.script


TRUE = (
    "-- name: a(id)^\nSELECT tenant.code FROM shop.tenant WHERE tenant.id = :id;",
    "-- name: b(nick, given)!\n-- @optional nick\n"
    "UPDATE shop.customer SET nick = CASE WHEN 'nick' = ANY(:given::text[]) THEN :nick::text ELSE nick END;",
    "-- name: c(ids)\nSELECT customer.name, orders.total, seeded.label FROM shop.customer\nLEFT JOIN shop.orders\n"
    "ON orders.customer = customer.id CROSS JOIN shop.seeded WHERE customer.id = ANY(:ids::int[]);",
    "-- name: d(rows)!\nINSERT INTO shop.log SELECT row.at, row.text\n"
    "FROM jsonb_to_recordset(:rows::jsonb) AS row (at date, text text);",
)


def test_true_promises_hold_and_every_query_is_exercised(shop: psycopg.Connection[Any]) -> None:
    proof = proved(shop, *TRUE)
    assert proof.counter_examples == ()
    assert [each.operation.name for each in proof.tried if not each.exercised] == []


def test_the_same_seed_does_the_same_for_all_or_for_one_and_another_seed_does_not(
    shop: psycopg.Connection[Any],
) -> None:
    def counts(proof: Proof) -> dict[str, tuple[int, int]]:
        return {each.operation.name: (each.executions, each.rows) for each in proof.tried}

    first = counts(proved(shop, *TRUE[:3], rounds=6))
    assert counts(proved(shop, *TRUE[:3], rounds=6)) == first
    assert counts(proved(shop, TRUE[2], rounds=6))["c"] == first["c"]
    assert counts(proved(shop, *TRUE[:3], rounds=6, seed=1)) != first


NOT_RUN = {
    "a script": ("-- name: x#\nSELECT 1; COMMIT;", "a script may end the transaction"),
    "a commit": ("-- name: x()!\n/* now */ COMMIT;", "COMMIT is not a query"),
    "a command": ("-- name: x()\nSHOW work_mem;", "SHOW is not a query"),
    "a query in parentheses": ("-- name: x()\n((SELECT 1 AS a) UNION SELECT 2);", None),
    "a table": ("-- name: x()\nTABLE shop.seeded;", None),
}


@pytest.mark.parametrize(("text", "reason"), NOT_RUN.values(), ids=NOT_RUN.keys())
def test_what_cannot_be_undone_is_not_run(shop: psycopg.Connection[Any], text: str, reason: str | None) -> None:
    (tried,) = proved(shop, text, rounds=1).tried
    assert (tried.not_run, tried.executions) == (reason, 0 if reason else 1)


def test_a_query_that_runs_for_ever_is_stopped_and_given_up(
    shop: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("attune_sql.prove.prove.STATEMENT_TIMEOUT", "20ms")
    (tried,) = proved(shop, "-- name: x()\nSELECT pg_catalog.pg_sleep(1000000)::text AS nothing;").tried
    assert (tried.executions, dict(tried.refused), tried.exercised) == (3, {"57014": 3}, False)


def test_a_result_without_end_is_read_up_to_a_limit(shop: psycopg.Connection[Any]) -> None:
    endless = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT NULLIF(i, 500) AS i FROM n"
    shop.execute("SAVEPOINT attune_sql_try")
    outcome = run.run(shop, endless, [])
    assert outcome.refused is None
    assert (outcome.rows >= run.ROW_LIMIT, outcome.nulls) == (True, {0: 500})
    assert shop.execute("SELECT 1").fetchone() == (1,)


def test_a_table_that_takes_no_row_is_told_with_the_words_of_the_server(shop: psycopg.Connection[Any]) -> None:
    shop.execute("CREATE TABLE shop.never (id integer CHECK (id IS NULL AND id IS NOT NULL))")
    shop.commit()
    proof = proved(shop, "-- name: x()\nSELECT never.id FROM shop.never;", rounds=3)
    assert proof.unfilled == {"shop.never": 'new row for relation "never" violates check constraint "never_id_check"'}
    assert not proof.tried[0].exercised


def test_a_lost_connection_is_an_error_and_no_proof(shop: psycopg.Connection[Any]) -> None:
    said: list[Description] = described(
        shop, "-- name: x()\nSELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid());"
    )
    with pytest.raises(psycopg.OperationalError):
        prove(shop, said)
