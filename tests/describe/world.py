"""A small shop: the schema of the nullability tests, random data that respects it, and a hunt for lying verdicts."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import psycopg
from psycopg import Connection, sql

from attune_sql.describe.catalogue import PgCatalogue
from attune_sql.describe.nullability import Verdict, columns
from attune_sql.describe.rewritten import rewritten

SCHEMA = """
CREATE SCHEMA shop;
CREATE TYPE shop.status AS ENUM ('active', 'blocked');
CREATE DOMAIN shop.word AS text NOT NULL;
CREATE DOMAIN shop.label AS text;
CREATE TYPE shop.pair AS (a integer, b text);
CREATE TYPE shop.single AS (a integer);
CREATE TABLE shop.customer (
    id bigint PRIMARY KEY, name text NOT NULL, nick text, status shop.status NOT NULL, tags text[] NOT NULL,
    doc jsonb NOT NULL, age integer
);
CREATE TABLE shop.orders (
    id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES shop.customer,
    parent_id bigint REFERENCES shop.orders, total numeric NOT NULL, note text, placed_at timestamptz NOT NULL
);
CREATE TABLE shop.thing (
    id bigint PRIMARY KEY, word shop.word, pair shop.pair, born timestamp NOT NULL, span numrange NOT NULL,
    arr integer[], big numeric NOT NULL, nick text, shout text GENERATED ALWAYS AS (upper(nick)) STORED
);
CREATE TABLE shop.guarded (id bigint PRIMARY KEY, nick text, must text NOT NULL DEFAULT 'x');
CREATE FUNCTION shop.forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.nick := NULL; RETURN NEW; END $$;
CREATE TRIGGER forget BEFORE INSERT OR UPDATE ON shop.guarded FOR EACH ROW EXECUTE FUNCTION shop.forget();
CREATE TABLE shop.parent (id bigint NOT NULL, v integer NOT NULL);
CREATE TABLE shop.child () INHERITS (shop.parent);
CREATE TABLE shop.parted (id bigint NOT NULL, nick text) PARTITION BY RANGE (id);
CREATE TABLE shop.parted_1 PARTITION OF shop.parted FOR VALUES FROM (0) TO (1000);
CREATE TRIGGER forget BEFORE INSERT OR UPDATE ON shop.parted_1 FOR EACH ROW EXECUTE FUNCTION shop.forget();
CREATE TABLE shop.moving (id bigint NOT NULL, nick text) PARTITION BY RANGE (id);
CREATE TABLE shop.moving_1 PARTITION OF shop.moving FOR VALUES FROM (0) TO (100);
CREATE TABLE shop.moving_2 PARTITION OF shop.moving FOR VALUES FROM (100) TO (1000);
CREATE TRIGGER forget BEFORE INSERT ON shop.moving_2 FOR EACH ROW EXECUTE FUNCTION shop.forget();
CREATE VIEW shop.customer_v AS SELECT id, name, nick FROM shop.customer;
CREATE VIEW shop.customer_order_v AS
    SELECT c.id, c.name, o.id AS order_id, o.total FROM shop.customer c LEFT JOIN shop.orders o ON o.customer_id = c.id;
CREATE VIEW shop.deep_v AS
    SELECT v.name, x.total FROM shop.customer_v v LEFT JOIN shop.customer_order_v x ON x.id = v.id
    WHERE v.nick IS NOT NULL;
CREATE VIEW shop.writable_v AS SELECT id, nick, must FROM shop.guarded;
CREATE VIEW shop.trigger_v AS SELECT id, nick, name FROM shop.customer;
CREATE FUNCTION shop.instead() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.nick := NULL; NEW.name := NULL; RETURN NEW; END $$;
CREATE TRIGGER instead INSTEAD OF INSERT OR UPDATE ON shop.trigger_v FOR EACH ROW EXECUTE FUNCTION shop.instead();
CREATE MATERIALIZED VIEW shop.customer_m AS SELECT id, name FROM shop.customer;
CREATE FUNCTION shop.nothing(x integer) RETURNS integer LANGUAGE plpgsql STRICT IMMUTABLE AS $$
    BEGIN RETURN NULL; END $$;
CREATE FUNCTION shop.nothing_set() RETURNS SETOF integer LANGUAGE sql AS $$ SELECT NULL::integer $$;
CREATE FUNCTION shop.two(OUT a integer, OUT b text) LANGUAGE sql AS $$ SELECT 1, NULL::text $$;
CREATE FUNCTION shop.nothing_eq(x integer, y integer) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE OPERATOR shop.= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = shop.nothing_eq);
CREATE FUNCTION shop.nothing_state(s integer, x integer) RETURNS integer LANGUAGE sql AS $$ SELECT NULL::integer $$;
SET search_path = shop, pg_catalog;
CREATE VIEW shop.distinct_v AS SELECT id, age IS DISTINCT FROM 3 AS other FROM shop.customer;
RESET search_path;
CREATE OPERATOR shop.+ (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = pg_catalog.jsonb_object_field);
CREATE AGGREGATE shop.lose(integer) (SFUNC = shop.nothing_state, STYPE = integer);
"""

_TABLES = ("orders", "customer", "thing", "guarded", "child", "parent", "parted", "moving")


def create(conn: Connection[Any]) -> None:
    """Make the schema; from 18 on with a NOT NULL constraint that says nothing of the rows before it."""
    conn.execute(SCHEMA)
    conn.execute("CREATE TABLE shop.old_rows (id bigint PRIMARY KEY, late text)")
    conn.execute("INSERT INTO shop.old_rows VALUES (1, NULL)")
    if conn.info.server_version >= 180000:
        conn.execute("ALTER TABLE shop.old_rows ADD CONSTRAINT late_nn NOT NULL late NOT VALID")
    else:
        # Before 18 a child may lose what it inherited.
        conn.execute("ALTER TABLE shop.child ALTER v DROP NOT NULL")


def judge(conn: Connection[Any], query: str) -> list[Verdict]:
    """Return the engine's verdicts on a query."""
    return columns(rewritten(conn, query), _catalogue(conn))


@cache
def _catalogue(conn: Connection[Any]) -> PgCatalogue:
    return PgCatalogue(conn)


def fill(conn: Connection[Any], dice: random.Random) -> None:
    """Put random rows into the tables: sometimes none at all, sometimes with every nullable column NULL."""
    conn.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(sql.Identifier("shop", each) for each in _TABLES)))
    empty = dice.random() < 0.2
    nulls = dice.choice((0.0, 0.5, 1.0))

    def maybe(*values: Any) -> Any:
        return None if dice.random() < nulls else dice.choice(values)

    customers = [] if empty else list(range(1, dice.randint(1, 5)))
    for each in customers:
        conn.execute(
            "INSERT INTO shop.customer VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (
                each,
                dice.choice(("", "x", "ann", "bob")),
                maybe("", "x", "annie"),
                dice.choice(("active", "blocked")),
                dice.choice(([], ["a"], ["a", None], ["x", "y"])),
                dice.choice(("{}", "[]", "null", '{"k": null}', '{"k": "v"}', "[1, null]", '"s"')),
                maybe(1, 3, 4, 40),
            ),
        )
    orders: list[int] = []
    for each in range(1, dice.randint(1, 6) if customers and dice.random() < 0.8 else 1):
        conn.execute(
            "INSERT INTO shop.orders VALUES (%s, %s, %s, %s, %s, %s)",
            (
                each,
                dice.choice(customers),
                maybe(*orders) if orders else None,
                dice.choice(("1", "50", "NaN", "0")),
                maybe("n", "", "x"),
                dice.choice(("2020-02-29", "infinity", "-infinity")),
            ),
        )
        orders.append(each)
    for each in [] if empty else range(1, dice.randint(1, 4)):
        conn.execute(
            "INSERT INTO shop.thing (id, word, pair, born, span, arr, big, nick)"
            " VALUES (%s, %s, %s::shop.pair, %s, %s, %s, %s, %s)",
            (
                each,
                "w",
                maybe("(1,)", "(,)", "(1,x)"),
                dice.choice(("2020-01-01", "infinity")),
                dice.choice(("empty", "(,)", "[1,2)")),
                maybe([], [1, None], [1, 2]),
                dice.choice(("NaN", "1.5", "Infinity")),
                maybe("n", ""),
            ),
        )
        conn.execute("INSERT INTO shop.guarded VALUES (%s, 'n', 'm')", (each,))
        conn.execute("INSERT INTO shop.parted VALUES (%s, 'n')", (each,))
        conn.execute("INSERT INTO shop.moving VALUES (%s, 'n')", (each,))
    if not empty:
        # The documented way around a domain's NOT NULL (CREATE DOMAIN, Notes).
        conn.execute(
            "INSERT INTO shop.thing (id, word, born, span, big)"
            " SELECT 99, (SELECT word FROM shop.thing WHERE false), now(), 'empty', 1"
        )
        conn.execute("INSERT INTO shop.parent VALUES (1, 1)")
        child_value = 1 if conn.info.server_version >= 180000 else None
        conn.execute("INSERT INTO shop.child VALUES (2, %s)", (child_value,))


def arguments(query: str, dice: random.Random) -> list[Any]:
    """Choose an argument for each `$n`, written as a literal of unknown type; NULL one time in three."""
    values: list[Any] = []
    for number in sorted(set(re.findall(r"\$(\d)", query))):
        is_array = re.search(rf"\${number}::\w+\[\]", query)
        values.append(dice.choice((None, "{1,NULL}", "{}") if is_array else (None, "1", "2")))
    return values


def lies(conn: Connection[Any], queries: Mapping[str, str], seed: int) -> list[str]:
    """Run queries on one random dataset; return each column that is NULL though the engine says it never is."""
    promises = {name: [not each.nullable for each in judge(conn, query)] for name, query in queries.items()}
    dice = random.Random(seed)
    found: list[str] = []
    with conn.transaction(force_rollback=True):
        fill(conn, dice)
        for name, query in queries.items():
            for _ in range(2):
                values = arguments(query, dice)
                nulls = nulls_met(conn, query, values)
                found += [
                    f"{name}, column {index + 1}, seed {seed}, arguments {values}"
                    for index in sorted(nulls)
                    if promises[name][index]
                ]
    return found


def nulls_met(conn: Connection[Any], query: str, values: Sequence[Any]) -> set[int]:
    """Run a query and undo it; return the indexes of the columns that were NULL in some row."""
    try:
        with conn.transaction(force_rollback=True):
            cursor = psycopg.RawCursor(conn)
            cursor.execute(query, values)
            result = cursor.pgresult
    except (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.CardinalityViolation):
        return set()
    assert result is not None
    # Not the values: JSON's null is None too.
    return {
        column
        for row in range(result.ntuples)
        for column in range(result.nfields)
        if result.get_value(row, column) is None
    }
