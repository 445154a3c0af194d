package io.crescendo.benchmarks.sink;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.AvroSerde;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serializer;

/** Artists as bytes, the same ones in every run: as different, and as alike, as real ones are. */
final class Artists {

  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final long START = Instant.parse("2026-03-11T00:00:00Z").toEpochMilli();
  private static final int LATEST_DAYS = 10;
  private static final String ALPHABET =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String[] SYLLABLES = {
    "ka", "lo", "mi", "ra", "ton", "sel", "vi", "dor", "an", "bel", "cho", "fen", "gus", "he", "jo"
  };
  private static final String[] STYLES = {
    "pop", "rock", "rap", "jazz", "house", "metal", "folk", "soul", "indie", "techno", "punk"
  };
  private static final int GENRES = 700;

  private final Serializer<Artist> serializer = AvroSerde.of(Artist.class).serializer();
  private final SplittableRandom random = new SplittableRandom(7);
  private final int count;
  private final double late;
  private int number;

  /**
   * @param count how many there will be
   * @param late share of those whose timestamp is one to ten days back
   */
  Artists(int count, double late) {
    this.count = count;
    this.late = late;
  }

  /** Days that timestamps fall on. */
  static int days(double late) {
    return late > 0 ? 1 + LATEST_DAYS : 1;
  }

  /** Timestamp of the next artist: advancing over one day, but for late ones. */
  long timestamp() {
    long time = START + number * DAY / count;
    return random.nextDouble() < late ? time - DAY * (1 + random.nextInt(LATEST_DAYS)) : time;
  }

  /** The next artist, in single-object encoding. */
  byte[] next() {
    long observed = START + number++ * 10L;
    long followers = (long) Math.pow(10, 1 + 6 * random.nextDouble() * random.nextDouble());
    List<String> genres = genres();
    String genre = genres.isEmpty() ? null : genres.get(0);
    Instant at = Instant.ofEpochMilli(observed);
    Artist artist =
        Artist.newBuilder()
            .setId(id())
            .setName(name() + " " + name())
            .setGenres(genres)
            .setPrimaryGenre(genre)
            .setGenreFamily(genre == null ? null : genre.substring(genre.indexOf(' ') + 1))
            .setFollowers(followers)
            .setPopularity(random.nextInt(101))
            .setFollowerTier(
                String.format(Locale.ROOT, "10^%d", (int) Math.log10(Math.max(1, followers))))
            .setFirstSeenAt(at)
            .setObservedAt(at)
            .setIngestedAt(at)
            .setUpdateNumber(1)
            .setLate(false)
            .setDeleted(false)
            .setSource("artists.csv:" + number)
            .build();
    return serializer.serialize("artists", artist);
  }

  private List<String> genres() {
    List<String> genres = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      // few genres have most of the artists
      int rank = (int) (GENRES * Math.pow(random.nextDouble(), 3));
      genres.add(SYLLABLES[rank % 15] + SYLLABLES[rank / 15 % 15] + " " + STYLES[rank % 11]);
    }
    return genres;
  }

  private String id() {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < 22; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i >= 0; i--) {
      name.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
    }
    return name.toString();
  }
}
