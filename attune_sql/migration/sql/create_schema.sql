-- The schema, which holds the ledger before the first migration runs.
CREATE SCHEMA attune;
