-- Window functions and their frames.

-- ranking: NNNN
SELECT row_number() OVER w, rank() OVER w, ntile(2) OVER w, cume_dist() OVER w FROM shop.orders
WINDOW w AS (ORDER BY id);

-- lag_lead: YYNY
SELECT lag(id) OVER w, lead(id, 1) OVER w, lag(id, 1, 0::bigint) OVER w, lag(id, 1, parent_id) OVER w
FROM shop.orders WINDOW w AS (ORDER BY id);

-- lag_offset_null: Y
SELECT lag(id, $1::integer, 0::bigint) OVER (ORDER BY id) FROM shop.orders;

-- first_last: NNY
SELECT first_value(id) OVER w, last_value(id) OVER w, nth_value(id, 2) OVER w FROM shop.orders
WINDOW w AS (ORDER BY id);

-- first_nullable: Y
SELECT first_value(note) OVER (ORDER BY id) FROM shop.orders;

-- default_frame: NY
SELECT sum(total) OVER (ORDER BY id), max(note) OVER (ORDER BY id) FROM shop.orders;

-- frame_behind: YN
SELECT sum(total) OVER w, count(*) OVER w FROM shop.orders
WINDOW w AS (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING);

-- frame_ahead: YY
SELECT first_value(id) OVER w, max(id) OVER w FROM shop.orders
WINDOW w AS (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING);

-- frame_around: NN
SELECT first_value(id) OVER w, sum(id) OVER w FROM shop.orders
WINDOW w AS (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING);

-- frame_excludes: YY
SELECT sum(id) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW), sum(id) OVER (PARTITION BY customer_id ORDER BY 1 GROUPS UNBOUNDED PRECEDING EXCLUDE GROUP)
FROM shop.orders;

-- frame_excludes_ties: N
SELECT sum(id) OVER (ORDER BY customer_id GROUPS UNBOUNDED PRECEDING EXCLUDE TIES) FROM shop.orders;

-- range_offset: Y
SELECT sum(id) OVER (ORDER BY id RANGE BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM shop.orders;

-- window_filter: YN
SELECT sum(id) FILTER (WHERE id > 2) OVER (), count(*) FILTER (WHERE id > 2) OVER () FROM shop.orders;

-- window_over_groups: NY
SELECT sum(count(*)) OVER (), sum(max(parent_id)) OVER () FROM shop.orders GROUP BY customer_id;

-- window_over_rollup: Y
SELECT first_value(customer_id) OVER (ORDER BY count(*) DESC) FROM shop.orders GROUP BY ROLLUP (customer_id);

-- ntile_null: Y
SELECT ntile($1::integer) OVER (ORDER BY id) FROM shop.orders;
