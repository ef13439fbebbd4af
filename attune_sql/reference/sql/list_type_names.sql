-- name: list_type_names(oids, modifiers)
-- Lists the names of types, given by oid and modifier (-1 for none), in the order given.
SELECT pg_catalog.format_type(wanted.type_oid, wanted.modifier) AS name
/* ROWS FROM: the short form of two arrays in one unnest works without the schema only. */
FROM ROWS FROM (
    pg_catalog.unnest(:oids::oid[]),
    pg_catalog.unnest(:modifiers::integer[])
) WITH ORDINALITY AS wanted (type_oid, modifier, position)
ORDER BY wanted.position;
