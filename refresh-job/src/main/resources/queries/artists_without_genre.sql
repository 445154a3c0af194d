-- title: Artists without a genre
-- description: How many artists carry no genre, their share of all artists, and the share of all
--   followers that they hold.
-- chart: tiles
SELECT
  count(*) AS artists,
  count(*) FILTER (WHERE primary_genre IS NULL) AS without_genre,
  CAST(count(*) FILTER (WHERE primary_genre IS NULL) AS double) / NULLIF(count(*), 0)
    AS share_of_artists,
  CAST(coalesce(sum(followers) FILTER (WHERE primary_genre IS NULL), 0) AS double)
    / NULLIF(sum(followers), 0) AS share_of_followers
FROM artists_latest
