-- Every artist as it was observed last. Late observations do not count, and an artist that is
-- gone is left out.
SELECT id, name, genres, primary_genre, genre_family, followers, popularity, follower_tier,
       previous_followers, followers_delta, first_seen_at, observed_at, update_number, source
FROM (
  SELECT a.*,
         row_number() OVER (PARTITION BY id ORDER BY observed_at DESC, update_number DESC) AS age
  FROM artists AS a
  WHERE NOT late
) AS numbered
WHERE age = 1 AND NOT deleted
