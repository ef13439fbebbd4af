-- name: count()$
-- Counts the packs.
SELECT count(*) AS total
FROM attune.pack;
