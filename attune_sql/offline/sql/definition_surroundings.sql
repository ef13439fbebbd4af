-- name: definition_surroundings()$
-- Collects what can change the meaning of any query: casts, collations, operator classes, and what was put into pg_catalog.
SELECT
    pg_catalog.jsonb_build_object(
        'casts', ARRAY(
            SELECT
                pg_catalog.jsonb_build_array(
                    pg_catalog.format_type(pg_cast.castsource, NULL),
                    pg_catalog.format_type(pg_cast.casttarget, NULL),
                    pg_cast.castcontext,
                    pg_cast.castmethod,
                    pg_cast.castfunc::regprocedure::text
                ) AS item
            FROM pg_catalog.pg_cast
            WHERE pg_cast.oid >= 16384
            ORDER BY item
        ),
        'collations', ARRAY(
            SELECT
                pg_catalog.jsonb_build_array(
                    pg_collation.oid::regcollation::text, pg_collation.collisdeterministic
                ) AS item
            FROM pg_catalog.pg_collation
            WHERE pg_collation.oid >= 16384
            ORDER BY item
        ),
        'classes', ARRAY(
            SELECT
                pg_catalog.jsonb_build_array(
                    pg_namespace.nspname,
                    pg_opclass.opcname,
                    pg_catalog.format_type(pg_opclass.opcintype, NULL),
                    pg_opclass.opcdefault
                ) AS item
            FROM pg_catalog.pg_opclass
            JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_opclass.opcnamespace
            WHERE pg_opclass.oid >= 16384
            ORDER BY item
        ),
        'added', ARRAY(
            SELECT added.item
            FROM (
                SELECT pg_proc.oid::regprocedure::text AS item
                FROM pg_catalog.pg_proc
                WHERE pg_proc.oid >= 16384 AND pg_proc.pronamespace = 'pg_catalog'::regnamespace
                UNION ALL
                SELECT pg_operator.oid::regoperator::text AS item
                FROM pg_catalog.pg_operator
                WHERE pg_operator.oid >= 16384 AND pg_operator.oprnamespace = 'pg_catalog'::regnamespace
                UNION ALL
                SELECT pg_type.oid::regtype::text AS item
                FROM pg_catalog.pg_type
                WHERE pg_type.oid >= 16384 AND pg_type.typnamespace = 'pg_catalog'::regnamespace
            ) AS added
            ORDER BY added.item
        )
    ) AS definition;
