-- Whether the schema, and the ledger in it, are there.
SELECT
    pg_catalog.to_regnamespace('attune') IS NOT NULL AS has_schema,
    pg_catalog.to_regclass('attune.schema_migration') IS NOT NULL AS has_ledger;
