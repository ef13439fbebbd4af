-- The session that holds the migration lock of this database: key.
SELECT
    pg_locks.pid,
    pg_stat_activity.application_name,
    pg_stat_activity.usename::text AS username,
    pg_stat_activity.backend_start /* NULL for a role that may not read other sessions */
FROM pg_catalog.pg_locks
LEFT JOIN pg_catalog.pg_stat_activity ON pg_locks.pid = pg_stat_activity.pid
WHERE
    pg_locks.locktype = 'advisory'
    AND pg_locks.granted
    AND pg_locks.database = (
        SELECT pg_database.oid
        FROM pg_catalog.pg_database
        WHERE pg_database.datname = pg_catalog.current_database()
    )
    /* a key of 64 bits is shown as two halves, and marked 1 */
    AND pg_locks.objsubid = 1
    AND pg_locks.classid = ($1::bigint >> 32)::oid
    AND pg_locks.objid = ($1::bigint & 4294967295)::oid;
