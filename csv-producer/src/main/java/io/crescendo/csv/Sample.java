package io.crescendo.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of a file, cut with one separator: what guesses about its shape go by.
 *
 * @param separator what separates its cells
 * @param header cells of the first row; empty if it cannot be read
 * @param rows rows below it that can be read, as many as {@link #ROWS} at most
 * @param broken rows among them that cannot be read
 */
record Sample(char separator, List<String> header, List<List<String>> rows, int broken) {

  /** Bytes that guesses go by. */
  static final int BYTES = 256 * 1024;

  /** Rows that guesses go by. */
  static final int ROWS = 500;

  // no letter or digit, quote or control character, which cells and their ends are made of
  private static final Pattern SEPARATOR_LINE =
      Pattern.compile("^\\uFEFF?\"?(?i:sep)=([!-/:-@\\[-`{-~&&[^\"]])\"?[\\r\\n]");

  /** Reads the sample; leaves out the last row, which the sample may cut in two. */
  static Sample of(byte[] utf8, boolean wholeFile, char separator) {
    RecordReader records = new RecordReader(new ByteArrayInputStream(utf8), separator);
    List<String> header = List.of();
    List<List<String>> rows = new ArrayList<>();
    int broken = 0;
    boolean first = true;
    try {
      while (rows.size() < ROWS && records.next()) {
        if (!wholeFile && records.position() >= utf8.length && !first) {
          break;
        }
        try {
          if (first && isSeparatorLine(records.bytes())) {
            continue;
          }
          RecordRules.requireCells(records, separator);
          List<String> row = records.cells().toList();
          if (first) {
            header = row;
          } else {
            rows.add(row);
          }
        } catch (RuleBrokenException e) {
          broken++;
          if (records.spansLines()) {
            records.keepFirstLine();
          }
        }
        first = false;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // no I/O behind the array
    }
    return new Sample(separator, header, List.copyOf(rows), broken);
  }

  /** What a first line such as {@code sep=#} says, if it is one and names a character of ASCII. */
  static Optional<Character> statedSeparator(byte[] utf8) {
    String line = new String(utf8, 0, Math.min(utf8.length, 16), StandardCharsets.UTF_8);
    Matcher stated = SEPARATOR_LINE.matcher(line);
    return stated.find() ? Optional.of(stated.group(1).charAt(0)) : Optional.empty();
  }

  /** Whether a first line only tells spreadsheets the delimiter, as {@code sep=;} does. */
  static boolean isSeparatorLine(byte[] line) {
    return line.length <= 7 && new String(line, StandardCharsets.UTF_8).matches("(?i)\"?sep=.\"?");
  }

  /**
   * Says what is wrong with a header that cannot be read.
   *
   * @throws UnusableSourceException if it cannot be
   */
  static void requireHeader(String file, byte[] utf8, char separator) {
    RecordReader records = new RecordReader(new ByteArrayInputStream(utf8), separator);
    try {
      if (!records.next()) {
        throw new UnusableSourceException(
            "%s: the file is empty, a header row is needed; nothing was published".formatted(file));
      }
      RecordRules.requireCells(records, separator);
    } catch (RuleBrokenException e) {
      throw new UnusableSourceException(
          "%s:%s: header %s; nothing was published".formatted(file, records.line(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // no I/O behind the array
    }
  }

  /** Reads what a sample is made of. */
  static byte[] read(InputStream in, boolean live) throws IOException {
    if (!live) {
      return in.readNBytes(BYTES);
    }
    // Somebody may be typing: do not wait for more than what is there.
    byte[] buffer = new byte[BYTES];
    int count = 0;
    do {
      int read = in.read(buffer, count, BYTES - count);
      if (read < 0) {
        break;
      }
      count += read;
    } while (count < BYTES && (in.available() > 0 || !hasTwoLines(buffer, count)));
    return Arrays.copyOf(buffer, count);
  }

  /** Share of the rows that have as many cells as the header, from 0 to 1. */
  double agreement() {
    if (rows.isEmpty()) {
      return 1;
    }
    long agreeing = rows.stream().filter(row -> row.size() == header.size()).count();
    return agreeing / (double) (rows.size() + broken);
  }

  /** Whether nearly all rows have one cell more than the header: an index that it does not name. */
  boolean hasUnnamedIndex() {
    List<String> extra =
        rows.stream()
            .filter(row -> row.size() == header.size() + 1)
            .map(row -> row.get(0))
            .toList();
    return extra.size() > 1
        && extra.size() >= 0.9 * (rows.size() + broken)
        && extra.stream().allMatch(cell -> cell.matches("[0-9]{1,9}"))
        && extra.stream().distinct().count() == extra.size();
  }

  /** The sample with a header cell in front of the others. */
  Sample withIndexHeader() {
    List<String> wider = new ArrayList<>(header.size() + 1);
    wider.add("");
    wider.addAll(header);
    return new Sample(separator, List.copyOf(wider), rows, broken);
  }

  /** Cells of a column that are not blank, of the rows that agree with the header. */
  List<String> column(int index) {
    return rows.stream()
        .filter(row -> row.size() == header.size())
        .map(row -> row.get(index).strip())
        .filter(cell -> !cell.isEmpty())
        .toList();
  }

  private static boolean hasTwoLines(byte[] buffer, int count) {
    int lines = 0;
    for (int i = 0; i < count; i++) {
      lines += buffer[i] == '\n' ? 1 : 0;
    }
    return lines >= 2;
  }
}
