package io.crescendo.csv.generate;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Does to a share of the rows what happens to files on their way: cells lost, numbers mangled,
 * quotes left open, zero bytes, names that a spreadsheet made dates of, bytes of another encoding,
 * rows repeated. Every damaged row but a repeated one breaks a rule.
 */
final class Damage {

  /** What happens to a row. */
  enum Kind {
    NONE,
    REPEATED,
    STRAY_QUOTE,
    CELL_LOST,
    CELL_MORE,
    ZERO_BYTE,
    SHIFTED,
    SPREADSHEET,
    CHARSET
  }

  /** Stands in a row for bytes that are not of its encoding; never in a sound one. */
  private static final char STRAY = '\uDC00';

  private static final String MIDNIGHT = "2026-11-01 00:00:00";

  private final double share;
  private final Random random;

  Damage(double share, long seed) {
    this.share = share;
    this.random = new Random(seed);
  }

  /** What is to happen to the next row. */
  Kind next() {
    if (share == 0 || random.nextDouble() >= share) {
      return Kind.NONE;
    }
    return Kind.values()[1 + random.nextInt(Kind.values().length - 1)];
  }

  /** The cells, as a spreadsheet leaves them where it takes {@code 11/26} for a day. */
  static List<String> cells(Kind kind, List<String> cells, int nameColumn) {
    if (kind != Kind.SPREADSHEET) {
      return cells;
    }
    List<String> damaged = new ArrayList<>(cells);
    damaged.set(nameColumn, MIDNIGHT);
    return damaged;
  }

  /** The row, without its line end, or what is left of it. */
  static String row(Kind kind, String row, char separator) {
    return switch (kind) {
      case NONE, SPREADSHEET -> row;
      case REPEATED -> row + "\n" + row;
      case STRAY_QUOTE -> "\"" + row; // never closed, or closed where no quote may close
      case CELL_LOST -> row.substring(0, row.lastIndexOf(separator));
      case CELL_MORE -> row + separator + "one cell more";
      case ZERO_BYTE -> middle(row, '\0');
      case SHIFTED -> separator + row;
      case CHARSET -> middle(row, STRAY);
    };
  }

  /** The bytes of a row. */
  static byte[] bytes(String row, Charset charset) {
    int stray = row.indexOf(STRAY);
    if (stray < 0) {
      return row.getBytes(charset);
    }
    byte[] before = row.substring(0, stray).getBytes(charset);
    byte[] after = row.substring(stray + 1).getBytes(charset);
    // Half of a surrogate pair in UTF-16, and what neither UTF-8 nor windows-1252 knows.
    byte[] between =
        charset.equals(StandardCharsets.UTF_16LE) ? new byte[] {0, (byte) 0xDC} : new byte[] {-127};
    byte[] all = new byte[before.length + between.length + after.length];
    System.arraycopy(before, 0, all, 0, before.length);
    System.arraycopy(between, 0, all, before.length, between.length);
    System.arraycopy(after, 0, all, before.length + between.length, after.length);
    return all;
  }

  /** Not between the halves of a character that takes two. */
  private static String middle(String row, char inserted) {
    int at = row.length() / 2;
    if (at > 0 && Character.isHighSurrogate(row.charAt(at - 1))) {
      at++;
    }
    return row.substring(0, at) + inserted + row.substring(at);
  }
}
