-- One row per artist and genre. Artists without a genre are not in it.
SELECT g.genre, a.id, a.name, a.followers, a.popularity
FROM artists_latest AS a
CROSS JOIN UNNEST(a.genres) AS g(genre)
