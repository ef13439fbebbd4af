-- Take the migration lock of this database if it is free: key.
SELECT pg_catalog.pg_try_advisory_lock($1::bigint) AS is_taken;
