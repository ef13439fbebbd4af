-- The ledger: one row for each migration of this database.
CREATE TABLE attune.schema_migration (
    version integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    applied_by text NOT NULL DEFAULT session_user,
    duration_ms integer,
    state text NOT NULL DEFAULT 'done',
    CONSTRAINT schema_migration_pkey PRIMARY KEY (version),
    CONSTRAINT schema_migration_version_check CHECK (version BETWEEN 1 AND 9999),
    CONSTRAINT schema_migration_checksum_check CHECK (checksum ~ '^[0-9a-f]{64}$'),
    CONSTRAINT schema_migration_duration_ms_check CHECK (duration_ms >= 0),
    CONSTRAINT schema_migration_state_check CHECK (state IN ('running', 'done'))
);

COMMENT ON TABLE attune.schema_migration IS
'The migrations of this database, one row each. Written by attune-sql migrate only.';
COMMENT ON COLUMN attune.schema_migration.version IS
'Number of the file: 3 for 0003_create_pack.sql.';
COMMENT ON COLUMN attune.schema_migration.name IS
'Name of the file without number and ending: create_pack for 0003_create_pack.sql.';
COMMENT ON COLUMN attune.schema_migration.checksum IS
'SHA-256 of the text in UTF-8 with newlines as LF, in hexadecimal. A file is not edited once applied.';
COMMENT ON COLUMN attune.schema_migration.applied_at IS
'When the file had run; while state is running, when it began.';
COMMENT ON COLUMN attune.schema_migration.applied_by IS
'The role that had logged in.';
COMMENT ON COLUMN attune.schema_migration.duration_ms IS
'How long the file ran, in milliseconds, without the commit. NULL while state is running.';
COMMENT ON COLUMN attune.schema_migration.state IS
'done, or running: a file outside a transaction that has begun. Left behind by a crash, it stops every later run.';
