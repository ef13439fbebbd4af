-- GROUP BY, grouping sets, HAVING and aggregates.

-- rollup: YYN
SELECT name, sum(id), count(*) FROM shop.customer GROUP BY ROLLUP (name);

-- rollup_expression: YY
SELECT lower(name), lower(name) || 'x' FROM shop.customer GROUP BY ROLLUP (lower(name));

-- rollup_inside: YN
SELECT upper(name), coalesce(upper(name), '') FROM shop.customer GROUP BY ROLLUP (name);

-- rollup_in_subquery: Y
SELECT (SELECT c.name) FROM shop.customer c GROUP BY ROLLUP (c.name);

-- grouping_sets: YYNN
SELECT name, status, grouping(name), count(*) FROM shop.customer GROUP BY GROUPING SETS ((name), (status));

-- grouping_sets_common: NY
SELECT name, status FROM shop.customer GROUP BY name, ROLLUP (status);

-- grouping_sets_sum: NY
SELECT name, sum(id) FROM shop.customer GROUP BY GROUPING SETS ((name), (name, status))
UNION ALL SELECT 'x', NULL;

-- grouping_sets_full: N
SELECT sum(id) FROM shop.customer GROUP BY GROUPING SETS ((name), (status));

-- empty_grouping_set: YYN
SELECT name, max(id), count(*) FROM shop.customer GROUP BY GROUPING SETS ((name), ());

-- cube_case: Y
SELECT CASE WHEN grouping(name) = 1 THEN name ELSE 'x' END FROM shop.customer GROUP BY CUBE (name);

-- rollup_constant: Y
SELECT 'x'::text AS k FROM shop.customer GROUP BY ROLLUP (k);

-- rollup_narrowed: Y
SELECT nick FROM shop.customer WHERE nick IS NOT NULL GROUP BY ROLLUP (nick);

-- rollup_having: N
SELECT nick FROM shop.customer GROUP BY ROLLUP (nick) HAVING nick IS NOT NULL;

-- rollup_having_expression: YN
SELECT nick, lower(nick) FROM shop.customer GROUP BY GROUPING SETS ((lower(nick)), (nick))
HAVING lower(nick) IS NOT NULL;

-- rollup_join: Y
SELECT o.id FROM shop.customer c JOIN shop.orders o ON o.customer_id = c.id GROUP BY ROLLUP (o.id);

-- group_functional_dependency: NY
SELECT name, nick FROM shop.customer GROUP BY id;

-- group_nullable: YN
SELECT nick, count(nick) FROM shop.customer GROUP BY nick;

-- group_narrowed: NN
SELECT nick, max(nick) FROM shop.customer WHERE nick <> '' GROUP BY nick;

-- group_expression: YN
SELECT lower(nick), lower(name) FROM shop.customer GROUP BY lower(nick), lower(name);

-- no_group_aggregates: YYYYN
SELECT sum(id), max(name), array_agg(id), bool_and(true), count(*) FROM shop.customer;

-- no_group_where_false: Y
SELECT max(id) FROM shop.customer WHERE id = 1;

-- no_group_parameter: NY
SELECT count(*), $1::bigint FROM shop.customer WHERE id = $1;

-- no_group_parameter_in_with: NY
WITH x AS (SELECT $1::bigint AS p) SELECT count(*), (SELECT p FROM x) FROM shop.customer WHERE id = $1;

-- no_group_from_subquery: NY
SELECT count(*), max(s.p) FROM (SELECT $1::bigint AS p) s WHERE s.p IS NOT NULL;

-- group_parameter: NN
SELECT id, $1::bigint FROM shop.customer WHERE id = $1 GROUP BY id;

-- group_aggregates: NNNNY
SELECT sum(o.id), array_agg(o.note), bool_or(o.id = 1), string_agg(o.id::text, o.note), max(o.note)
FROM shop.orders o GROUP BY o.customer_id;

-- group_json_aggregates: NN
SELECT jsonb_agg(note), jsonb_object_agg(id, note) FROM shop.orders GROUP BY customer_id;

-- group_filter: YNY
SELECT sum(id) FILTER (WHERE note IS NOT NULL), count(*) FILTER (WHERE id > 1), array_agg(id) FILTER (WHERE id > 2)
FROM shop.orders GROUP BY customer_id;

-- group_statistics: YYY
SELECT stddev(total), var_samp(id), corr(id, id) FROM shop.orders GROUP BY customer_id;

-- group_having_aggregate: NN
SELECT max(note), customer_id FROM shop.orders GROUP BY customer_id HAVING max(note) > '';

-- group_having_other: Y
SELECT min(note) FROM shop.orders GROUP BY customer_id HAVING max(id) > 0;

-- no_group_having: N
SELECT max(note) FROM shop.orders HAVING max(note) IS NOT NULL;

-- group_outer_join: NYN
SELECT c.id, max(o.total), count(o.id) FROM shop.customer c LEFT JOIN shop.orders o ON o.customer_id = c.id
GROUP BY c.id;

-- ordered_set: YY
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY id), mode() WITHIN GROUP (ORDER BY note) FROM shop.orders;

-- hypothetical_set: N
SELECT rank(1) WITHIN GROUP (ORDER BY id) FROM shop.orders;

-- outer_aggregate: Y
SELECT (SELECT sum(c.id)) FROM shop.customer c;

-- distinct_aggregate: NY
SELECT count(DISTINCT note), sum(DISTINCT total) FROM shop.orders;

-- aggregate_of_nothing: NY
SELECT n, m FROM (SELECT count(*) AS n, max(id) AS m FROM shop.orders WHERE false) s;

-- rollup_case: Y
SELECT CASE WHEN lower(nick) IS NOT NULL THEN nick ELSE 'x' END
FROM shop.customer GROUP BY GROUPING SETS ((lower(nick), name), (nick, lower(nick)), (lower(nick)));

-- rollup_case_of_column: N
SELECT CASE WHEN nick IS NOT NULL THEN nick ELSE 'x' END FROM shop.customer GROUP BY ROLLUP (nick);

-- rollup_volatile: YY
SELECT nick, round(random())::text || nick FROM shop.customer WHERE nick <> ''
GROUP BY ROLLUP (nick, round(random())::text || nick);
