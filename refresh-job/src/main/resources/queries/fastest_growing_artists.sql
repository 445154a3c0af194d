-- title: Fastest growing artists
-- description: The 25 artists whose followers grew by the largest share over a period up to the
--   newest observation, 30 days unless chosen otherwise, counted from the last observation before
--   it or the first within it. Artists with fewer than 1,000 followers at that point are left out.
-- chart: table
SELECT
  l.id,
  l.name,
  l.primary_genre,
  b.followers AS followers_before,
  l.followers,
  l.followers - b.followers AS gained,
  CAST(l.followers - b.followers AS double) / b.followers AS growth,
  b.observed_at AS since
FROM (
  SELECT
    id,
    followers,
    observed_at,
    row_number() OVER (
      PARTITION BY id
      ORDER BY
        -- the last one before the period; those within it have no rank here and come after
        CASE WHEN observed_at <= period_start THEN observed_at END DESC NULLS LAST,
        CASE WHEN observed_at <= period_start THEN update_number END DESC NULLS LAST,
        observed_at,
        update_number
    ) AS place
  FROM artists
  CROSS JOIN growth_period
  WHERE NOT late AND NOT deleted
) AS b
JOIN artists_latest AS l ON l.id = b.id
WHERE b.place = 1 AND b.followers >= 1000 AND l.followers > b.followers
ORDER BY growth DESC, gained DESC, l.id
LIMIT 25
