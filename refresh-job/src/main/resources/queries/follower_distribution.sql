-- title: Follower distribution
-- description: Artists by number of followers, in powers of ten, and how many of them carry no
--   genre.
-- chart: histogram
SELECT
  b.band,
  b.from_followers,
  b.to_followers,
  coalesce(c.artists, 0) AS artists,
  coalesce(c.artists_without_genre, 0) AS artists_without_genre
FROM (
  VALUES
    (0, '0', CAST(0 AS bigint), CAST(0 AS bigint)),
    (1, '1-99', CAST(1 AS bigint), CAST(99 AS bigint)),
    (2, '100-999', CAST(100 AS bigint), CAST(999 AS bigint)),
    (3, '1k-9k', CAST(1000 AS bigint), CAST(9999 AS bigint)),
    (4, '10k-99k', CAST(10000 AS bigint), CAST(99999 AS bigint)),
    (5, '100k-999k', CAST(100000 AS bigint), CAST(999999 AS bigint)),
    (6, '1M-9M', CAST(1000000 AS bigint), CAST(9999999 AS bigint)),
    (7, '10M and more', CAST(10000000 AS bigint), CAST(NULL AS bigint))
) AS b(step, band, from_followers, to_followers)
LEFT JOIN (
  SELECT
    step,
    count(*) AS artists,
    count(*) FILTER (WHERE primary_genre IS NULL) AS artists_without_genre
  FROM (
    SELECT
      primary_genre,
      CASE
        WHEN followers < 1 THEN 0
        WHEN followers < 100 THEN 1
        WHEN followers < 1000 THEN 2
        WHEN followers < 10000 THEN 3
        WHEN followers < 100000 THEN 4
        WHEN followers < 1000000 THEN 5
        WHEN followers < 10000000 THEN 6
        ELSE 7
      END AS step
    FROM artists_latest
  ) AS placed
  GROUP BY step
) AS c ON c.step = b.step
ORDER BY b.step
