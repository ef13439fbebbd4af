"""The corpus: 50 queries with 100 columns, of which every verdict is known, and run on random data."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg import Connection

from tests.describe.world import judge, lies

# Name, expected (N = never NULL, Y = can be NULL, one letter per column), query.
CORPUS = [
    ("plain_cols", "NNY", "SELECT id, name, nick FROM shop.customer"),
    ("left_join", "NY", "SELECT c.id, o.total FROM shop.customer c LEFT JOIN shop.orders o ON o.customer_id = c.id"),
    (
        "left_join_param",
        "NY",
        "SELECT c.id, o.total FROM shop.customer c LEFT JOIN shop.orders o ON o.customer_id = c.id WHERE c.id = $1",
    ),
    (
        "right_join",
        "YN",
        "SELECT o.total, c.id FROM shop.orders o RIGHT JOIN shop.customer c ON o.customer_id = c.id",
    ),
    (
        "full_join",
        "YY",
        "SELECT o.total, c.name FROM shop.orders o FULL JOIN shop.customer c ON o.customer_id = c.id AND c.age > 3",
    ),
    (
        "nested_join_paren",
        "NYY",
        "SELECT c.id, o.total, p.total AS ptotal FROM shop.customer c LEFT JOIN (shop.orders o JOIN "
        "shop.orders p ON p.id = o.parent_id) ON o.customer_id = c.id",
    ),
    (
        "left_then_inner",
        "NN",
        "SELECT c.id, o.total FROM shop.customer c LEFT JOIN shop.orders o ON o.customer_id = c.id JOIN "
        "shop.orders p ON p.id = o.parent_id",
    ),
    (
        "left_then_right",
        "YYN",
        "SELECT c.name, o.total, x.name AS xname FROM shop.customer c LEFT JOIN shop.orders o ON "
        "o.customer_id = c.id RIGHT JOIN shop.customer x ON x.id = c.id AND c.age > 3",
    ),
    (
        "where_strict_kills_outer",
        "NN",
        "SELECT c.id, o.total FROM shop.customer c LEFT JOIN shop.orders o ON o.customer_id = c.id WHERE o.total > 10",
    ),
    ("is_not_null", "N", "SELECT nick FROM shop.customer WHERE nick IS NOT NULL"),
    (
        "cte_left_join",
        "NY",
        "WITH x AS (SELECT c.id, o.total FROM shop.customer c LEFT JOIN shop.orders o ON o.customer_id = "
        "c.id) SELECT id, total FROM x",
    ),
    (
        "subq_left_join",
        "NY",
        "SELECT x.id, x.total FROM (SELECT c.id, o.total FROM shop.customer c LEFT JOIN shop.orders o ON "
        "o.customer_id = c.id) x",
    ),
    ("view_cols", "NNY", "SELECT id, name, nick FROM shop.customer_v"),
    ("view_outer", "NNYY", "SELECT id, name, order_id, total FROM shop.customer_order_v"),
    ("count_sum", "NYY", "SELECT count(*) AS n, sum(total) AS s, max(placed_at) AS m FROM shop.orders"),
    ("group_sum", "NNY", "SELECT customer_id, sum(total) AS s, max(note) AS m FROM shop.orders GROUP BY customer_id"),
    ("lower_nullable", "YN", "SELECT lower(nick) AS l, lower(name) AS m FROM shop.customer"),
    ("comparison_nullable", "YN", "SELECT age > 3 AS b, id > 3 AS d FROM shop.customer"),
    ("not_nullable_bool", "Y", "SELECT NOT (age > 3) AS b FROM shop.customer"),
    ("and_or", "Y", "SELECT (age > 3 AND id > 1) AS b FROM shop.customer"),
    ("arith", "YN", "SELECT age + 1 AS a, id + 1 AS b FROM shop.customer"),
    ("concat_op", "YN", "SELECT name || nick AS a, name || 'x' AS b FROM shop.customer"),
    ("concat_fn", "N", "SELECT concat(name, nick) AS a FROM shop.customer"),
    ("coalesce_lit", "NN", "SELECT coalesce(nick, 'none') AS a, coalesce(nick, name) AS b FROM shop.customer"),
    (
        "coalesce_null",
        "Y",
        "SELECT coalesce(nick, note) AS a FROM shop.customer c JOIN shop.orders o ON o.customer_id = c.id",
    ),
    (
        "case_else",
        "NY",
        "SELECT CASE WHEN age > 3 THEN 'a' ELSE 'b' END AS a, CASE WHEN age > 3 THEN 'a' END AS b FROM shop.customer",
    ),
    (
        "case_else_null",
        "YY",
        "SELECT CASE WHEN age > 3 THEN 'a' ELSE NULL END AS a, CASE WHEN id > 1 THEN nick ELSE 'z' END AS b "
        "FROM shop.customer",
    ),
    ("cast_nullable", "YYN", "SELECT nick::varchar AS a, age::bigint AS b, id::text AS c FROM shop.customer"),
    ("nullif", "Y", "SELECT nullif(name, 'x') AS a FROM shop.customer"),
    (
        "scalar_subq",
        "NY",
        "SELECT c.id, (SELECT o.total FROM shop.orders o WHERE o.customer_id = c.id LIMIT 1) AS t FROM shop.customer c",
    ),
    (
        "scalar_subq_count",
        "NN",
        "SELECT c.id, (SELECT count(*) FROM shop.orders o WHERE o.customer_id = c.id) AS n FROM shop.customer c",
    ),
    ("exists", "N", "SELECT EXISTS (SELECT 1 FROM shop.orders o WHERE o.customer_id = $1) AS e"),
    (
        "lag_window",
        "NYN",
        "SELECT id, lag(total) OVER (ORDER BY id) AS prev, row_number() OVER (ORDER BY id) AS rn FROM shop.orders",
    ),
    (
        "sum_over_preceding",
        "Y",
        "SELECT sum(total) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS s FROM shop.orders",
    ),
    ("union_null", "Y", "SELECT name AS a FROM shop.customer UNION ALL SELECT note FROM shop.orders"),
    ("union_nn", "N", "SELECT name AS a FROM shop.customer UNION ALL SELECT 'x'"),
    ("jsonb_arrow", "YN", "SELECT doc->>'k' AS a, doc FROM shop.customer"),
    ("array_sub", "YN", "SELECT tags[1] AS a, tags FROM shop.customer"),
    ("array_agg", "Y", "SELECT array_agg(o.id) AS ids FROM shop.orders o"),
    ("array_subq", "N", "SELECT ARRAY(SELECT o.id FROM shop.orders o) AS ids"),
    (
        "insert_returning",
        "NNY",
        "INSERT INTO shop.customer(id,name,status,tags,doc) VALUES ($1,$2,$3,$4,$5) RETURNING id, name, nick",
    ),
    ("update_returning", "NY", "UPDATE shop.customer SET nick = $2 WHERE id = $1 RETURNING id, nick"),
    ("delete_returning", "NY", "DELETE FROM shop.orders WHERE id = $1 RETURNING id, note"),
    (
        "lateral_left",
        "NY",
        "SELECT c.id, l.total FROM shop.customer c LEFT JOIN LATERAL (SELECT o.total FROM shop.orders o WHERE"
        " o.customer_id = c.id ORDER BY o.placed_at DESC LIMIT 1) l ON true",
    ),
    ("using_left", "NNY", "SELECT id, c.name, o.total FROM shop.customer c LEFT JOIN shop.orders o USING (id)"),
    ("values_nn", "NY", "SELECT v.a, v.b FROM (VALUES (1, 'x'), (2, NULL)) v(a, b)"),
    ("gen_series", "N", "SELECT g FROM generate_series(1, 3) g"),
    ("grouping_rollup", "YN", "SELECT customer_id, count(*) AS n FROM shop.orders GROUP BY ROLLUP (customer_id)"),
    (
        "recursive_cte",
        "NY",
        "WITH RECURSIVE t AS (SELECT id, parent_id FROM shop.orders WHERE id = $1 UNION ALL SELECT o.id, "
        "o.parent_id FROM shop.orders o JOIN t ON t.parent_id = o.id) SELECT id, parent_id FROM t",
    ),
    (
        "self_left",
        "NYY",
        "SELECT o.id, p.id AS pid, p.total FROM shop.orders o LEFT JOIN shop.orders p ON p.id = o.parent_id",
    ),
]

IDS = [name for name, _, _ in CORPUS]


def test_the_corpus_has_a_hundred_columns_in_fifty_queries() -> None:
    assert (len(CORPUS), sum(len(expected) for _, expected, _ in CORPUS)) == (50, 100)


@pytest.mark.parametrize(("expected", "query"), [case[1:] for case in CORPUS], ids=IDS)
def test_every_verdict_is_exact(shop: Connection[Any], expected: str, query: str) -> None:
    verdicts = judge(shop, query)
    assert "".join("Y" if each.nullable else "N" for each in verdicts) == expected, [each.text for each in verdicts]
    assert not any(each.unknown for each in verdicts)
    assert all(each.text for each in verdicts)


@pytest.mark.parametrize("seed", range(2))
def test_no_data_yields_null_where_none_is_promised(shop: Connection[Any], seed: int) -> None:
    assert lies(shop, {name: query for name, _, query in CORPUS}, seed) == []
