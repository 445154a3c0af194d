-- title: Rejects by reason
-- description: Records and rows that broke a rule, by the rule, with the latest message of each.
-- chart: bar
SELECT
  reason,
  count(*) AS rejects,
  max(rejected_at) AS last_rejected_at,
  max_by(message, rejected_at) AS last_message
FROM artist_rejects
GROUP BY reason
ORDER BY rejects DESC, reason
