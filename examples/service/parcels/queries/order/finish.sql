-- name: finish(id, result)^
-- Ends a running order with its parcel and returns it, or no row when it was not running.
-- @json result: Parcel
UPDATE attune.execution
SET status = 'completed', result = :result::jsonb
WHERE
    execution.id = :id::bigint
    AND execution.action_ref = 'parcels.pack'
    AND execution.status = 'running'
RETURNING
    execution.id,
    execution.status,
    execution.config,
    execution.result;
