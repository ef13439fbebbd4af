-- Record that a migration outside a transaction has ended: version, milliseconds.
UPDATE attune.schema_migration
SET
    state = 'done',
    duration_ms = $2::integer,
    applied_at = pg_catalog.clock_timestamp()
WHERE
    schema_migration.version = $1::integer
    AND schema_migration.state = 'running'
RETURNING
    schema_migration.version,
    schema_migration.name,
    schema_migration.checksum,
    schema_migration.applied_at,
    schema_migration.applied_by,
    schema_migration.duration_ms,
    schema_migration.state;
