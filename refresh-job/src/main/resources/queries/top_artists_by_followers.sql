-- title: Top artists by followers
-- description: The 25 artists with most followers.
-- chart: bar
SELECT
  row_number() OVER (ORDER BY followers DESC, id) AS place,
  id,
  name,
  primary_genre,
  followers,
  popularity
FROM artists_latest
ORDER BY followers DESC, id
LIMIT 25
