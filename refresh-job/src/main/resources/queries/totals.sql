-- title: Totals
-- description: How many artists, genres and followers there are now, how many artists carry no
--   genre, how many records and rows were ever rejected, and when the newest observation was made.
-- chart: tiles
SELECT
  a.artists,
  a.artists_without_genre,
  g.genres,
  a.followers_total,
  r.rejected,
  a.newest_observation
FROM (
  SELECT
    count(*) AS artists,
    count(*) FILTER (WHERE primary_genre IS NULL) AS artists_without_genre,
    CAST(coalesce(sum(followers), 0) AS bigint) AS followers_total,
    max(observed_at) AS newest_observation
  FROM artists_latest
) AS a
CROSS JOIN (SELECT count(DISTINCT genre) AS genres FROM artist_genres) AS g
CROSS JOIN (SELECT count(*) AS rejected FROM artist_rejects) AS r
