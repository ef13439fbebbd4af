"""Queries that look as if they gave at most one row and give two: rows are there to show it."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from attune_sql.describe.describe import describe
from tests.describe.making import operation

SCHEMA = """
CREATE TYPE attune.amount AS (value numeric);
CREATE TABLE attune.price (id bigint PRIMARY KEY, amount numeric, label text UNIQUE, span interval);
INSERT INTO attune.price VALUES (1, 1.0, '1.0', '24 hours'), (2, 1.00, '1.00', '1 day');
CREATE TABLE attune.word (padded text UNIQUE, same attune.amount);
CREATE UNIQUE INDEX ON attune.word (same record_image_ops);
INSERT INTO attune.word VALUES ('a', ROW(1.0)), ('a ', ROW(1.00));
CREATE TABLE attune.clock (at timestamp UNIQUE);
INSERT INTO attune.clock VALUES ('2024-03-31 02:30'), ('2024-03-31 03:30');
"""

CASES = [
    # a FULL JOIN of one row and one row
    ("SELECT x.a FROM (SELECT 1 AS a) AS x FULL JOIN (SELECT 2 AS a) AS y ON x.a = y.a", "many"),
    (
        "SELECT p.id FROM (SELECT 6 AS a) AS x\n"
        "FULL JOIN (SELECT id FROM attune.price WHERE id = 1) AS p ON p.id = x.a",
        "many",
    ),
    ("SELECT x.a FROM (SELECT 1 AS a) AS x FULL JOIN (SELECT 2 AS a) AS y ON x.a = y.a WHERE x.a = 1", "at_most_one"),
    ("SELECT x.a FROM (SELECT 1 AS a) AS x LEFT JOIN (SELECT 2 AS a) AS y ON x.a = y.a", "at_most_one"),
    # what is filled in for some rows is not one value
    ("SELECT DISTINCT q.id FROM attune.price AS p LEFT JOIN attune.price AS q ON q.id = 1 AND p.id = 2", "many"),
    (
        "SELECT q.id FROM attune.price AS p LEFT JOIN attune.price AS q ON q.id = 1 AND p.id = 2 GROUP BY q.id",
        "many",
    ),
    (
        "SELECT p.id FROM attune.price AS p LEFT JOIN attune.price AS q ON q.id = 2 AND p.id = 2\n"
        "WHERE p.label = concat('1.0', right(q.label, 1))",
        "many",
    ),
    (
        "SELECT DISTINCT q.id FROM attune.price AS p LEFT JOIN attune.price AS q ON q.id = 1 WHERE p.id = 2",
        "at_most_one",
    ),
    # equal values that are not the same
    ("SELECT DISTINCT amount::text FROM attune.price WHERE amount = 1", "many"),
    ("SELECT DISTINCT amount FROM attune.price WHERE amount = 1", "at_most_one"),
    ("SELECT id FROM attune.price WHERE amount = 1 AND label = amount::text", "many"),
    ("SELECT DISTINCT span::text FROM attune.price WHERE span = '1 day'", "many"),
    ("SELECT DISTINCT lower(label) || 'x' AS x FROM attune.price WHERE label = '1.0'", "at_most_one"),
    # keys by another equality than that of the query
    ("SELECT padded FROM attune.word WHERE padded::character(5) = 'a'", "many"),
    ("SELECT padded FROM attune.word WHERE padded = 'a'", "at_most_one"),
    ("SELECT same FROM attune.word WHERE same = ROW(1)::attune.amount", "many"),
    ("SELECT at FROM attune.clock WHERE at = '2024-03-31 03:30+02'::timestamptz", "many"),
    ("SELECT at FROM attune.clock WHERE at = '2024-03-31 03:30'", "at_most_one"),
    # HAVING gives a row of no rows
    ("SELECT 1 AS n WHERE 1 > 1 HAVING true UNION ALL SELECT 2 WHERE 1 = 1", "many"),
]


@pytest.fixture
def traps(conn: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """A database in which each trap is set."""
    conn.execute(SCHEMA)
    conn.execute("SET LOCAL timezone = 'Europe/Berlin'")
    return conn


@pytest.mark.parametrize(("body", "cardinality"), CASES, ids=[each[0] for each in CASES])
def test_one_row_is_only_said_where_there_is_one(traps: psycopg.Connection[Any], body: str, cardinality: str) -> None:
    found = describe(traps, operation(body))
    assert found.cardinality == cardinality, found.cardinality_reason.text
    rows = traps.execute(body.encode()).fetchall()
    assert len(rows) == (2 if cardinality == "many" else 1)


@pytest.mark.parametrize(
    ("index", "cardinality"), [('byte COLLATE "C"', "many"), ("byte", "at_most_one"), ("id, byte", "many")]
)
def test_a_key_counts_when_it_is_unique_for_the_collation_of_the_column(
    shop: psycopg.Connection[Any], index: str, cardinality: str
) -> None:
    any_case = "CREATE COLLATION shop.any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"
    with shop.transaction(force_rollback=True):
        try:
            shop.execute(any_case)
        except psycopg.errors.FeatureNotSupported:
            pytest.skip("this build of PostgreSQL has no ICU, and so no collation under which a and A are equal")
        shop.execute("CREATE TABLE shop.texts (id bigint, byte text COLLATE shop.any_case)")
        shop.execute(f"CREATE UNIQUE INDEX ON shop.texts ({index})".encode())
        found = describe(shop, operation("SELECT texts.byte FROM shop.texts WHERE texts.byte = 'a'"))
        assert found.cardinality == cardinality
