package io.crescendo.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What questions are answered with, as JSON with names in snake_case. Times are ISO-8601. */
final class Answers {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          // A newer instance may tell more, while the versions are being exchanged.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Answers() {}

  /** Totals of one genre, as they were reported last. */
  record Genre(
      String genre,
      String genreFamily,
      long artists,
      long followers,
      Double averagePopularity,
      NumberedPlace topArtist,
      String asOf) {

    static final Comparator<Genre> BY_FOLLOWERS =
        Comparator.comparingLong(Genre::followers).reversed().thenComparing(Genre::genre);
  }

  /** A place in the ranking of a genre; 1 is the first. */
  record NumberedPlace(int place, String id, String name, long followers) {

    static NumberedPlace at(int number, Place ranked) {
      return new NumberedPlace(number, ranked.artist(), ranked.name(), ranked.followers());
    }
  }

  /** The first artists of a genre. */
  record Top(String genre, List<NumberedPlace> artists) {

    /** Of places in their order. */
    static Top of(String genre, List<Place> places) {
      return new Top(
          genre,
          IntStream.range(0, places.size())
              .mapToObj(i -> NumberedPlace.at(i + 1, places.get(i)))
              .toList());
    }

    /** The same without numbers, to be put in order with those of others. */
    List<Place> ranked() {
      return artists.stream()
          .map(place -> new Place(place.id(), place.name(), place.followers()))
          .toList();
    }
  }

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

  static Top top(String json) throws JsonProcessingException {
    return JSON.readValue(json, Top.class);
  }
}
