-- title: Top artists by popularity
-- description: The 25 most popular artists, 0 to 100 as Spotify states it; more followers come
--   first among equals.
-- chart: bar
SELECT
  row_number() OVER (ORDER BY popularity DESC, followers DESC, id) AS place,
  id,
  name,
  primary_genre,
  popularity,
  followers
FROM artists_latest
WHERE popularity IS NOT NULL
ORDER BY popularity DESC, followers DESC, id
LIMIT 25
