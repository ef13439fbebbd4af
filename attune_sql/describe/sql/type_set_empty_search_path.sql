-- name: type_set_empty_search_path()$
-- Empties the search path until the transaction ends, so that every name of ours needs its schema.
SELECT pg_catalog.set_config('search_path', '', true) AS search_path;
