-- The settings that every migration runs under: lock_timeout, and whether for the transaction only.
-- An empty search_path makes an unqualified name fail on any database, not only on a strange one.
SELECT
    pg_catalog.set_config('lock_timeout', $1::text, $2::boolean) AS lock_timeout,
    pg_catalog.set_config('search_path', '', $2::boolean) AS search_path,
    pg_catalog.set_config('standard_conforming_strings', 'on', $2::boolean) AS standard_conforming_strings,
    pg_catalog.set_config('check_function_bodies', 'on', $2::boolean) AS check_function_bodies;
