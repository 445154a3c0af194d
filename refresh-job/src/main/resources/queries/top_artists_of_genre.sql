-- title: Top artists of each genre
-- description: The five artists with most followers in every genre.
-- chart: table
SELECT genre, place, id, name, followers, popularity
FROM (
  SELECT
    genre,
    row_number() OVER (PARTITION BY genre ORDER BY followers DESC, id) AS place,
    id,
    name,
    followers,
    popularity
  FROM artist_genres
) AS numbered
WHERE place <= 5
ORDER BY genre, place
