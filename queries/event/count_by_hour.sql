-- name: count_by_hour(since, until, trigger_ref)
-- Counts the events created in each hour from that of since until before until, hours without any included.
-- @optional trigger_ref
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
        date_trunc('hour', event.created, 'UTC') AS hour,
        count(*) AS count
    FROM attune.event
    WHERE
        event.created >= :since::timestamptz
        AND event.created < :until::timestamptz
        AND (:trigger_ref::text IS NULL OR event.trigger_ref = :trigger_ref::text)
    GROUP BY date_trunc('hour', event.created, 'UTC')
) AS counted ON counted.hour = hours.hour
WHERE :since::timestamptz < :until::timestamptz
ORDER BY hours.hour;
