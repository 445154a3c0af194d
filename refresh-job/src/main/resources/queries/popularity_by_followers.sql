-- title: Popularity against followers
-- description: Every artist with at least one follower and a popularity, gathered into cells of two
--   points of popularity and an eighth of a power of ten of followers. Each cell is shown by one of
--   its artists, the one whose id sorts last, which is as good as picked at random.
-- chart: scatter
SELECT
  popularity_step,
  followers_step,
  count(*) AS artists,
  max_by(name, id) AS name,
  max_by(popularity, id) AS popularity,
  max_by(followers, id) AS followers,
  max(id) AS id
FROM (
  SELECT
    id,
    name,
    popularity,
    followers,
    CAST(floor(popularity / 2.0) AS bigint) AS popularity_step,
    CAST(floor(log10(followers) * 8) AS bigint) AS followers_step
  FROM artists_latest
  WHERE followers > 0 AND popularity IS NOT NULL
) AS placed
GROUP BY popularity_step, followers_step
ORDER BY popularity_step, followers_step
