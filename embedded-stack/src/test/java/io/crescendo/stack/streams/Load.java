package io.crescendo.stack.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crescendo.schemas.GenreFollowers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Updates at random, every one with a time of its own, so that what they add up to does not depend
 * on the order in which they arrive; and that sum, computed from scratch.
 */
final class Load {

  private static final long BASE = 1_750_000_000_000L;
  private static final int GENRES = 40;
  private static final int PARTITIONS = 4;

  /** How records come to their partition. */
  enum Placement {
    KEYED,
    KEYLESS,
    CRC32,
    MIXED
  }

  /** One update; deletions state no figures. */
  record Update(
      int number,
      String id,
      boolean deleted,
      List<String> genres,
      long followers,
      Integer popularity,
      long observedAt) {

    String source() {
      return "load:" + number;
    }

    String json() {
      String figures =
          deleted
              ? "\"deleted\":true"
              : "\"name\":\"N%s\",\"followers\":%d,\"popularity\":%d,\"genres\":[%s]"
                  .formatted(
                      id,
                      followers,
                      popularity,
                      String.join(",", genres.stream().map(g -> '"' + g + '"').toList()));
      return "{\"id\":\"%s\",%s,\"observed_at\":%d,\"source\":\"%s\"}"
          .formatted(id, figures, observedAt, source());
    }
  }

  private final String world;
  private final List<Update> updates = new ArrayList<>();

  /**
   * Makes updates.
   *
   * @param world prefix of all artists and genres
   */
  Load(String world, int count, int artists, long seed) {
    this.world = world;
    Random random = new Random(seed);
    for (int number = 0; number < count; number++) {
      updates.add(update(number, times(count, seed)[number], artists, random));
    }
  }

  private int[] times;

  /** Each time once, a fifth of them moved, so that older ones come after newer ones. */
  private int[] times(int count, long seed) {
    if (times == null) {
      Random random = new Random(seed + 1);
      times = new int[count];
      for (int i = 0; i < count; i++) {
        times[i] = i;
        if (i > 0 && random.nextInt(5) == 0) {
          int other = Math.max(0, i - random.nextInt(count / 4 + 1));
          times[i] = times[other];
          times[other] = i;
        }
      }
    }
    return times;
  }

  private Update update(int number, int time, int artists, Random random) {
    String id = world + "a" + random.nextInt(artists);
    boolean deleted = random.nextInt(30) == 0;
    TreeSet<String> genres = new TreeSet<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      genres.add(world + "g" + random.nextInt(GENRES));
    }
    Integer popularity = random.nextInt(4) == 0 ? null : random.nextInt(101);
    return new Update(
        number,
        id,
        deleted,
        List.copyOf(genres),
        random.nextInt(1_000_000),
        popularity,
        BASE + time * 1_000L);
  }

  List<Update> updates() {
    return updates;
  }

  static ProducerRecord<byte[], byte[]> record(Update update, Placement placement) {
    byte[] key = update.id().getBytes(UTF_8);
    byte[] value = update.json().getBytes(UTF_8);
    Placement actual =
        placement == Placement.MIXED ? Placement.values()[update.number() % 3] : placement;
    return switch (actual) {
      case KEYED, MIXED -> new ProducerRecord<>("artist-updates", key, value);
      case KEYLESS -> new ProducerRecord<>("artist-updates", null, value);
      case CRC32 -> {
        CRC32 crc = new CRC32();
        crc.update(key);
        yield new ProducerRecord<>(
            "artist-updates", (int) (crc.getValue() % PARTITIONS), key, value);
      }
    };
  }

  /** Whether a row of each genre says what a recomputation from the whole load gives. */
  void check(Map<String, GenreFollowers> rows) {
    Map<String, Update> newest = new HashMap<>();
    for (Update update : updates) {
      newest.merge(update.id(), update, (a, b) -> a.observedAt() > b.observedAt() ? a : b);
    }
    for (int i = 0; i < GENRES; i++) {
      String genre = world + "g" + i;
      List<Update> carriers =
          newest.values().stream()
              .filter(u -> !u.deleted() && u.genres().contains(genre))
              .sorted(Comparator.comparing(Update::followers).reversed().thenComparing(Update::id))
              .toList();
      check(genre, carriers, rows.get(genre));
    }
  }

  private static void check(String genre, List<Update> carriers, GenreFollowers row) {
    if (row == null) {
      if (!carriers.isEmpty()) {
        throw new AssertionError("%s has no row, but %s".formatted(genre, carriers));
      }
      return;
    }
    OptionalDouble popularity =
        carriers.stream()
            .filter(u -> u.popularity() != null)
            .mapToInt(Update::popularity)
            .average();
    Update top = carriers.isEmpty() ? null : carriers.get(0);
    GenreFollowers expected =
        GenreFollowers.newBuilder(row)
            .setArtists(carriers.size())
            .setFollowers(carriers.stream().mapToLong(Update::followers).sum())
            .setAveragePopularity(popularity.isPresent() ? popularity.getAsDouble() : null)
            .setTopArtistId(top == null ? null : top.id())
            .setTopArtistName(top == null ? null : "N" + top.id())
            .setTopArtistFollowers(top == null ? null : top.followers())
            .build();
    if (!expected.equals(row)) {
      throw new AssertionError("%s: expected %s, got %s".formatted(genre, expected, row));
    }
  }
}
