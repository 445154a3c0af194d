package io.crescendo.streams;

import io.crescendo.schemas.GenreFollowers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The oracle: totals computed from scratch out of the whole history, by the words of the rules and
 * without deltas.
 */
final class NaiveTotals {

  /**
   * One thing that happened.
   *
   * @param observedAt seconds; null where not stated
   * @param timestamp seconds; that of the record
   */
  record Event(
      String artist,
      boolean deletion,
      boolean tombstone,
      boolean keyed,
      List<String> genres,
      String name,
      long followers,
      Integer popularity,
      Integer observedAt,
      int timestamp) {

    int time() {
      return observedAt == null || tombstone ? timestamp : observedAt;
    }

    boolean stated() {
      return observedAt != null && !tombstone;
    }

    String json() {
      String figures =
          deletion
              ? ",\"deleted\":true"
              : ",\"name\":\"%s\",\"followers\":%d,\"popularity\":%d,\"genres\":[%s]"
                  .formatted(
                      name,
                      followers,
                      popularity,
                      String.join(",", genres.stream().map(g -> "\"" + g + "\"").toList()));
      String at = observedAt == null ? "" : ",\"observed_at\":" + observedAt * 1_000L;
      return "{\"id\":\"" + artist + "\"" + figures + at + "}";
    }
  }

  /** What becomes of an event. */
  enum Fate {
    ACCEPTED,
    LATE,
    REJECTED
  }

  private final Map<String, Event> newest = new HashMap<>();
  private final Map<String, Event> goneUnseen = new HashMap<>();
  private final List<Fate> fates = new ArrayList<>();

  NaiveTotals(List<Event> history) {
    for (Event event : history) {
      Event known = newest.get(event.artist());
      boolean unseen = known == null;
      Event rival = unseen ? goneUnseen.get(event.artist()) : known;
      boolean newer =
          rival == null
              || event.time() > rival.time()
              || (event.time() == rival.time() && !event.stated());
      if (unseen && event.deletion()) {
        fates.add(Fate.REJECTED);
        if (newer) {
          goneUnseen.put(event.artist(), event);
        }
      } else if (newer) {
        newest.put(event.artist(), event);
        fates.add(Fate.ACCEPTED);
      } else {
        fates.add(Fate.LATE);
      }
    }
  }

  /** One for each event. */
  List<Fate> fates() {
    return fates;
  }

  /** Artists that carry a genre, most followers first. */
  List<Event> ranking(String genre) {
    return newest.values().stream()
        .filter(event -> !event.deletion() && event.genres().contains(genre))
        .sorted(Comparator.comparing(Event::followers).reversed().thenComparing(Event::artist))
        .toList();
  }

  /** Whether a row states the totals of its genre; of its times it knows nothing. */
  boolean agreesWith(GenreFollowers row) {
    List<Event> carriers = ranking(row.getGenre());
    OptionalDouble popularity =
        carriers.stream()
            .filter(event -> event.popularity() != null)
            .mapToInt(Event::popularity)
            .average();
    Event top = carriers.isEmpty() ? null : carriers.get(0);
    GenreFollowers expected =
        GenreFollowers.newBuilder(row)
            .setArtists(carriers.size())
            .setFollowers(carriers.stream().mapToLong(Event::followers).sum())
            .setAveragePopularity(popularity.isPresent() ? popularity.getAsDouble() : null)
            .setTopArtistId(top == null ? null : top.artist())
            .setTopArtistName(top == null ? null : top.name())
            .setTopArtistFollowers(top == null ? null : top.followers())
            .build();
    return expected.equals(row);
  }
}
