package io.crescendo.csv.generate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What to generate. The same artists, seed and waves give the same bytes.
 *
 * @param artists artists in the first file, at least 1
 * @param seed picks one of the possible worlds
 * @param waves later files of changed follower counts, 0 to {@value #MAX_WAVES}
 * @param newest time of observation of the last file; each file before it is a day older
 * @param shape how the files are written
 * @param damage share of the rows that are damaged, 0 to 1
 */
public record GeneratorSettings(
    int artists, long seed, int waves, Instant newest, FileShape shape, double damage) {

  static final int MAX_WAVES = 365;

  /** Sound files in the shape of a crawl. */
  public GeneratorSettings(int artists, long seed, int waves, Instant newest) {
    this(artists, seed, waves, newest, FileShape.CRAWL, 0);
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming every value that is out of range
   */
  public GeneratorSettings {
    List<String> problems = new ArrayList<>();
    if (artists < 1) {
      problems.add("artists must be at least 1, got " + artists);
    }
    if (waves < 0 || waves > MAX_WAVES) {
      problems.add("waves must be from 0 to %s, got %s".formatted(MAX_WAVES, waves));
    }
    if (newest == null) {
      problems.add("newest must be an instant, got null");
    }
    if (shape == null) {
      problems.add("shape must be one of FileShape, got null");
    }
    if (!(damage >= 0 && damage <= 1)) {
      problems.add("damage must be from 0 to 1, got " + damage);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }
}
