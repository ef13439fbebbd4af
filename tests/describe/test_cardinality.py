"""How many rows a query can give, with its proof or with what a proof lacks."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from attune_sql.describe.describe import describe
from tests.describe.making import operation

SCHEMA = """
CREATE TABLE attune.seat (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, row_no integer NOT NULL, place text NOT NULL, taken boolean,
    owner bigint, code text, UNIQUE (row_no, place), UNIQUE (code) DEFERRABLE);
CREATE UNIQUE INDEX ON attune.seat (owner) WHERE taken AND owner IS NOT NULL;
CREATE UNIQUE INDEX ON attune.seat (lower(place));
CREATE TABLE attune.ticket (id bigint PRIMARY KEY, seat bigint, price integer);
CREATE VIEW attune.sold AS SELECT seat, count(*) AS n FROM attune.ticket GROUP BY seat;
CREATE FUNCTION attune.skip() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION attune.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.price := 1; RETURN NEW; END';
CREATE TABLE attune.kept (id bigint, price integer);
CREATE TRIGGER keep BEFORE INSERT ON attune.kept FOR EACH ROW EXECUTE FUNCTION attune.keep();
CREATE TABLE attune.skipped (id bigint);
CREATE TRIGGER skip BEFORE INSERT ON attune.skipped FOR EACH ROW EXECUTE FUNCTION attune.skip();
CREATE TABLE attune.plain (id bigint PRIMARY KEY, seat bigint, n integer);
CREATE UNIQUE INDEX ON attune.plain (seat) WHERE n = 1;
CREATE TABLE attune.parent (id bigint PRIMARY KEY);
CREATE TABLE attune.child () INHERITS (attune.parent);
CREATE TABLE attune.ruled (id bigint);
CREATE RULE note AS ON INSERT TO attune.ruled DO ALSO INSERT INTO attune.plain VALUES (1);
"""
TICKET = "SELECT ticket.id FROM attune.ticket"
NO_KEY = "no unique key of attune.ticket is fixed; ticket.id = … is missing"
KEY = "a unique key of attune.ticket is fixed"

# The body, where :x is a parameter, what is proved, and the reason after it.
CASES = [
    # a single row by itself
    ("SELECT 1 AS one", "one", "a single row"),
    ("SELECT 1 AS one WHERE :x", "at_most_one", "a row with a condition"),
    ("VALUES (1)", "one", "VALUES of one row"),
    ("VALUES (1), (2)", "many", "VALUES of several rows"),
    ("SELECT generate_series(1, 3) AS n", "many", "a function in the column list returns a set"),
    ("SELECT made.n FROM generate_series(1, 3) AS made (n)", "many", "made may have many rows"),
    ("SELECT made FROM now() AS made", "at_most_one", "each item in FROM is one row"),
    ("SELECT EXISTS (SELECT 1 FROM attune.ticket) AS some", "one", "a single row"),
    # aggregates
    ("SELECT count(*) AS n FROM attune.ticket", "one", "an aggregate without GROUP BY"),
    (
        "SELECT count(*) AS n FROM attune.ticket HAVING count(*) > 1",
        "at_most_one",
        "an aggregate without GROUP BY, but with HAVING",
    ),
    (
        "SELECT count(*) AS n FROM attune.ticket OFFSET 1",
        "at_most_one",
        "an aggregate without GROUP BY, with LIMIT or OFFSET",
    ),
    ("SELECT count(*) AS n FROM attune.ticket LIMIT 1", "one", "an aggregate without GROUP BY"),
    (
        "SELECT count(*) AS n FROM attune.ticket LIMIT :x",
        "at_most_one",
        "an aggregate without GROUP BY, with LIMIT or OFFSET",
    ),
    (
        "SELECT seat, count(*) AS n FROM attune.ticket GROUP BY seat",
        "many",
        NO_KEY,
    ),
    (
        "SELECT seat, count(*) AS n FROM attune.ticket WHERE seat = :x GROUP BY seat",
        "at_most_one",
        "every GROUP BY expression is fixed",
    ),
    ("SELECT seat, count(*) AS n FROM attune.ticket WHERE seat = :x GROUP BY ROLLUP (seat)", "many", "grouping sets"),
    ("SELECT DISTINCT seat FROM attune.ticket WHERE seat = :x", "at_most_one", "every DISTINCT expression is fixed"),
    ("SELECT made.n FROM (SELECT count(*) AS n FROM attune.ticket) AS made", "one", "an aggregate without GROUP BY"),
    # keys
    (f"{TICKET} WHERE ticket.id = :x", "at_most_one", KEY),
    (f"{TICKET} WHERE :x = ticket.id AND ticket.price > 1", "at_most_one", KEY),
    (f"{TICKET} WHERE ticket.id = 7 OR ticket.id = 8", "many", NO_KEY),
    (f"{TICKET} WHERE ticket.id = ANY(:x)", "many", NO_KEY),
    (f"{TICKET} WHERE ticket.id > :x", "many", NO_KEY),
    (f"{TICKET} WHERE ticket.id = ticket.seat", "many", NO_KEY),
    (f"{TICKET} WHERE ticket.id = ticket.price + :x", "many", NO_KEY),
    (f"{TICKET} WHERE ticket.id = (random() * 9)::bigint", "many", NO_KEY),
    (f"{TICKET} WHERE ticket.id = abs(:x::bigint) + 1", "at_most_one", KEY),
    (f"{TICKET} WHERE ticket.id = ticket.seat AND ticket.seat = :x", "at_most_one", KEY),
    (f"{TICKET} WHERE ticket.id = (SELECT max(t.id) FROM attune.ticket AS t)", "at_most_one", KEY),
    (
        f"{TICKET} WHERE ticket.id = (SELECT max(t.id) FROM attune.ticket AS t WHERE t.seat = ticket.seat)",
        "many",
        NO_KEY,
    ),
    (
        f"{TICKET}, (VALUES (1)) AS s (a) WHERE ticket.id = (SELECT (random() * 9)::bigint + s.a)",
        "many",
        NO_KEY,
    ),
    ("SELECT ruled.id FROM attune.ruled WHERE ruled.id = :x", "many", "attune.ruled has no unique key"),
    ("SELECT parent.id FROM attune.parent WHERE parent.id = :x", "many", "attune.parent has no unique key"),
    (
        "SELECT plain.id FROM attune.plain WHERE plain.seat = :x AND plain.n = 1",
        "at_most_one",
        "a unique key of attune.plain is fixed",
    ),
    (
        "SELECT plain.id FROM attune.plain WHERE plain.seat = :x AND plain.n = 2",
        "many",
        "no unique key of attune.plain is fixed; plain.id = … is missing",
    ),
    (
        'SELECT pack.id FROM attune.pack WHERE pack.ref = :x COLLATE "C"',
        "many",
        "no unique key of attune.pack is fixed; pack.id = … is missing",
    ),
    # LIMIT
    (f"{TICKET} ORDER BY ticket.id LIMIT 1", "at_most_one", "LIMIT 1"),
    (f"{TICKET} ORDER BY ticket.id FETCH FIRST ROW ONLY", "at_most_one", "LIMIT 1"),
    (f"{TICKET} ORDER BY ticket.id FETCH FIRST ROW WITH TIES", "many", NO_KEY),
    (f"{TICKET} ORDER BY ticket.id LIMIT 2", "many", NO_KEY),
    (f"{TICKET} ORDER BY ticket.id LIMIT 256", "many", NO_KEY),
    # joins
    (
        f"{TICKET} JOIN attune.plain ON plain.id = ticket.seat WHERE ticket.id = :x",
        "at_most_one",
        "a unique key of attune.ticket and of attune.plain is fixed",
    ),
    (
        f"{TICKET} LEFT JOIN attune.plain ON plain.id = ticket.seat WHERE ticket.id = :x",
        "at_most_one",
        "a unique key of attune.ticket and of attune.plain is fixed",
    ),
    (
        f"{TICKET} LEFT JOIN attune.plain ON plain.seat = ticket.seat WHERE ticket.id = :x",
        "many",
        "no unique key of attune.plain is fixed; plain.id = … is missing",
    ),
    (
        f"{TICKET} LEFT JOIN attune.plain ON plain.id = :x AND ticket.id = :x",
        "many",
        NO_KEY,
    ),
    (
        f"{TICKET} RIGHT JOIN attune.plain ON ticket.id = plain.seat WHERE plain.id = :x",
        "at_most_one",
        "a unique key of attune.ticket and of attune.plain is fixed",
    ),
    (
        f"{TICKET} FULL JOIN attune.plain ON ticket.id = :x AND plain.id = :x",
        "many",
        NO_KEY,
    ),
    (
        f"{TICKET} FULL JOIN attune.plain USING (id) WHERE ticket.id = :x AND plain.id = :x",
        "at_most_one",
        "a unique key of attune.ticket and of attune.plain is fixed",
    ),
    (
        "SELECT made.id FROM attune.ticket,\n"
        "LATERAL (SELECT plain.id FROM attune.plain WHERE plain.id = ticket.seat) AS made WHERE ticket.id = made.id",
        "many",
        NO_KEY,
    ),
    (
        "SELECT made.id FROM attune.ticket,\n"
        "LATERAL (SELECT plain.id FROM attune.plain WHERE plain.id = ticket.seat) AS made WHERE ticket.id = :x",
        "at_most_one",
        KEY,
    ),
    # views and CTEs
    ("SELECT sold.n FROM attune.sold WHERE sold.seat = :x", "at_most_one", "each item in FROM is one row"),
    ("SELECT sold.n FROM attune.sold WHERE sold.n = :x", "many", "sold may have many rows"),
    (
        "WITH made AS (SELECT id FROM attune.ticket) SELECT made.id FROM made WHERE made.id = :x",
        "at_most_one",
        "each item in FROM is one row",
    ),
    (
        "WITH RECURSIVE made AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM made WHERE n < 9) SELECT made.n FROM made",
        "many",
        "made may have many rows",
    ),
    (
        "WITH made AS (DELETE FROM attune.ticket WHERE id = :x RETURNING id) SELECT made.id FROM made",
        "at_most_one",
        KEY,
    ),
    # set operations
    ("SELECT 1 AS n UNION ALL SELECT 2", "many", "a UNION of two rows, whose conditions do not exclude each other"),
    (
        "SELECT 1 AS n WHERE :x > 0 UNION ALL SELECT 2 WHERE :x = 0",
        "at_most_one",
        "two queries of at most one row, whose conditions exclude each other",
    ),
    (
        "SELECT 1 AS n WHERE :x > 0 UNION ALL SELECT 2 WHERE :x >= 0",
        "many",
        "a UNION of two rows, whose conditions do not exclude each other",
    ),
    (
        "SELECT count(*) AS n FROM attune.ticket WHERE :x > 0 UNION ALL SELECT 2 WHERE :x = 0",
        "many",
        "a UNION of two rows, whose conditions do not exclude each other",
    ),
    (f"{TICKET} UNION SELECT 1", "many", NO_KEY),
    (
        "SELECT 1 AS n EXCEPT SELECT ticket.id FROM attune.ticket",
        "at_most_one",
        "what EXCEPT or INTERSECT leaves of one row",
    ),
    # changes
    ("INSERT INTO attune.ticket (id) VALUES (:x) RETURNING ticket.id", "one", "INSERT of one row"),
    (
        "INSERT INTO attune.ticket (id) VALUES (:x), (2) RETURNING ticket.id",
        "many",
        "INSERT of what its query gives: VALUES of several rows",
    ),
    (
        "INSERT INTO attune.ticket (id) VALUES (:x) ON CONFLICT DO NOTHING RETURNING ticket.id",
        "at_most_one",
        "INSERT of one row, unless it conflicts",
    ),
    (
        "INSERT INTO attune.ticket (id) VALUES (:x) ON CONFLICT (id) DO UPDATE SET price = 1 RETURNING ticket.id",
        "one",
        "INSERT of one row",
    ),
    (
        "INSERT INTO attune.ticket (id) VALUES (:x)\n"
        "ON CONFLICT (id) DO UPDATE SET price = 1 WHERE ticket.price > 0 RETURNING ticket.id",
        "at_most_one",
        "INSERT of one row, unless it conflicts",
    ),
    (
        "INSERT INTO attune.ticket (id) SELECT count(*) FROM attune.plain RETURNING ticket.id",
        "one",
        "INSERT of what its query gives: an aggregate without GROUP BY",
    ),
    ("INSERT INTO attune.kept (id) VALUES (:x) RETURNING kept.id", "one", "INSERT of one row"),
    (
        "INSERT INTO attune.skipped (id) VALUES (:x) RETURNING skipped.id",
        "at_most_one",
        "INSERT of one row, unless a trigger leaves it out",
    ),
    ("INSERT INTO attune.ruled (id) VALUES (:x) RETURNING ruled.id", "many", "a rule turns it into several queries"),
    ("UPDATE attune.ticket SET price = 1 WHERE ticket.id = :x RETURNING ticket.id", "at_most_one", KEY),
    (
        "UPDATE attune.ticket SET price = 1 FROM attune.plain WHERE ticket.id = :x RETURNING ticket.id",
        "at_most_one",
        KEY,
    ),
    (
        "UPDATE attune.ticket SET price = 1 FROM attune.plain WHERE ticket.id = plain.seat RETURNING ticket.id",
        "many",
        NO_KEY,
    ),
    ("DELETE FROM attune.ticket WHERE ticket.id = :x RETURNING ticket.id", "at_most_one", KEY),
    (
        "DELETE FROM attune.ticket WHERE ticket.price = :x RETURNING ticket.id",
        "many",
        NO_KEY,
    ),
    ("DELETE FROM attune.ticket WHERE ticket.id = :x", "none", "no columns"),
    ("SHOW search_path", "many", "nothing is known of such a statement"),
]


@pytest.fixture
def seats(conn: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """A database with keys of every kind."""
    conn.execute(SCHEMA)
    return conn


@pytest.mark.parametrize(("body", "cardinality", "text"), CASES, ids=[each[0] for each in CASES])
def test_the_number_of_rows_is_proved_or_called_many(
    seats: psycopg.Connection[Any], body: str, cardinality: str, text: str
) -> None:
    found = describe(seats, operation(body, f"some({'x' if ':x' in body else ''})"))
    assert (found.cardinality, found.cardinality_reason.text.partition(": ")[2]) == (cardinality, text)


SEAT = "SELECT seat.id FROM attune.seat WHERE {}"


@pytest.mark.parametrize(
    ("condition", "cardinality", "text"),
    [
        ("seat.row_no = :x AND seat.place = 'a'", "at_most_one", "a unique key of attune.seat is fixed"),
        ("seat.row_no = :x", "many", "no unique key of attune.seat is fixed; seat.id = … is missing"),
        ("seat.owner = :x AND seat.taken", "at_most_one", "a unique key of attune.seat is fixed"),
        ("seat.owner = :x", "many", "no unique key of attune.seat is fixed; seat.id = … is missing"),
        ("seat.code = :x", "many", "no unique key of attune.seat is fixed; seat.id = … is missing"),
        ("lower(seat.place) = :x", "many", "no unique key of attune.seat is fixed; seat.id = … is missing"),
    ],
)
def test_only_a_key_that_always_holds_is_a_proof(
    seats: psycopg.Connection[Any], condition: str, cardinality: str, text: str
) -> None:
    found = describe(seats, operation(SEAT.format(condition), "some(x)"))
    assert (found.cardinality, found.cardinality_reason.text.partition(": ")[2]) == (cardinality, text)


def test_what_is_missing_of_a_key_of_several_columns_is_told_together(seats: psycopg.Connection[Any]) -> None:
    seats.execute("CREATE TABLE attune.desk (room integer, place text, UNIQUE (room, place))")
    found = describe(seats, operation("SELECT d.room FROM attune.desk AS d WHERE d.room = :x", "some(x)"))
    assert found.cardinality_reason.text == "many: no unique key of attune.desk is fixed; d.place = … is missing"
    found = describe(seats, operation("SELECT desk.room FROM attune.desk"))
    assert found.cardinality_reason.text == (
        "many: no unique key of attune.desk is fixed; desk.room = … AND desk.place = … is missing"
    )
