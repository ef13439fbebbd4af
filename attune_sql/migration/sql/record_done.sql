-- Record a migration within its own transaction: version, name, checksum, milliseconds.
INSERT INTO attune.schema_migration (version, name, checksum, duration_ms)
VALUES ($1::integer, $2::text, $3::text, $4::integer)
RETURNING
    schema_migration.version,
    schema_migration.name,
    schema_migration.checksum,
    schema_migration.applied_at,
    schema_migration.applied_by,
    schema_migration.duration_ms,
    schema_migration.state;
