-- title: Genres
-- description: For every genre the artists that carry it, their followers in total, mean and
--   median, and their mean popularity. An artist counts once in each of its genres.
-- chart: bar
SELECT
  genre,
  count(*) AS artists,
  CAST(sum(followers) AS bigint) AS followers,
  avg(followers) AS mean_followers,
  -- the middle row, or the mean of the two middle rows
  avg(followers) FILTER (WHERE place BETWEEN carriers / 2.0 AND carriers / 2.0 + 1)
    AS median_followers,
  avg(popularity) AS mean_popularity
FROM (
  SELECT
    genre,
    followers,
    popularity,
    row_number() OVER (PARTITION BY genre ORDER BY followers, id) AS place,
    count(*) OVER (PARTITION BY genre) AS carriers
  FROM artist_genres
) AS numbered
GROUP BY genre
ORDER BY followers DESC, genre
