-- name: exists_by_ref(ref)$
-- Tells whether there is a work queue with this ref.
SELECT EXISTS(
    SELECT
    FROM attune.work_queue
    WHERE work_queue.ref = :ref::text
) AS found;
