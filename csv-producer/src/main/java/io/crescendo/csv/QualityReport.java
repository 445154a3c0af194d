package io.crescendo.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is in a file, as publishing would take it. Publishes nothing.
 *
 * <p>Memory is bounded: repeated ids are looked for among the first {@link SeenIds#MAX} artists.
 */
final class QualityReport {

  /** Examples kept of each reason. */
  static final int EXAMPLES = 3;

  private static final long[] TIERS = {1, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};

  private final String source;
  private final List<String> shape;
  private final Map<String, Long> rejected = new TreeMap<>();
  private final Map<String, List<String>> examples = new TreeMap<>();
  private final long[] tiers = new long[TIERS.length + 1];
  private final SeenIds seen = new SeenIds();
  private long accepted;
  private long sameAgain;
  private long conflicting;
  private String conflict;
  private long withoutGenre;
  private long withoutPopularity;

  private QualityReport(String source, List<String> shape) {
    this.source = source;
    this.shape = shape;
  }

  /**
   * Reads a source to its end.
   *
   * @throws UnusableSourceException if it is not an artist file
   */
  static QualityReport of(Source source, ReadingOptions options) throws IOException {
    try (ArtistFileReader rows = ArtistFileReader.open(source, options)) {
      QualityReport report = new QualityReport(source.name(), rows.shape().explain());
      while (rows.next()) {
        if (rows.rejection() != null) {
          report.reject(rows.rejection());
        } else {
          report.accept(rows.artist(), rows.where());
        }
      }
      return report;
    }
  }

  private void reject(Rejection rejection) {
    String reason = rejection.reason().code();
    rejected.merge(reason, 1L, Long::sum);
    List<String> shown = examples.computeIfAbsent(reason, r -> new ArrayList<>());
    if (shown.size() < EXAMPLES) {
      shown.add(rejection.problem());
    }
  }

  private void accept(ArtistRow artist, String where) {
    accepted++;
    withoutGenre += artist.genres().isEmpty() ? 1 : 0;
    withoutPopularity += artist.popularity() == null ? 1 : 0;
    int tier = 0;
    while (tier < TIERS.length && artist.followers() >= TIERS[tier]) {
      tier++;
    }
    tiers[tier]++;
    switch (seen.add(artist.id(), Objects.hash(artist))) {
      case NEW -> {}
      case SAME -> sameAgain++;
      case DIFFERENT -> {
        conflicting++;
        conflict = conflict == null ? "%s: id '%s'".formatted(where, artist.id()) : conflict;
      }
    }
  }

  String source() {
    return source;
  }

  /** How the file is written, a line for each finding. */
  List<String> shape() {
    return shape;
  }

  long accepted() {
    return accepted;
  }

  /** Rejected rows by reason. */
  Map<String, Long> rejected() {
    return rejected;
  }

  /** Some rejected rows of each reason: where, rule and value. */
  Map<String, List<String>> examples() {
    return examples;
  }

  long rejections() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  long rows() {
    return accepted + rejections();
  }

  /** Rows that repeat an earlier row of the same id exactly. */
  long sameAgain() {
    return sameAgain;
  }

  /** Rows that say something else of an id than an earlier row. */
  long conflicting() {
    return conflicting;
  }

  /** The first of them, and its id; null if there is none. */
  String firstConflict() {
    return conflict;
  }

  /** Whether every row was looked at for repeated ids. */
  boolean allIdsSeen() {
    return !seen.isFull();
  }

  long withoutGenre() {
    return withoutGenre;
  }

  long withoutPopularity() {
    return withoutPopularity;
  }

  /** Artists by followers: label such as {@code 100-999}, and count, from few to many. */
  Map<String, Long> followerTiers() {
    String[] labels = {
      "0", "1-99", "100-999", "1k-9k", "10k-99k", "100k-999k", "1M-9M", "10M and more"
    };
    Map<String, Long> result = new java.util.LinkedHashMap<>();
    for (int i = 0; i < labels.length; i++) {
      result.put(labels[i], tiers[i]);
    }
    return result;
  }

  /** Share of the rows that are rejected, 0 to 1. */
  double rejectRate() {
    return rows() == 0 ? 0 : rejections() / (double) rows();
  }
}
