package io.crescendo.csv.generate;

import java.util.List;
import java.util.Random;

/** Artists by number, each from the seed and its number alone. Not thread-safe. */
final class World {

  private static final String BASE_62 =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int HALF_ID = 11;
  private static final double WITHOUT_GENRE = 0.003;

  /** Share of the artists whose followers a wave reports. */
  private static final double CHANGED = 0.25;

  private final long seed;
  private final GenreVocabulary genres = new GenreVocabulary();
  private final Random random = new Random();

  World(long seed) {
    this.seed = seed;
  }

  GeneratedArtist artist(int number) {
    random.setSeed(mix(seed + mix(number)));
    long followers = Curves.followers(random);
    List<String> drawn = Curves.hasGenres(followers, random) ? genres.draw(random) : List.of();
    double pace = drawn.isEmpty() ? WITHOUT_GENRE : genres.growth(drawn.get(0));
    return new GeneratedArtist(
        id(number),
        ArtistNames.draw(random),
        drawn,
        followers,
        Curves.popularity(followers, random),
        Math.max(-0.05, pace + 0.008 * random.nextGaussian()),
        1 + random.nextInt(3));
  }

  /** Whether a wave, from 1, reports an artist. */
  boolean changes(int number, int wave) {
    long bits = mix(mix(seed ^ (0x5DEECE66DL * wave)) + number);
    return (bits >>> 11) * 0x1.0p-53 < CHANGED;
  }

  /** 22 characters. The first half is a one-to-one image of the number, so no two are the same. */
  private String id(int number) {
    StringBuilder id = new StringBuilder(2 * HALF_ID);
    append(id, mix(seed + number));
    append(id, mix(~seed + 31L * number));
    return id.toString();
  }

  private static void append(StringBuilder id, long bits) {
    long rest = bits;
    for (int i = 0; i < HALF_ID; i++) {
      id.append(BASE_62.charAt((int) Long.remainderUnsigned(rest, BASE_62.length())));
      rest = Long.divideUnsigned(rest, BASE_62.length());
    }
  }

  /**
   * A one-to-one scramble of 64 bits: the finalizer of <a
   * href="https://xoshiro.di.unimi.it/splitmix64.c">SplitMix64</a>.
   */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
