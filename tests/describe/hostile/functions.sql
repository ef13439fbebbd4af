-- Functions and operators that are strict and give NULL all the same, and some that never do.

-- extract_infinity: Y
SELECT extract(day FROM born) FROM shop.thing;

-- extract_epoch: N
SELECT extract(epoch FROM born) FROM shop.thing;

-- date_part_field: YY
SELECT date_part('hour', born), date_part($1, born) FROM shop.thing;

-- extract_interval: Y
SELECT extract(day FROM placed_at - now()) FROM shop.orders;

-- to_char_infinity: YY
SELECT to_char(placed_at, 'YYYY'), to_char(total, '') FROM shop.orders;

-- time_of_infinity: YN
SELECT born::time, born::date FROM shop.thing;

-- concat_ws_null: NY
SELECT concat_ws(',', nick), concat_ws(nick, 'a', 'b') FROM shop.customer;

-- concat_variadic: NY
SELECT concat(nick), concat(VARIADIC arr) FROM shop.thing;

-- format_null: NY
SELECT format('%s', nick), format(nick, 'a') FROM shop.customer;

-- json_build: NN
SELECT jsonb_build_object('a', nick), jsonb_build_array(nick, age) FROM shop.customer;

-- json_build_variadic: Y
SELECT jsonb_build_array(VARIADIC arr) FROM shop.thing;

-- to_jsonb: YN
SELECT to_jsonb(nick), to_jsonb(name) FROM shop.customer;

-- strict_but_null: YYY
SELECT array_length(tags, 1), array_upper(tags, 1), array_ndims(tags) FROM shop.customer;

-- substring: YNY
SELECT substring(name FROM 'z'), substring(name FROM 1), substring(name SIMILAR 'z' ESCAPE '#')
FROM shop.customer;

-- regexp: YYN
SELECT regexp_match(name, 'z'), (regexp_match(name, '(z)?'))[1], regexp_replace(name, 'z', 'y')
FROM shop.customer;

-- range_bounds: YYN
SELECT lower(span), upper(span), isempty(span) FROM shop.thing;

-- scale_of_nan: YYN
SELECT scale(big), min_scale(big), trunc(big) FROM shop.thing;

-- array_position: YN
SELECT array_position(tags, 'zz'), array_positions(tags, 'zz') FROM shop.customer;

-- array_with_null: NNY
SELECT arr || 1, array_append(arr, NULL), arr || arr FROM shop.thing;

-- array_cat_half: N
SELECT arr || ARRAY[1] FROM shop.thing;

-- string_to_array: NY
SELECT string_to_array(name, NULL), string_to_array(nick, ',') FROM shop.customer;

-- jsonb_look_up: YYYY
SELECT doc -> 'k', doc ->> 'k', doc #> '{k}', doc #>> '{k}' FROM shop.customer;

-- jsonb_paths: YYY
SELECT jsonb_extract_path(doc, 'k'), doc @? '$.k', doc @@ '$.k == 1' FROM shop.customer;

-- jsonb_path_first: YY
SELECT jsonb_path_query_first(doc, '$.k'), jsonb_path_exists(doc, 'strict $.a', '{}', true) FROM shop.customer;

-- jsonb_operators: NNN
SELECT doc ? 'k', doc @> '{}', doc || '{}' FROM shop.customer;

-- jsonb_subscript: Y
SELECT doc['k'] FROM shop.customer;

-- jsonb_typeof_look_up: YN
SELECT jsonb_typeof(doc -> 'k'), jsonb_typeof(doc) FROM shop.customer;

-- user_function: YY
SELECT shop.nothing(1), shop.nothing(age) FROM shop.customer;

-- user_operator: Y
SELECT 1 OPERATOR(shop.=) 1;

-- user_aggregate: Y
SELECT shop.lose(1) FROM shop.customer GROUP BY id;

-- current_schema: YN
SELECT current_schema, current_user;

-- settings: Y
SELECT current_setting('shop.nothing', true);

-- comments: YY
SELECT obj_description(0, 'pg_class'), pg_get_expr(NULL, 0);

-- to_regclass: Y
SELECT to_regclass('shop.nowhere');

-- privilege_of_gone: Y
SELECT has_table_privilege(0::oid, 'select');

-- is_json: YN (since 16)
SELECT nick IS JSON, name IS JSON FROM shop.customer;

-- json_constructors: NN (since 16)
SELECT JSON_OBJECT('a': nick), JSON_ARRAY(nick, age) FROM shop.customer;

-- json_aggregates: YY (since 16)
SELECT JSON_ARRAYAGG(nick), JSON_OBJECTAGG(id: nick) FROM shop.customer;

-- json_query: YY (since 17)
SELECT JSON_VALUE(doc, '$.k'), JSON_QUERY(doc, '$.k') FROM shop.customer;

-- jsonb_null_cast: Y (since 18)
SELECT ('null'::jsonb)::integer;

-- operator_named_alike: Y
SELECT doc OPERATOR(shop.+) 'k' FROM shop.customer;

-- extract_of_dates: NNY
SELECT extract(year FROM born::date), extract(julian FROM born), extract(month FROM born::date) FROM shop.thing;
