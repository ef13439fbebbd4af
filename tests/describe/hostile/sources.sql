-- Where rows come from: views, WITH, set operations, VALUES, functions.

-- views: NNYNY
SELECT v.id, v.name, v.nick, o.id, o.total FROM shop.customer_v v JOIN shop.customer_order_v o ON o.id = v.id;

-- deep_view: NY
SELECT name, total FROM shop.deep_v;

-- view_outer_joined: YY
SELECT v.id, v.order_id FROM shop.orders o LEFT JOIN shop.customer_order_v v ON v.id = o.parent_id;

-- view_narrowed: NN
SELECT name, total FROM shop.customer_order_v WHERE total > 0;

-- view_distinct_by_an_operator_of_its_own: YN
SELECT other, id FROM shop.distinct_v;

-- materialized_view: YY
SELECT id, name FROM shop.customer_m;

-- inheritance: N
SELECT id FROM shop.parent;

-- not_valid: YN
SELECT late, id FROM shop.old_rows;

-- partitioned: NY
SELECT id, nick FROM shop.parted;

-- with: NY
WITH x AS (SELECT id, nick FROM shop.customer) SELECT id, nick FROM x;

-- with_materialized: N
WITH x AS MATERIALIZED (SELECT nick FROM shop.customer WHERE nick <> '') SELECT nick FROM x;

-- with_shadowed: Y
WITH x AS (SELECT id AS v FROM shop.customer) SELECT v FROM (WITH x AS (SELECT age AS v
FROM shop.customer) SELECT v FROM x) s;

-- with_narrowed_outside: YN
WITH x AS (SELECT nick FROM shop.customer) SELECT a.nick, b.nick FROM x a, x b WHERE b.nick <> '';

-- with_facts_stay_out: NY
WITH x AS (SELECT $1::text AS p) SELECT c.id, (SELECT p FROM x) FROM shop.customer c
LEFT JOIN shop.orders o ON o.note = $1;

-- recursive_null_later: NY
WITH RECURSIVE t(id, p) AS (SELECT id, id FROM shop.orders
UNION ALL SELECT t.id, o.parent_id FROM t JOIN shop.orders o ON o.id = t.p) SELECT id, p FROM t LIMIT 100;

-- recursive_shift: YYY
WITH RECURSIVE t(a, b, c, n) AS (SELECT 1, 1, NULL::integer, 0 UNION ALL SELECT b, c, c, n + 1 FROM t
WHERE n < 4) SELECT a, b, c FROM t;

-- recursive_counts: NN
WITH RECURSIVE t(n, path) AS (SELECT 1, ARRAY[1] UNION ALL SELECT n + 1, path || n FROM t
WHERE n < 4) SELECT n, path FROM t;

-- recursive_left_join: NY
WITH RECURSIVE t(id, up) AS (SELECT id, id FROM shop.orders UNION SELECT t.id, o.id FROM t
LEFT JOIN shop.orders o ON o.parent_id = t.up WHERE t.up IS NOT NULL) SELECT id, up FROM t;

-- recursive_cycle: NNN
WITH RECURSIVE t(id) AS (SELECT id FROM shop.orders
UNION ALL SELECT o.id FROM t JOIN shop.orders o ON o.parent_id = t.id) CYCLE id SET looped USING path
SELECT id, looped, path FROM t;

-- recursive_search: NN
WITH RECURSIVE t(id) AS (SELECT id FROM shop.orders
UNION ALL SELECT o.id FROM t JOIN shop.orders o ON o.parent_id = t.id) SEARCH DEPTH FIRST BY id SET ord
SELECT id, ord FROM t;

-- union: NYYY
SELECT id, nick, name, 1 FROM shop.customer UNION SELECT id, name, nick, NULL FROM shop.customer;

-- union_three: YN
SELECT name, 1 FROM shop.customer UNION ALL (SELECT name, 2 FROM shop.customer UNION SELECT note, 3
FROM shop.orders);

-- union_conversion: NN
SELECT id, name FROM shop.customer UNION ALL SELECT total, status::text FROM shop.orders, shop.customer;

-- union_parameter: Y
SELECT name FROM shop.customer UNION ALL SELECT $1;

-- intersect: NNY
SELECT id, nick, nick FROM shop.customer INTERSECT SELECT id, name, nick FROM shop.customer;

-- except: NYN
SELECT id, nick, name FROM shop.customer EXCEPT SELECT id, name, nick FROM shop.customer;

-- values: NYY
VALUES (1, NULL, $1::text), (2, 'x', 'y');

-- values_lateral: NY
SELECT v.a, v.b FROM shop.customer c CROSS JOIN LATERAL (VALUES (c.id, c.nick), (1, 'x')) v(a, b);

-- series: NN
SELECT g, h
FROM generate_series(1, $1::integer) g, generate_series(now(), now() + interval '1 day', interval '1 hour') h;

-- series_in_list: NYY
SELECT generate_series(1, 3), NULL, $1::integer;

-- two_series_in_list: YY
SELECT generate_series(1, 3), generate_series(1, 5);

-- series_sorted_by_another: Y
SELECT generate_series(1, 2) FROM shop.customer ORDER BY generate_series(1, 5);

-- rows_from: YYN
SELECT a, b, n FROM ROWS FROM (generate_series(1, 2), generate_series(1, 4)) WITH ORDINALITY AS t(a, b, n);

-- unnest: YNNY
SELECT a, b, n, c FROM unnest(ARRAY[1, NULL]) a, unnest(ARRAY[1, 2]) WITH ORDINALITY AS t(b, n), unnest($1::integer[]) c;

-- unnest_rows: YYN
SELECT a, b, w FROM unnest(ARRAY[ROW(NULL)::shop.single]) AS t(a), coalesce(ROW(NULL)::shop.single) AS u(b),
(SELECT unnest(ARRAY[ROW(NULL)::shop.single]) AS w) AS v;

-- unnest_column: YN
SELECT t, u FROM shop.customer, unnest(tags) t, unnest(enum_range(NULL::shop.status)) u;

-- unnest_two: YY
SELECT a, b FROM unnest(ARRAY[1], ARRAY[1, 2]) AS t(a, b);

-- unnest_literal: NY
SELECT a, b FROM unnest('{1,2}'::integer[]) a, unnest('{1,NULL}'::integer[]) b;

-- json_each: NNY
SELECT e.key, e.value, x.value FROM jsonb_each('{"a": null}') e, jsonb_each_text('{"a": null}') x;

-- json_elements: NY
SELECT e, x FROM jsonb_array_elements('[null]') e, jsonb_array_elements_text('[null]') x;

-- json_recordset: YY
SELECT a, b FROM jsonb_to_recordset('[{"a": 1}]') AS r(a integer, b text);

-- json_table: YY (since 17)
SELECT a, n FROM JSON_TABLE('[{}]'::jsonb, '$[*]' COLUMNS (a integer PATH '$.a', NESTED PATH '$.x[*]' COLUMNS (n FOR ORDINALITY)));

-- function_in_from: YYYY
SELECT a.a, a.b, n, s FROM shop.two() a, shop.nothing(1) n, shop.nothing_set() s;

-- builtin_in_from: YN
SELECT a, b FROM lower($1::text) a, now() b;

-- function_row: Y
SELECT f FROM shop.two() f LEFT JOIN shop.customer c ON true;

-- tablesample: N
SELECT id FROM shop.customer TABLESAMPLE SYSTEM (50);

-- for_update: NY
SELECT id, nick FROM shop.customer FOR UPDATE;

-- distinct_on: NY
SELECT DISTINCT ON (id) id, nick FROM shop.customer ORDER BY id;

-- escaped_names: NY
SELECT "c :location 7".id AS "a (b) {c} :d \ e", "c :location 7".nick AS "<>"
FROM shop.customer AS "c :location 7";
