package io.crescendo.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the genres of an artist in whatever way files write them: Python lists, sets and tuples,
 * JSON arrays, PostgreSQL arrays in braces, and plain text with {@code ;}, {@code |} or {@code ,}
 * between genres.
 */
final class GenreCell {

  private static final Optional<List<String>> NONE = Optional.of(List.of());
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.,]+([eE][-+]?[0-9]+)?");

  private GenreCell() {}

  /** The genres; empty if the text is no list of them, but for instance a date or a number. */
  static Optional<List<String>> parse(String cell) {
    if (cell.equals("[]")) { // what most artists have
      return NONE;
    }
    String text = cell.strip();
    if (MissingValue.is(text) || text.equals("set()")) { // as Python prints a set without items
      return NONE;
    }
    return switch (text.charAt(0)) {
      case '[' -> brackets(text);
      case '{' -> braces(text);
      case '(' -> text.endsWith(")") ? python(text).or(() -> plain(text)) : plain(text);
      default -> plain(text);
    };
  }

  /**
   * The genre in one of several columns. Lists that were cut at their commas leave brackets, quotes
   * and spaces at the ends.
   *
   * @return the genre; null where the cell has none
   */
  static String one(String cell) {
    int from = 0;
    int to = cell.length();
    while (from < to && isLitter(cell.charAt(from))) {
      from++;
    }
    while (to > from && isLitter(cell.charAt(to - 1))) {
      to--;
    }
    String genre = cell.substring(from, to);
    return MissingValue.is(genre) ? null : genre;
  }

  /** Whether text is what a spreadsheet or a shifted column leaves behind, and no genre. */
  static boolean isNoGenre(String text) {
    return SpreadsheetDamage.isDate(text) || NUMBER.matcher(text).matches();
  }

  private static boolean isLitter(char c) {
    return c == '[' || c == ']' || c == '"' || c == '\'' || Character.isWhitespace(c);
  }

  private static Optional<List<String>> brackets(String text) {
    if (text.startsWith("[\"") && text.indexOf('\\') >= 0) {
      // Only here do JSON and Python differ: "\/" is a slash in one and two characters in the
      // other.
      Optional<List<String>> json = json(text);
      if (json.isPresent()) {
        return json;
      }
    }
    Optional<List<String>> python = GenreList.parse(text);
    boolean unquoted = text.indexOf('\'') < 0 && text.indexOf('"') < 0;
    return python.isPresent() || !unquoted ? python : items(text);
  }

  private static Optional<List<String>> json(String text) {
    try {
      List<String> items = new ArrayList<>();
      for (JsonNode item : JSON.readTree(text)) {
        if (!item.isTextual() || !GenreList.isWellFormed(item.textValue())) {
          return Optional.empty();
        }
        items.add(item.textValue());
      }
      return Optional.of(List.copyOf(items));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** {@code {'a', 'b'}} as Python prints sets, else {@code {a,"b c"}} as PostgreSQL does arrays. */
  private static Optional<List<String>> braces(String text) {
    if (!text.endsWith("}") || text.indexOf(':') >= 0 && text.indexOf('\'') >= 0) {
      return Optional.empty();
    }
    return python(text).or(() -> items(text));
  }

  private static Optional<List<String>> python(String text) {
    return GenreList.parse("[" + text.substring(1, text.length() - 1) + "]");
  }

  private static Optional<List<String>> items(String text) {
    if (text.length() < 2 || "]}".indexOf(text.charAt(text.length() - 1)) < 0) {
      return Optional.empty();
    }
    String inner = text.substring(1, text.length() - 1).strip();
    if (inner.indexOf('[') >= 0 || inner.indexOf('{') >= 0) {
      return Optional.empty();
    }
    return clean(betweenCommas(inner));
  }

  /** Items between commas that are not in double quotes. */
  private static List<String> betweenCommas(String text) {
    List<String> items = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\') {
        i++;
      } else if (c == ',' && !quoted) {
        items.add(text.substring(start, i));
        start = i + 1;
      }
    }
    items.add(text.substring(start));
    return items;
  }

  private static Optional<List<String>> plain(String text) {
    char separator = text.indexOf(';') >= 0 ? ';' : text.indexOf('|') >= 0 ? '|' : ',';
    List<String> items = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
      items.add(text.substring(start, end));
      start = end + 1;
    }
    items.add(text.substring(start));
    return clean(items);
  }

  private static Optional<List<String>> clean(List<String> items) {
    List<String> genres = new ArrayList<>(items.size());
    for (String item : items) {
      String genre = one(item.replace("\\\"", "\""));
      if (genre != null) {
        if (isNoGenre(genre) || genre.indexOf('[') >= 0 || genre.indexOf('{') >= 0) {
          return Optional.empty(); // such as array(['a', 'b'], dtype=object)
        }
        genres.add(genre);
      }
    }
    return Optional.of(List.copyOf(genres));
  }
}
