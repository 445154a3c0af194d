package io.crescendo.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How a file is written: encoding, delimiter, columns.
 *
 * @param encoding encoding of the file
 * @param compression how it is packed
 * @param separator what separates cells
 * @param delimiterWhy how that is known, for a person
 * @param columns which cell is what
 */
record Shape(
    Encoding encoding,
    Compression compression,
    char separator,
    String delimiterWhy,
    ColumnMapping columns) {

  /** In the order of preference. The underscore is last because headers are full of them. */
  private static final char[] DELIMITERS = {',', '\t', ';', '|', '_'};

  /**
   * Finds out the shape of a file from its beginning.
   *
   * @param utf8 the beginning, decoded
   * @param wholeFile whether that is all of it
   * @throws UnusableSourceException if the file is not an artist file
   */
  static Shape of(
      String file,
      byte[] utf8,
      boolean wholeFile,
      Encoding encoding,
      Compression compression,
      ReadingOptions options) {
    Sample sample;
    String why;
    if (options.delimiter() != null) {
      sample = Sample.of(utf8, wholeFile, options.delimiter());
      why = "as told";
    } else {
      sample = bestOf(utf8, wholeFile, options);
      why =
          "cuts %s cells that a header of artists has"
              .formatted(ColumnFinder.recognised(sample.header(), options));
    }
    if (sample.header().isEmpty()) {
      Sample.requireHeader(file, utf8, sample.separator());
    }
    if (sample.hasUnnamedIndex()) {
      sample = sample.withIndexHeader();
    }
    return new Shape(
        encoding, compression, sample.separator(), why, ColumnFinder.find(file, sample, options));
  }

  /** What {@code --show-mapping} prints. */
  List<String> explain() {
    List<String> lines = new ArrayList<>();
    if (compression != Compression.NONE) {
      lines.add("packed      %s".formatted(compression));
    }
    lines.add("encoding    %s (%s)".formatted(encoding.charset(), encoding.why()));
    lines.add("delimiter   %s (%s)".formatted(nameOf(separator), delimiterWhy));
    lines.addAll(columns.explain());
    return lines;
  }

  static String nameOf(char separator) {
    return switch (separator) {
      case ',' -> "comma";
      case '\t' -> "tab";
      case ';' -> "semicolon";
      case '|' -> "pipe";
      case '_' -> "underscore";
      case ' ' -> "space";
      default -> "'" + separator + "'";
    };
  }

  private static Sample bestOf(byte[] utf8, boolean wholeFile, ReadingOptions options) {
    List<Sample> samples = new ArrayList<>();
    for (char delimiter : DELIMITERS) {
      samples.add(Sample.of(utf8, wholeFile, delimiter));
    }
    Sample.statedSeparator(utf8)
        .filter(stated -> indexOf(stated) < 0)
        .ifPresent(stated -> samples.add(Sample.of(utf8, wholeFile, stated)));
    // A stable maximum: of equals the first, which is the commonest, wins.
    return samples.stream()
        .max(
            Comparator.<Sample>comparingInt(
                    sample -> ColumnFinder.recognised(sample.header(), options))
                .thenComparingInt(sample -> sample.header().size() > 1 ? 1 : 0)
                .thenComparingDouble(Sample::agreement)
                .thenComparingInt(sample -> sample.header().size())
                .thenComparingInt(sample -> -indexOf(sample.separator())))
        .orElseThrow();
  }

  private static int indexOf(char separator) {
    return new String(DELIMITERS).indexOf(separator);
  }

  @Override
  public String toString() {
    return "Shape" + Arrays.asList(encoding, nameOf(separator));
  }
}
