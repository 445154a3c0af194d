package io.crescendo.csv;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A column that an artist file has, whatever its header calls it. */
enum Column {
  ID(
      "id",
      "artist_id",
      "spotify_id",
      "spotify_artist_id",
      "artist_spotify_id",
      "artistid",
      "uri",
      "artist_uri",
      "spotify_uri"),
  NAME("name", "artist_name", "artist", "artistname"),
  /** A list of all genres goes before columns with one each, which cut off after the last. */
  GENRES(
      "artist_genres",
      "genres",
      "genre_list",
      "genres_list",
      "genre",
      "artist_genre",
      "main_genre",
      "top_genre"),
  FOLLOWERS(
      "followers",
      "artist_followers",
      "followers_total",
      "total_followers",
      "follower_count",
      "followers_count",
      "artist_followers_total",
      "num_followers"),
  POPULARITY("artist_popularity", "popularity", "artist_pop", "spotify_popularity"),
  OBSERVED_AT("observed_at");

  /** Those of {@link #GENRES} that hold one genre: columns genre_0, genre_1, … know more. */
  static final List<String> ONE_GENRE = List.of("genre", "artist_genre", "main_genre", "top_genre");

  private final List<String> headers;

  Column(String... headers) {
    this.headers = List.of(headers);
  }

  /** Whether a file without it is refused. */
  boolean needed() {
    return this != POPULARITY && this != OBSERVED_AT;
  }

  /** Header cells that announce it, {@linkplain HeaderCell normalised}, the preferred one first. */
  List<String> headers() {
    return headers;
  }

  /** What options call it, such as {@code followers}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All {@link #key}s. */
  static List<String> keys() {
    return Arrays.stream(values()).map(Column::key).toList();
  }

  /** The needed ones, for messages. */
  static String allNeeded() {
    return Arrays.stream(values())
        .filter(Column::needed)
        .map(Column::key)
        .collect(Collectors.joining(", "));
  }
}
