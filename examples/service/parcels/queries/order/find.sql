-- name: find(id)^
-- The order with this id, or no row.
-- @json config: Order
-- @json result: Parcel
SELECT
    execution.id,
    execution.status,
    execution.config,
    execution.result
FROM attune.execution
WHERE
    execution.id = :id::bigint
    AND execution.action_ref = 'parcels.pack';
