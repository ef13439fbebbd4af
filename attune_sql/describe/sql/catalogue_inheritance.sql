-- name: catalogue_inheritance()
-- Lists which table inherits from which, partitions too.
SELECT
    pg_inherits.inhparent AS parent,
    pg_inherits.inhrelid AS child
FROM pg_catalog.pg_inherits
ORDER BY pg_inherits.inhparent, pg_inherits.inhrelid;
