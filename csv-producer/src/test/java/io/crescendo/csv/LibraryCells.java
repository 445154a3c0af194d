package io.crescendo.csv;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import io.crescendo.schemas.Reason;

/** Splits one record into its cells by a library: what {@link RecordReader} must agree with. */
final class LibraryCells {

  private final char separator;
  private final CsvReader.CsvReaderBuilder csv;

  LibraryCells(char separator) {
    this.separator = separator;
    // One record at a time goes through it, already cut to size: nothing about lines matters here.
    this.csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .commentStrategy(CommentStrategy.NONE)
            .skipEmptyLines(false);
  }

  /** The cells of a record that ended in this way. */
  String[] of(String text, RecordReader.Ending ending) throws RuleBrokenException {
    switch (ending) {
      case OPEN_QUOTE ->
          throw RuleBrokenException.row(
              Reason.MALFORMED_ROW,
              "must close the quote that it opens within %d lines"
                  .formatted(RecordReader.MAX_LINES),
              "'%s'".formatted(Excerpt.of(text)));
      case TOO_LONG ->
          throw RuleBrokenException.row(
              Reason.TOO_LONG,
              "must have at most %d bytes".formatted(RecordReader.MAX_BYTES),
              "'%s'".formatted(Excerpt.of(text)));
      case WHOLE -> {}
    }
    try {
      return csv.ofSingleCsvRecord(StringArrayHandler.of(), text);
    } catch (CsvParseException e) {
      throw RuleBrokenException.row(
          Reason.MALFORMED_ROW,
          "must have nothing between a closing quote and the next '%s'".formatted(separator),
          "'%s'".formatted(Excerpt.of(text.lines().findFirst().orElse(""))));
    }
  }
}
