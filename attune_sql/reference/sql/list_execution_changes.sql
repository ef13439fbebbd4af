-- name: list_execution_changes()
-- Lists every pair of execution statuses in the order of their type, and whether the lifecycle allows the change.
SELECT
    earlier.status AS from_status,
    later.status AS to_status,
    attune.execution_may_become(earlier.status, later.status) AS allowed
FROM pg_catalog.unnest(pg_catalog.enum_range(NULL::attune.execution_status_enum)) AS earlier (status)
CROSS JOIN pg_catalog.unnest(pg_catalog.enum_range(NULL::attune.execution_status_enum)) AS later (status)
ORDER BY earlier.status, later.status;
