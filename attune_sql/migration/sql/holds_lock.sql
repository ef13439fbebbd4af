-- The transaction that this session is in, and whether it holds the migration lock: key.
SELECT
    pg_catalog.pg_current_xact_id()::text AS transaction_id,
    EXISTS (
        SELECT 1
        FROM pg_catalog.pg_locks
        WHERE
            pg_locks.pid = pg_catalog.pg_backend_pid()
            AND pg_locks.locktype = 'advisory'
            AND pg_locks.granted
            AND pg_locks.objsubid = 1
            AND pg_locks.classid = ($1::bigint >> 32)::oid
            AND pg_locks.objid = ($1::bigint & 4294967295)::oid
    ) AS holds_lock;
