-- Joins of every kind and nesting, and conditions that let no NULL through.

-- nested_outer: NYY
SELECT c.id, o.id, p.id FROM shop.customer c LEFT JOIN (shop.orders o
LEFT JOIN shop.orders p ON p.id = o.parent_id) ON o.customer_id = c.id;

-- nested_outer_killed_inside: NYY
SELECT c.id, o.id, p.id FROM shop.customer c LEFT JOIN (shop.orders o
LEFT JOIN shop.orders p ON p.id = o.parent_id) ON p.id = c.id;

-- nested_outer_killed: NNN
SELECT c.id, o.id, p.id FROM shop.customer c LEFT JOIN (shop.orders o
LEFT JOIN shop.orders p ON p.id = o.parent_id) ON p.id = c.id WHERE o.total > 0;

-- right_over_left: YYN
SELECT c.id, o.id, x.id FROM shop.customer c LEFT JOIN shop.orders o ON o.customer_id = c.id
RIGHT JOIN shop.customer x ON x.id = c.id AND c.age > 3;

-- full_using: NYY
SELECT id, c.name, o.total FROM shop.customer c FULL JOIN shop.orders o USING (id);

-- full_using_alias: NYY
SELECT j.id, c.id, o.id FROM shop.customer c FULL JOIN shop.orders o USING (id) AS j;

-- full_using_below_left: NY
SELECT x.id, f.id FROM shop.customer x LEFT JOIN (shop.customer c FULL JOIN shop.orders o
USING (id)) AS f ON f.id = x.age;

-- full_then_full: N
SELECT id FROM shop.customer a FULL JOIN shop.orders b USING (id) FULL JOIN shop.thing c USING (id);

-- full_using_nullable: Y
SELECT nick FROM shop.customer a FULL JOIN shop.thing b USING (nick);

-- full_killed_left: NY
SELECT c.id, o.id FROM shop.customer c FULL JOIN shop.orders o ON o.id = c.id WHERE c.name <> '';

-- full_killed_both: NNN
SELECT c.id, o.id, o.parent_id FROM shop.customer c FULL JOIN shop.orders o ON o.parent_id = c.id
WHERE c.name <> o.id::text;

-- right_using: NY
SELECT id, c.name FROM shop.customer c RIGHT JOIN shop.orders o USING (id);

-- join_alias_row: NY
SELECT c.id, j.total FROM shop.customer c LEFT JOIN (shop.orders o JOIN shop.thing t
USING (id)) AS j ON j.customer_id = c.id;

-- natural_left: NY
SELECT c.name, t.big FROM shop.customer c NATURAL LEFT JOIN shop.thing t;

-- on_narrows_right: NYY
SELECT c.id, c.age, o.note FROM shop.customer c LEFT JOIN shop.orders o ON o.id = c.age AND o.note IS NOT NULL;

-- on_facts_come_back: NNN
SELECT c.id, c.age, o.note FROM shop.customer c LEFT JOIN shop.orders o ON o.id = c.age AND o.note IS NOT NULL
WHERE o.id > 0;

-- inner_on_narrows: NN
SELECT c.age, o.parent_id FROM shop.customer c JOIN shop.orders o ON o.parent_id = c.age;

-- or_narrows: NY
SELECT a.nick, a.age FROM shop.customer a WHERE (a.nick = 'x' AND a.age = 3) OR a.nick = '';

-- or_half: YY
SELECT nick, age FROM shop.customer WHERE nick = 'x' OR age = 3;

-- not_or: NN
SELECT nick, age FROM shop.customer WHERE NOT (nick = 'x' OR age = 3);

-- not_and: YY
SELECT nick, age FROM shop.customer WHERE NOT (nick = 'x' AND age = 3);

-- not_is_null: NY
SELECT nick, age FROM shop.customer WHERE NOT (nick IS NULL) AND NOT (age IS NOT NULL);

-- is_not_true: YN
SELECT nick, age FROM shop.customer WHERE (nick = 'x') IS NOT TRUE AND (age = 3) IS FALSE;

-- is_not_unknown: NY
SELECT nick, age FROM shop.customer WHERE (nick = 'x') IS NOT UNKNOWN AND (age = 3) IS NOT FALSE;

-- distinct_from: YN
SELECT nick, age FROM shop.customer WHERE nick IS DISTINCT FROM 'x' AND age IS NOT DISTINCT FROM 3;

-- not_distinct_column: Y
SELECT a.nick FROM shop.customer a JOIN shop.customer b ON a.nick IS NOT DISTINCT FROM b.nick;

-- narrow_through_array: Y
SELECT arr FROM shop.thing WHERE (arr || 1) IS NOT NULL;

-- narrow_through_concat: Y
SELECT nick FROM shop.customer WHERE concat(nick, 'x') = 'x';

-- narrow_through_coalesce: Y
SELECT nick FROM shop.customer WHERE coalesce(nick, 'x') = 'x';

-- narrow_through_strict: NN
SELECT nick, age FROM shop.customer WHERE length(lower(nick)) >= 0 AND age::text <> '';

-- narrow_through_user_operator: N
SELECT age FROM shop.customer WHERE shop.nothing(age) IS NOT NULL;

-- narrow_in: NNY
SELECT nick, age, NULL FROM (SELECT nick, age FROM shop.customer
WHERE nick IN ('x', '') AND age = ANY ($1::integer[])) s(nick, age) UNION ALL SELECT 'a', 1, NULL;

-- narrow_not_in_list: N
SELECT nick FROM shop.customer WHERE nick NOT IN ('x', 'y');

-- narrow_not_in_array: Y
SELECT nick FROM shop.customer WHERE nick <> ALL ('{}'::text[]);

-- narrow_all_of_parameter: Y
SELECT nick FROM shop.customer WHERE nick <> ALL ($1::text[]);

-- narrow_not_any: Y
SELECT nick FROM shop.customer WHERE NOT (nick = ANY ('{}'::text[]));

-- narrow_in_subquery: NY
SELECT nick, age FROM shop.customer WHERE nick IN (SELECT name FROM shop.customer) AND age NOT IN (SELECT id
FROM shop.orders);

-- narrow_not_in_subquery: Y
SELECT nick FROM shop.customer WHERE nick NOT IN (SELECT name FROM shop.customer WHERE false);

-- narrow_row_comparison: NYY
SELECT a.age, a.nick, b.nick FROM shop.customer a, shop.customer b WHERE (a.age, a.nick) <= (3, b.nick);

-- narrow_row_is_not_null: NN
SELECT nick, age FROM shop.customer WHERE (nick, age) IS NOT NULL;

-- narrow_row_not_null: YY
SELECT nick, age FROM shop.customer WHERE NOT ((nick, age) IS NULL);

-- narrow_json_expression: NYN
SELECT doc ->> 'k', doc ->> 'j', doc FROM shop.customer WHERE doc ->> 'k' <> '';

-- narrow_by_a_range_of_everything: YYN
SELECT age, nick, id FROM shop.customer WHERE '(,)'::int4range @> age AND (nick IS NULL OR '[1,2)'::int4range @> age);

-- narrow_volatile: Y
SELECT nullif((random() * 2)::integer, 1) FROM shop.customer
WHERE nullif((random() * 2)::integer, 1) IS NOT NULL;

-- narrow_parameter: NY
SELECT $1::bigint, $2::bigint FROM shop.customer WHERE id = $1;

-- narrow_boolean_column: N
SELECT s.b FROM (SELECT age > 3 AS b FROM shop.customer) s WHERE s.b;

-- narrow_not_boolean: N
SELECT s.b FROM (SELECT age > 3 AS b FROM shop.customer) s WHERE NOT s.b;

-- narrow_nullif: N
SELECT nick FROM shop.customer WHERE nullif(nick, '') = 'x';

-- narrow_case: Y
SELECT nick FROM shop.customer WHERE CASE WHEN nick IS NULL THEN true ELSE false END;

-- narrow_left_of_left: Y
SELECT c.nick FROM shop.customer c LEFT JOIN shop.customer d ON c.nick = d.nick;

-- anti_join: NY
SELECT c.id, o.id FROM shop.customer c LEFT JOIN shop.orders o ON o.customer_id = c.id WHERE o.id IS NULL;

-- constant_on_nullable_side: Y
SELECT s.one FROM shop.customer c LEFT JOIN (SELECT 1 AS one, id FROM shop.orders) s ON s.id = c.age;

-- coalesce_on_nullable_side: YN
SELECT s.x, coalesce(s.x, 0) FROM shop.customer c LEFT JOIN (SELECT coalesce(parent_id, 0) AS x, id
FROM shop.orders) s ON s.id = c.age;

-- lateral: NYY
SELECT c.id, l.nick, l.id FROM shop.customer c LEFT JOIN LATERAL (SELECT c.nick, o.id FROM shop.orders o
WHERE o.customer_id = c.id) l ON true;

-- lateral_narrowed: N
SELECT l.nick FROM shop.customer c CROSS JOIN LATERAL (SELECT c.nick) l WHERE c.nick <> '';

-- lateral_aggregate: NY
SELECT l.n, l.s FROM shop.customer c CROSS JOIN LATERAL (SELECT count(*) AS n, sum(o.total) AS s
FROM shop.orders o WHERE o.customer_id = c.id) l;

-- lateral_where_outer: Y
SELECT c.nick FROM shop.customer c CROSS JOIN LATERAL (SELECT count(*) FROM shop.orders o
WHERE o.note = c.nick) l;

-- comma_join: NN
SELECT c.id, o.id FROM shop.customer c, shop.orders o WHERE c.id = o.customer_id;

-- narrow_all_of_empty_list: Y
SELECT arr FROM shop.thing WHERE 1 <> ALL (ARRAY[arr]) OR nick <> ALL (ARRAY['{}'::text[]]);

-- narrow_all_of_nested_list: Y
SELECT nick FROM shop.customer WHERE nick <> ALL (ARRAY['{}'::text[]]);
