-- name: delete(id)!
-- Deletes the sensor with this id, with its keys, and returns the number of sensors deleted.
DELETE FROM attune.sensor
WHERE sensor.id = :id::bigint;
