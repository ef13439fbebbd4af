-- The ledger, oldest migration first.
SELECT
    schema_migration.version,
    schema_migration.name,
    schema_migration.checksum,
    schema_migration.applied_at,
    schema_migration.applied_by,
    schema_migration.duration_ms,
    schema_migration.state
FROM attune.schema_migration
ORDER BY schema_migration.version;
