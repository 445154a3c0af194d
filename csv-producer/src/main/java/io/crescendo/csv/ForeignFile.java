package io.crescendo.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Files that hold no rows of text, told by what stands at a place of their own: without a name for
 * them, messages would speak of missing columns and show binary cells.
 */
enum ForeignFile {
  /** Its mark is behind the fields of the first file (POSIX pax, "ustar Interchange Format"). */
  TAR("a tar archive", "unpack it first", 257, "ustar"),
  SEVEN_ZIP("a 7z archive", "unpack it first", 0, "7z\u00BC\u00AF\u0027\u001C"),
  RAR("a rar archive", "unpack it first", 0, "Rar!\u001A\u0007"),
  /** Of Microsoft's Compound File, which .doc and .ppt are, too. */
  XLS(
      "an old workbook (.xls) or document",
      "save the sheet as CSV first",
      0,
      "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1"),
  PARQUET("a Parquet file", "write its rows as CSV first", 0, "PAR1"),
  AVRO("an Avro file", "write its rows as CSV first", 0, "Obj\u0001"),
  ARROW("an Arrow or Feather file", "write its rows as CSV first", 0, "ARROW1\u0000\u0000"),
  SQLITE("an SQLite database", "write its rows as CSV first", 0, "SQLite format 3\u0000"),
  PDF("a PDF document", "get its table as CSV first", 0, "%PDF-");

  /** An object with a name or without, or a list of objects, lists or texts: no header. */
  private static final Pattern JSON =
      Pattern.compile("\\uFEFF?\\s*(\\{\\s*[\"}]|\\[\\s*([\\[{\"\\]]|$))");

  private static final Pattern MARKUP =
      Pattern.compile(
          "\\uFEFF?\\s*<(\\?xml|!doctype|html|head|table)\\b", Pattern.CASE_INSENSITIVE);

  private static final int SEEN = 4096;

  private final String what;
  private final String advice;
  private final int at;
  private final byte[] mark;

  ForeignFile(String what, String advice, int at, String mark) {
    this.what = what;
    this.advice = advice;
    this.at = at;
    this.mark = mark.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Refuses a file that is none of text.
   *
   * @param beginning of what is unpacked, as long as it is there
   * @throws UnusableSourceException saying what it is and what to do
   */
  static void refuseBinary(String file, byte[] beginning) {
    for (ForeignFile each : values()) {
      if (each.matches(beginning)) {
        throw refusal(file, each.what, each.advice);
      }
    }
  }

  /**
   * Refuses text that is not written in rows of cells.
   *
   * @param beginning in UTF-8
   * @throws UnusableSourceException saying what it is and what to do
   */
  static void refuseText(String file, byte[] beginning) {
    String text =
        new String(beginning, 0, Math.min(beginning.length, SEEN), StandardCharsets.UTF_8);
    if (JSON.matcher(text).lookingAt()) {
      throw refusal(
          file,
          "JSON",
          "save it as CSV first, or send its artists to artist-updates, one object per line, with a"
              + " Kafka client such as kafka-console-producer");
    }
    if (MARKUP.matcher(text).lookingAt()) {
      throw refusal(file, "HTML or XML", "save the table as CSV first");
    }
  }

  private static UnusableSourceException refusal(String file, String what, String advice) {
    return new UnusableSourceException(
        "%s: is %s, a file of rows is needed; %s; nothing was published"
            .formatted(file, what, advice));
  }

  private boolean matches(byte[] beginning) {
    int end = at + mark.length;
    return beginning.length >= end && Arrays.equals(beginning, at, end, mark, 0, mark.length);
  }
}
