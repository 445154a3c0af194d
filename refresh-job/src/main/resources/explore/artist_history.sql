-- title: History of one artist
-- description: The latest 500 observations of the artist, newest first. Gained is the change from
--   the observation before; a late observation is older than one already seen and changed no total.
--   Observations is how many there are in all.
-- chart: line
SELECT
  observed_at,
  name,
  followers,
  popularity,
  followers_delta AS gained,
  late,
  deleted,
  source,
  count(*) OVER () AS observations
FROM artists
WHERE id = :artist
ORDER BY observed_at DESC, update_number DESC
LIMIT 500
