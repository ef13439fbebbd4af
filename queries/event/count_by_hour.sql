-- name: count_by_hour(since, until, trigger_ref)
-- Counts the events of each hour from that of since until before until; empty hours too, of spans up to ten years.
-- @optional trigger_ref
WITH counted AS (
    SELECT
        /* Hours of UTC: half-hour time zones of a session must not move the buckets. */
        date_trunc('hour', event.created, 'UTC') AS hour,
        count(*) AS count
    FROM attune.event
    WHERE
        event.created >= :since::timestamptz
        AND event.created < :until::timestamptz
        AND event.created > '-infinity'
        AND (:trigger_ref::text IS NULL OR event.trigger_ref = :trigger_ref::text)
    GROUP BY date_trunc('hour', event.created, 'UTC')
),

/* Of more than ten years, the hours from the first event to the last: up to infinity they would never end. */
span AS (
    SELECT
        CASE
            WHEN :since::timestamptz < :until::timestamptz - interval '10 years' THEN min(counted.hour)
            ELSE date_trunc('hour', :since::timestamptz, 'UTC')
        END AS first_hour,
        CASE
            WHEN :since::timestamptz < :until::timestamptz - interval '10 years' THEN max(counted.hour)
            ELSE :until::timestamptz - interval '1 microsecond'
        END AS last_hour
    FROM counted
    HAVING :since::timestamptz < :until::timestamptz
)

SELECT
    hours.hour,
    COALESCE(counted.count, 0) AS count
FROM span
CROSS JOIN LATERAL generate_series(span.first_hour, span.last_hour, interval '1 hour') AS hours (hour)
LEFT JOIN counted ON counted.hour = hours.hour
ORDER BY hours.hour;
