-- title: Fastest growing genres
-- description: The 25 genres whose followers grew by the largest share over a period up to the
--   newest observation, 30 days unless chosen otherwise, counted from every artist's last
--   observation before it or its first within it. Genres with fewer than 10,000 followers at that
--   point are left out.
-- chart: table
SELECT
  n.genre,
  n.artists,
  b.followers AS followers_before,
  n.followers,
  n.followers - b.followers AS gained,
  CAST(n.followers - b.followers AS double) / b.followers AS growth
FROM (
  SELECT genre, count(*) AS artists, CAST(sum(followers) AS bigint) AS followers
  FROM artist_genres
  GROUP BY genre
) AS n
JOIN (
  SELECT g.genre, CAST(sum(first_in_period.followers) AS bigint) AS followers
  FROM (
    SELECT
      genres,
      followers,
      row_number() OVER (
        PARTITION BY id
        ORDER BY
          CASE WHEN observed_at <= period_start THEN observed_at END DESC NULLS LAST,
          CASE WHEN observed_at <= period_start THEN update_number END DESC NULLS LAST,
          observed_at,
          update_number
      ) AS place
    FROM artists
    CROSS JOIN growth_period
    WHERE NOT late AND NOT deleted
  ) AS first_in_period
  CROSS JOIN UNNEST(first_in_period.genres) AS g(genre)
  WHERE first_in_period.place = 1
  GROUP BY g.genre
) AS b ON b.genre = n.genre
WHERE b.followers >= 10000 AND n.followers > b.followers
ORDER BY growth DESC, gained DESC, n.genre
LIMIT 25
