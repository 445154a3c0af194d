package io.crescendo.refresh;

import java.util.regex.Pattern;

/**
 * Tells one SELECT from anything else that could be typed. An engine would carry out several
 * statements, and show the last one's rows as if the others had not been there.
 */
final class OneSelect {

  private static final Pattern COMMENTS =
      Pattern.compile("\\A(\\s+|--[^\\n]*(\\n|\\z)|/\\*(?s:.*?)\\*/)*");
  private static final Pattern READS =
      Pattern.compile(
          "\\A(SELECT|WITH|VALUES|TABLE)\\b(?s:.*)|\\A\\((?s:.*)", Pattern.CASE_INSENSITIVE);

  private OneSelect() {}

  /**
   * The statement of a query, without comments before it and without a semicolon after it.
   *
   * @throws QueryException if it is not one, or is no SELECT
   */
  static String of(Query query) {
    String text = COMMENTS.matcher(query.sql()).replaceFirst("");
    int end = end(text);
    String rest = text.substring(Math.min(text.length(), end + 1));
    String second = COMMENTS.matcher(rest.replaceAll("\\A[;\\s]+", "")).replaceFirst("");
    if (!second.isEmpty()) {
      throw new QueryException(
          "Query '%s' must be one SELECT, got a second statement '%s'; nothing was run"
              .formatted(query.name(), firstLine(second)),
          null);
    }
    String sql = text.substring(0, end).stripTrailing();
    if (!READS.matcher(sql).matches()) {
      throw new QueryException(
          "Query '%s' must be a SELECT, got '%s'; nothing was run"
              .formatted(query.name(), firstLine(sql)),
          null);
    }
    return sql;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** Where the first semicolon is that ends a statement; the length if there is none. */
  private static int end(String sql) {
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == ';') {
        return at;
      }
      if (c == '\'' || c == '"') {
        at = afterQuoted(sql, at, c);
      } else if (sql.startsWith("--", at)) {
        at = after(sql, "\n", at);
      } else if (sql.startsWith("/*", at)) {
        at = after(sql, "*/", at + 2);
      } else {
        at++;
      }
    }
    return sql.length();
  }

  /** A doubled quote reads as one quoted part after another, which ends at the same place. */
  private static int afterQuoted(String sql, int from, char quote) {
    // DuckDB knows e'it\'s', where a backslash takes the next character with it
    boolean escapes =
        quote == '\''
            && from > 0
            && Character.toLowerCase(sql.charAt(from - 1)) == 'e'
            && (from == 1 || !Character.isJavaIdentifierPart(sql.charAt(from - 2)));
    int at = from + 1;
    while (at < sql.length() && sql.charAt(at) != quote) {
      at += escapes && sql.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(sql.length(), at + 1);
  }

  private static int after(String sql, String mark, int from) {
    int found = sql.indexOf(mark, from);
    return found < 0 ? sql.length() : found + mark.length();
  }
}
