package io.crescendo.csv;

import io.crescendo.schemas.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The rules for a record as a whole, whatever its cells say. The first that is broken counts. */
final class RecordRules {

  private static final char UNDECODABLE = '\uFFFD';

  private final Encoding encoding;
  private final char separator;
  private final int width;

  /**
   * Rules for the records of one file.
   *
   * @param width cells that a record must have
   */
  RecordRules(Encoding encoding, char separator, int width) {
    this.encoding = encoding;
    this.separator = separator;
    this.width = width;
  }

  void apply(RecordReader record) throws RuleBrokenException {
    if (!record.isAscii()) {
      requireDecoded(record);
    }
    if (record.hasNul()) {
      requireNoNul(record.text());
    }
    requireCells(record, separator);
    if (record.cells().count() != width) {
      throw RuleBrokenException.row(
          Reason.MALFORMED_ROW,
          "must have %s cells as the header has".formatted(width),
          Integer.toString(record.cells().count()));
    }
  }

  /** What can be said before anything is known of the file: that the record has cells. */
  static void requireCells(RecordReader record, char separator) throws RuleBrokenException {
    switch (record.ending()) {
      case OPEN_QUOTE ->
          throw RuleBrokenException.row(
              Reason.MALFORMED_ROW,
              "must close the quote that it opens within %s lines"
                  .formatted(RecordReader.MAX_LINES),
              "'%s'".formatted(Excerpt.of(record.text())));
      case TOO_LONG ->
          throw RuleBrokenException.row(
              Reason.TOO_LONG,
              "must have at most %s bytes".formatted(RecordReader.MAX_BYTES),
              "'%s'".formatted(Excerpt.of(record.text())));
      case WHOLE -> {
        if (record.hasTextBehindQuote()) {
          throw RuleBrokenException.row(
              Reason.MALFORMED_ROW,
              "must have nothing between a closing quote and the next '%s'".formatted(separator),
              "'%s'".formatted(Excerpt.of(record.text().lines().findFirst().orElse(""))));
        }
      }
    }
  }

  private void requireDecoded(RecordReader record) throws RuleBrokenException {
    String text = record.text();
    int undecodable = text.indexOf(UNDECODABLE);
    if (undecodable < 0) {
      return;
    }
    if (!encoding.isUtf8()) {
      throw RuleBrokenException.row(
          Reason.INVALID_UTF8,
          "must be " + encoding.charset(),
          "something else at character %s".formatted(undecodable + 1));
    }
    byte[] bytes = record.bytes();
    ByteBuffer input = ByteBuffer.wrap(bytes);
    try {
      StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(input);
    } catch (CharacterCodingException e) {
      throw RuleBrokenException.row(
          Reason.INVALID_UTF8,
          "must be UTF-8",
          String.format(
              Locale.ROOT,
              "byte 0x%02X at byte %s of the row",
              bytes[input.position()],
              input.position() + 1));
    }
  }

  private static void requireNoNul(String text) throws RuleBrokenException {
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw RuleBrokenException.row(
          Reason.MALFORMED_ROW, "must have no NUL byte", "one at character %s".formatted(nul + 1));
    }
  }
}
