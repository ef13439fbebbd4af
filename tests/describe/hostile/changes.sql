-- INSERT, UPDATE, DELETE and MERGE with RETURNING.

-- insert: NYN
INSERT INTO shop.customer (id, name, nick, status, tags, doc) VALUES (77, 'n', $1, 'active', '{}', '{}')
RETURNING id, nick, name;

-- insert_literal: NYN
INSERT INTO shop.customer (id, name, nick, status, tags, doc) VALUES (77, 'n', 'x', 'active', '{}', '{}')
RETURNING nick, age, coalesce(nick, name);

-- insert_select: NY
INSERT INTO shop.orders SELECT id + 100, id, NULL, 1, name, now() FROM shop.customer RETURNING note, parent_id;

-- insert_values_rows: Y
INSERT INTO shop.orders (id, customer_id, total, placed_at, note) SELECT v.id, c.id, 1, now(), v.note
FROM (VALUES (70, 'x'), (71, NULL)) v(id, note), (SELECT min(id) AS id FROM shop.customer
HAVING count(*) > 0) c RETURNING note;

-- insert_trigger: YN
INSERT INTO shop.guarded (id, nick) VALUES (77, 'x') RETURNING nick, must;

-- insert_partition_trigger: NY
INSERT INTO shop.parted (id, nick) VALUES (7, 'x') RETURNING id, nick;

-- insert_view_trigger: YYY
INSERT INTO shop.trigger_v (id, nick, name) VALUES (7, 'x', 'y') RETURNING id, nick, name;

-- insert_view: NYN
INSERT INTO shop.writable_v (id, nick) VALUES (77, 'x') RETURNING id, nick, must;

-- insert_generated: Y
INSERT INTO shop.thing (id, word, born, span, big) VALUES (77, 'w', now(), 'empty', 1) RETURNING shout;

-- insert_conflict: NY
INSERT INTO shop.orders (id, customer_id, total, placed_at, note, parent_id) SELECT 1, c.id, 1, now(), 'x', NULL
FROM shop.customer c LIMIT 1 ON CONFLICT (id) DO UPDATE SET note = 'y' RETURNING note, parent_id;

-- insert_conflict_untouched: YY
INSERT INTO shop.orders (id, customer_id, total, placed_at, note, parent_id) SELECT 1, c.id, 1, now(), 'x', 1
FROM shop.customer c LIMIT 1 ON CONFLICT (id) DO UPDATE SET parent_id = NULL RETURNING note, parent_id;

-- insert_conflict_excluded: NY
INSERT INTO shop.orders (id, customer_id, total, placed_at, note, parent_id) SELECT 1, c.id, 1, now(), 'x', $1
FROM shop.customer c LIMIT 1
ON CONFLICT (id) DO UPDATE SET note = excluded.note, parent_id = excluded.parent_id RETURNING note, parent_id;

-- insert_conflict_nothing: N
INSERT INTO shop.orders (id, customer_id, total, placed_at, note) SELECT 1, c.id, 1, now(), 'x'
FROM shop.customer c LIMIT 1 ON CONFLICT DO NOTHING RETURNING note;

-- update: NYNN
UPDATE shop.customer SET nick = $1, age = 3 RETURNING id, nick, age, coalesce(nick, 'x');

-- update_narrowed: NY
UPDATE shop.customer SET name = 'z' WHERE nick IS NOT NULL RETURNING nick, age;

-- update_overwrites_narrowed: Y
UPDATE shop.customer SET nick = NULL WHERE nick IS NOT NULL RETURNING nick;

-- update_overwrites_expression: YY
UPDATE shop.customer SET nick = NULL WHERE lower(nick) <> 'q' RETURNING lower(nick), (SELECT nick);

-- update_from_old_value: N
UPDATE shop.customer SET nick = nick || 'x' WHERE nick IS NOT NULL RETURNING nick;

-- update_swaps: YN
UPDATE shop.thing SET nick = NULL, arr = '{}' WHERE nick IS NOT NULL RETURNING nick, arr;

-- update_generated: Y
UPDATE shop.thing SET nick = NULL WHERE shout IS NOT NULL RETURNING shout;

-- update_trigger: YN
UPDATE shop.guarded SET must = 'y' WHERE nick IS NOT NULL RETURNING nick, must;

-- update_trigger_assigned: Y
UPDATE shop.guarded SET nick = 'y' RETURNING nick;

-- update_partition_trigger: Y
UPDATE shop.parted SET nick = 'y' RETURNING nick;

-- update_view_trigger: YY
UPDATE shop.trigger_v SET nick = 'y' WHERE nick IS NOT NULL AND name IS NOT NULL RETURNING nick, name;

-- update_from: NNY
UPDATE shop.customer c SET age = 1 FROM shop.orders o WHERE o.parent_id = c.age
RETURNING o.parent_id, c.age, o.note;

-- update_from_outer: YN
UPDATE shop.customer c SET age = 1 FROM shop.customer d LEFT JOIN shop.orders o ON o.customer_id = d.id
WHERE d.id = c.id RETURNING o.id, d.id;

-- update_row_subquery: YY
UPDATE shop.customer SET (nick, age) = (SELECT 'x', 1 WHERE false) RETURNING nick, age;

-- update_element: Y
UPDATE shop.thing SET arr[1] = NULL RETURNING arr[1];

-- delete: NY
DELETE FROM shop.orders RETURNING id, note;

-- delete_narrowed: N
DELETE FROM shop.orders WHERE note IS NOT NULL RETURNING note;

-- delete_using: NN
DELETE FROM shop.orders o USING shop.customer c WHERE c.age = o.parent_id RETURNING o.parent_id, c.age;

-- with_changes: NY
WITH gone AS (DELETE FROM shop.orders RETURNING id, note) SELECT id, note FROM gone;

-- with_update: YN
WITH done AS (UPDATE shop.customer SET nick = $1 WHERE nick <> ''
RETURNING nick, id) SELECT nick, id FROM done;

-- returning_subquery: YN
UPDATE shop.customer SET nick = NULL WHERE nick <> '' RETURNING (SELECT customer.nick), (SELECT count(*)
FROM shop.orders);

-- old_new_update: NYYN (since 18)
UPDATE shop.customer SET nick = $1 WHERE nick IS NOT NULL RETURNING old.nick, new.nick, nick, old.id;

-- old_new_insert: YNY (since 18)
INSERT INTO shop.guarded (id) VALUES (77) RETURNING old.id, new.id, old;

-- old_new_delete: NYY (since 18)
DELETE FROM shop.orders RETURNING old.id, new.id, new;

-- old_conflict: YN (since 18)
INSERT INTO shop.orders (id, customer_id, total, placed_at) SELECT 1, id, 1, now() FROM shop.customer LIMIT 1
ON CONFLICT (id) DO UPDATE SET total = 2 RETURNING old.id, new.id;

-- old_new_view: YN (since 18)
INSERT INTO shop.writable_v (id) VALUES (77) RETURNING old.id, new.id;

-- old_in_subquery: NY (since 18)
UPDATE shop.customer SET nick = NULL WHERE nick IS NOT NULL RETURNING (SELECT old.nick), (SELECT new.nick);

-- merge: NNY (since 17)
MERGE INTO shop.customer c USING shop.orders o ON c.id = o.id WHEN MATCHED THEN UPDATE SET nick = 'x'
WHEN NOT MATCHED THEN DO NOTHING RETURNING merge_action(), c.id, c.nick;

-- merge_by_source: YNY (since 17)
MERGE INTO shop.customer c USING shop.orders o ON c.id = o.id WHEN MATCHED THEN DO NOTHING
WHEN NOT MATCHED BY SOURCE THEN UPDATE SET nick = 'x' RETURNING o.id, c.id, c.nick;

-- merge_source: NY (since 17)
MERGE INTO shop.customer c USING (SELECT id, note FROM shop.orders) o ON c.id = o.id
WHEN MATCHED THEN UPDATE SET nick = o.note RETURNING o.id, o.note;

-- merge_condition: Y (since 17)
MERGE INTO shop.customer c USING shop.orders o ON c.age = o.parent_id
WHEN NOT MATCHED THEN INSERT (id, name, status, tags, doc) VALUES (o.id + 500, 'n', 'active', '{}', '{}')
RETURNING o.parent_id;

-- merge_old_new: YNYY (since 18)
MERGE INTO shop.customer c USING shop.orders o ON c.id = o.id AND false WHEN MATCHED THEN DELETE
WHEN NOT MATCHED THEN INSERT (id, name, status, tags, doc) VALUES (o.id + 500, 'n', 'active', '{}', '{}')
RETURNING old.id, c.id, new.id, old.nick;

-- update_moves_to_a_partition_with_a_trigger: YN
UPDATE shop.moving SET id = id + 100, nick = 'x' RETURNING nick, id;

-- update_of_one_partition_moves_nothing: N
UPDATE shop.moving_1 SET nick = 'x' RETURNING nick;
