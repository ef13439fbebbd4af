-- Sub-queries inside expressions.

-- scalar: YYN
SELECT (SELECT max(id) FROM shop.orders), (SELECT id FROM shop.orders LIMIT 1), (SELECT 1);

-- scalar_count: NYYN
SELECT (SELECT count(*) FROM shop.orders), (SELECT count(*) FROM shop.orders
HAVING count(*) > 1), (SELECT count(*) FROM shop.orders GROUP BY customer_id LIMIT 1), (SELECT count(*)
FROM shop.orders LIMIT 1);

-- scalar_limit: YYY
SELECT (SELECT count(*) FROM shop.orders LIMIT 0), (SELECT count(*)
FROM shop.orders OFFSET 1), (SELECT count(*) FROM shop.orders LIMIT $1::bigint);

-- scalar_where: YN
SELECT (SELECT 1 WHERE $1::boolean), (SELECT coalesce((SELECT nick FROM shop.customer LIMIT 1), ''));

-- scalar_values: NN
SELECT (VALUES (1)), (SELECT x FROM (VALUES (1)) v (x));

-- scalar_nested_count: NY
SELECT (SELECT n FROM (SELECT count(*) AS n FROM shop.orders) s), (SELECT n FROM (SELECT count(*) AS n
FROM shop.orders) s WHERE n > 1);

-- scalar_srf: Y
SELECT (SELECT generate_series(1, 0));

-- scalar_union: N
SELECT (SELECT id FROM shop.orders WHERE false UNION ALL SELECT count(*) FROM shop.orders);

-- scalar_left_join: NY
SELECT (SELECT 1 FROM (SELECT 1 AS a) s LEFT JOIN shop.orders o ON false), (SELECT o.id FROM (SELECT 1 AS a) s
LEFT JOIN shop.orders o ON false);

-- scalar_rollup: N
SELECT (SELECT count(*) FROM shop.orders GROUP BY GROUPING SETS (()));

-- exists: NN
SELECT EXISTS (SELECT 1 FROM shop.orders), NOT EXISTS (SELECT nick FROM shop.customer);

-- in_subquery: NYY
SELECT id IN (SELECT id FROM shop.orders), id IN (SELECT parent_id FROM shop.orders), age IN (SELECT id
FROM shop.orders) FROM shop.customer;

-- not_in_subquery: NY
SELECT id NOT IN (SELECT id FROM shop.orders), id NOT IN (SELECT parent_id FROM shop.orders)
FROM shop.customer;

-- any_all_subquery: YY
SELECT id > ALL (SELECT parent_id FROM shop.orders), age > ANY (SELECT id FROM shop.orders) FROM shop.customer;

-- row_in_subquery: Y
SELECT (id, age) IN (SELECT id, id FROM shop.orders) FROM shop.customer;

-- row_equals_subquery: Y
SELECT (id, 1) = (SELECT id, 1 FROM shop.orders WHERE false) FROM shop.customer;

-- array_subquery: NN
SELECT ARRAY(SELECT parent_id FROM shop.orders), cardinality(ARRAY(SELECT id FROM shop.orders));

-- correlated: NY
SELECT (SELECT c.id), (SELECT c.nick) FROM shop.customer c;

-- correlated_narrowed: N
SELECT (SELECT c.nick) FROM shop.customer c WHERE c.nick > '';

-- correlated_outer: Y
SELECT (SELECT o.id) FROM shop.customer c LEFT JOIN shop.orders o ON o.customer_id = c.id;

-- two_tests_share_numbers: NY
SELECT id IN (SELECT id FROM shop.orders), id IN (SELECT parent_id FROM shop.orders) FROM shop.customer
WHERE id IN (SELECT parent_id FROM shop.orders) OR true;

-- test_numbers_do_not_leak: Y
SELECT id IN (SELECT parent_id FROM shop.orders) FROM shop.customer WHERE id IN (SELECT customer_id
FROM shop.orders);
