-- title: Followers by genre and day
-- description: Followers of the eight genres with most followers at the end of each day on which
--   anything was observed: every artist with its last observation up to then.
-- chart: line
SELECT
  genre,
  day,
  CAST(sum(followers_change) OVER (PARTITION BY genre ORDER BY day) AS bigint) AS followers,
  CAST(sum(artists_change) OVER (PARTITION BY genre ORDER BY day) AS bigint) AS artists
FROM (
  SELECT
    t.genre,
    d.day,
    coalesce(sum(c.followers_change), 0) AS followers_change,
    coalesce(sum(c.artists_change), 0) AS artists_change
  FROM (
    SELECT genre
    FROM artist_genres
    GROUP BY genre
    ORDER BY sum(followers) DESC, genre
    LIMIT 8
  ) AS t
  CROSS JOIN (SELECT DISTINCT CAST(observed_at AS date) AS day FROM artists WHERE NOT late) AS d
  LEFT JOIN (
    -- an observation counts from its day on, until the day of the artist's next one
    SELECT g.genre, o.day, o.followers AS followers_change, o.artists AS artists_change
    FROM (
      SELECT genres, CAST(observed_at AS date) AS day, followers, 1 AS artists
      FROM artists
      WHERE NOT late AND NOT deleted
      UNION ALL
      SELECT genres, replaced_on AS day, -followers AS followers, -1 AS artists
      FROM (
        SELECT
          genres,
          followers,
          deleted,
          CAST(lead(observed_at) OVER (PARTITION BY id ORDER BY observed_at, update_number) AS date)
            AS replaced_on
        FROM artists
        WHERE NOT late
      ) AS observations
      WHERE replaced_on IS NOT NULL AND NOT deleted
    ) AS o
    CROSS JOIN UNNEST(o.genres) AS g(genre)
  ) AS c ON c.genre = t.genre AND c.day = d.day
  GROUP BY t.genre, d.day
) AS by_day
ORDER BY genre, day
