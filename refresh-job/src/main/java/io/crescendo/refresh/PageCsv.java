package io.crescendo.refresh;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows of the page as a CSV file that a spreadsheet opens: RFC 4180, with a byte order mark,
 * without which Excel takes UTF-8 for something else.
 *
 * <p>Texts come from whoever wrote the artist files. One that a spreadsheet would run as a formula
 * gets a {@code '} before it, as OWASP's "CSV Injection" page advises; so does one that has a
 * {@code '} there already, so that nothing becomes ambiguous. Numbers stay as they are.
 */
final class PageCsv {

  private static final Pattern FORMULA =
      Pattern.compile("(?s)[=+\\-@\\t\\r\\n'\uFF1D\uFF0B\uFF0D\uFF20].*");
  private static final Pattern SPECIAL = Pattern.compile("(?s).*[\",;\\t\\r\\n].*");

  private PageCsv() {}

  static String of(PageDocument document) {
    StringBuilder csv = new StringBuilder("\uFEFF");
    line(csv, document.columns().stream().map(c -> quoted(c.name())).toList());
    for (List<Object> row : document.rows()) {
      line(csv, row.stream().map(PageCsv::cell).toList());
    }
    return csv.toString();
  }

  private static void line(StringBuilder csv, List<String> cells) {
    csv.append(String.join(",", cells)).append("\r\n");
  }

  private static String cell(Object value) {
    String text = ResultFormat.text(value);
    return value instanceof String || value instanceof List<?> ? quoted(harmless(text)) : text;
  }

  private static String harmless(String text) {
    return FORMULA.matcher(text).matches() ? "'" + text : text;
  }

  private static String quoted(String text) {
    return SPECIAL.matcher(text).matches() || !text.equals(text.strip())
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
