-- Record that a migration outside a transaction begins: version, name, checksum.
INSERT INTO attune.schema_migration (version, name, checksum, state)
VALUES ($1::integer, $2::text, $3::text, 'running');
