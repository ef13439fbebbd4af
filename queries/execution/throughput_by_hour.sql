-- name: throughput_by_hour(since, until, action_ref)
-- Counts the executions created in each hour from that of since until before until, hours without any included.
-- @optional action_ref
SELECT
    hours.hour,
    COALESCE(counted.count, 0) AS count
FROM generate_series(
        /* Hours of UTC: half-hour time zones of a session must not move the buckets. */
        date_trunc('hour', :since::timestamptz, 'UTC'),
        :until::timestamptz - interval '1 microsecond',
        interval '1 hour'
    ) AS hours (hour)
LEFT JOIN (
    SELECT
        date_trunc('hour', execution.created, 'UTC') AS hour,
        count(*) AS count
    FROM attune.execution
    WHERE
        execution.created >= :since::timestamptz
        AND execution.created < :until::timestamptz
        AND (:action_ref::text IS NULL OR execution.action_ref = :action_ref::text)
    GROUP BY date_trunc('hour', execution.created, 'UTC')
) AS counted ON counted.hour = hours.hour
WHERE :since::timestamptz < :until::timestamptz
ORDER BY hours.hour;
