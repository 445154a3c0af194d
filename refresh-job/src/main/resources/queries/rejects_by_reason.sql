-- title: Rejects by reason
-- description: Records and rows that broke a rule, by the rule, with the latest message of each; of
--   several at the same moment the one that sorts last.
-- chart: bar
SELECT
  reason,
  CAST(sum(rejects) AS bigint) AS rejects,
  max(rejected_at) AS last_rejected_at,
  max_by(last_message, rejected_at) AS last_message
FROM (
  -- one row for each moment, so that the message does not hang on the order of rows
  SELECT reason, rejected_at, count(*) AS rejects, max(message) AS last_message
  FROM artist_rejects
  GROUP BY reason, rejected_at
) AS moments
GROUP BY reason
ORDER BY rejects DESC, reason
