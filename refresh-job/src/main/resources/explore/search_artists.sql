-- title: Artists by name
-- description: At most 12 artists whose name holds the text, or whose id is the text. Case and
--   accents do not count. The same name comes first, then names that begin with it, then the rest;
--   more followers come first among equals.
-- chart: table
SELECT id, name, primary_genre, follower_tier, followers, popularity
FROM artists_latest
WHERE contains(strip_accents(lower(name)), strip_accents(lower(CAST(:q AS varchar)))) OR id = :q
ORDER BY
  CASE
    WHEN id = :q THEN 0
    WHEN strip_accents(lower(name)) = strip_accents(lower(CAST(:q AS varchar))) THEN 0
    WHEN starts_with(strip_accents(lower(name)), strip_accents(lower(CAST(:q AS varchar)))) THEN 1
    ELSE 2
  END,
  followers DESC,
  id
LIMIT 12
