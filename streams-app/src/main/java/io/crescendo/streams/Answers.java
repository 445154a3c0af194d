package io.crescendo.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** What questions are answered with, as JSON with names in snake_case. Times are ISO-8601. */
final class Answers {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          // A newer instance may tell more, while the versions are being exchanged.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Answers() {}

  /** Totals of one genre now. */
  record Genre(
      String genre,
      String genreFamily,
      long artists,
      long followers,
      Double averagePopularity,
      Place topArtist,
      String asOf) {}

  /** A place in the ranking of a genre; 1 is the first. */
  record Place(int place, String id, String name, long followers) {}

  /** The first artists of a genre. */
  record Top(String genre, List<Place> artists) {}

  /** The newest observation of an artist. */
  record Artist(
      String id,
      String name,
      List<String> genres,
      String primaryGenre,
      String genreFamily,
      long followers,
      Integer popularity,
      String followerTier,
      String observedAt,
      String firstSeenAt,
      long updates,
      boolean deleted) {}

  /** What this instance is doing. */
  record Health(String state) {}

  /** Why there is no answer. */
  record Failure(int status, String error) {}

  static String json(Object answer) {
    try {
      return JSON.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer is no JSON: " + e.getMessage(), e);
    }
  }

  static List<Genre> genres(String json) throws JsonProcessingException {
    return JSON.readValue(json, new TypeReference<List<Genre>>() {});
  }
}
