-- Take back that a migration outside a transaction began, because it did nothing: version.
DELETE FROM attune.schema_migration
WHERE
    schema_migration.version = $1::integer
    AND schema_migration.state = 'running';
