-- name: exists_by_ref(ref)$
-- Tells whether there is a sensor with this ref.
SELECT EXISTS(
    SELECT
    FROM attune.sensor
    WHERE sensor.ref = :ref::text
) AS found;
