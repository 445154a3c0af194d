-- title: One artist
-- description: The artist as it was observed last, and its place among all artists by followers. No
--   row where the artist is unknown or gone.
-- chart: tiles
SELECT
  id,
  name,
  genres,
  genre_family,
  followers,
  popularity,
  follower_tier,
  first_seen_at,
  observed_at,
  update_number,
  source,
  (SELECT count(*) + 1 FROM artists_latest AS o WHERE o.followers > l.followers) AS place,
  (SELECT count(*) FROM artists_latest) AS artists
FROM artists_latest AS l
WHERE id = :artist
