-- Expressions: rows, lists, CASE, COALESCE, parameters, domains, composites.

-- row_comparison: YYN
SELECT (1, age) = (1, age), (1, age) < (1, 2), (1, id) = (1, 2) FROM shop.customer;

-- row_in: Y
SELECT (id, age) IN ((1, 2)) FROM shop.customer;

-- in_list: NYY
SELECT id IN (1, 2), age IN (1, 2), id IN (1, NULL) FROM shop.customer;

-- not_in_list: NY
SELECT id NOT IN (1, 2), id NOT IN (1, NULL) FROM shop.customer;

-- any_of_parameter: Y
SELECT id = ANY ($1::bigint[]) FROM shop.customer;

-- any_of_column: Y
SELECT 'a' = ANY (tags) FROM shop.customer;

-- any_of_literal: NY
SELECT id = ANY ('{1,2}'), id = ANY ('{1,NULL}') FROM shop.customer;

-- all_of_column: Y
SELECT 'a' <> ALL (tags) FROM shop.customer;

-- nullif: YY
SELECT nullif(id, 1), nullif(name, nick) FROM shop.customer;

-- coalesce: NYN
SELECT coalesce(nick, $1, ''), coalesce(nick, $1), coalesce(nick, name, nick) FROM shop.customer;

-- greatest_least: NYN
SELECT greatest(age, 1), least(age, $1), least(id, NULL) FROM shop.customer;

-- case_without_else: Y
SELECT CASE WHEN id = 1 THEN 1 WHEN id <> 1 THEN 2 END FROM shop.customer;

-- case_narrows: NN
SELECT CASE WHEN nick IS NULL THEN '-' ELSE nick END, CASE WHEN nick IS NOT NULL THEN nick ELSE '' END
FROM shop.customer;

-- case_narrows_wrong: YY
SELECT CASE WHEN nick IS NULL THEN nick ELSE '' END, CASE WHEN nick = 'x' THEN '' ELSE nick END
FROM shop.customer;

-- case_narrows_or: NY
SELECT CASE WHEN nick IS NULL OR age IS NULL THEN 0 ELSE age END, CASE
WHEN nick IS NULL AND age IS NULL THEN 0 ELSE age END FROM shop.customer;

-- case_simple: YN
SELECT CASE nick WHEN 'x' THEN nick ELSE nick END, CASE nick WHEN 'x' THEN 1 ELSE 2 END FROM shop.customer;

-- case_not: Y
SELECT CASE WHEN NOT (nick = 'x') THEN 'a' ELSE nick END FROM shop.customer;

-- case_second_branch: N
SELECT CASE WHEN age IS NULL THEN 0 WHEN id = 1 THEN age ELSE age + 1 END FROM shop.customer;

-- parameter: YYY
SELECT $1::text, $2::bigint + 1, $3::integer[];

-- parameter_in_domain: NY
SELECT $1::shop.word, $2::shop.label;

-- domain_column: Y
SELECT word FROM shop.thing;

-- domain_cast: NY
SELECT name::shop.word, nick::shop.label FROM shop.customer;

-- composite_field: YY
SELECT (pair).a, (ROW(1, nick)::shop.pair).b FROM shop.thing;

-- whole_rows: NYNY
SELECT c, o, c.*::text, o.id FROM shop.customer c LEFT JOIN shop.orders o ON o.customer_id = c.id;

-- row_is_null: N
SELECT (pair IS NULL) FROM shop.thing;

-- array_elements: YYN
SELECT (ARRAY[1, 2])[3], arr[1:2], ARRAY[arr[1]] FROM shop.thing;

-- boolean_tests: NNN
SELECT (age > 3) IS TRUE, (age > 3) IS UNKNOWN, age IS DISTINCT FROM 3 FROM shop.customer;

-- between: YN
SELECT age BETWEEN 1 AND 2, id BETWEEN 1 AND 2 FROM shop.customer;

-- like: YN
SELECT nick LIKE 'x%', name ILIKE 'x%' FROM shop.customer;

-- system_columns: NNY
SELECT c.ctid, c.tableoid, o.ctid FROM shop.customer c LEFT JOIN shop.orders o ON o.customer_id = c.id;

-- casts: NNY
SELECT id::text::integer, status::text, nick::name FROM shop.customer;

-- at_time_zone: NY
SELECT placed_at AT TIME ZONE 'UTC', placed_at AT TIME ZONE $1 FROM shop.orders;

-- overlaps: YN
SELECT (placed_at, $1::timestamptz) OVERLAPS (placed_at, placed_at), (placed_at, placed_at) OVERLAPS (placed_at, placed_at)
FROM shop.orders;
