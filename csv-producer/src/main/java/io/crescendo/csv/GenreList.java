package io.crescendo.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a list of strings as Python prints it: {@code ['dance pop', "children's music"]}, the way
 * data frames end up in CSV files. Both quote styles, an optional {@code u} before a quote, a comma
 * after the last item, and every escape of <a
 * href="https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences">Python's string
 * literals</a>.
 *
 * <p>An escape that no string can hold (half of a surrogate pair, a number beyond Unicode) makes
 * the text not a list of strings, because it could not be written as UTF-8.
 */
final class GenreList {

  private static final char END = '\uFFFF';

  private final String text;
  private int at;

  private GenreList(String text) {
    this.text = text;
  }

  /** The items as they stand in the text; empty if the text is not a list of strings. */
  static Optional<List<String>> parse(String text) {
    String list = text.strip();
    return list.equals("[]") ? Optional.of(List.of()) : new GenreList(list).list();
  }

  private Optional<List<String>> list() {
    List<String> items = new ArrayList<>();
    if (!take('[')) {
      return Optional.empty();
    }
    passOverSpace();
    while (!take(']')) {
      String item = string();
      if (item == null) {
        return Optional.empty();
      }
      items.add(item);
      passOverSpace();
      if (take(',')) {
        passOverSpace();
      } else if (peek() != ']') {
        return Optional.empty();
      }
    }
    return at == text.length() ? Optional.of(List.copyOf(items)) : Optional.empty();
  }

  /** The string that starts here; null if none does. */
  private String string() {
    if (peek() == 'u' || peek() == 'U') {
      at++;
    }
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      return null;
    }
    int start = ++at;
    while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\\') {
      at++;
    }
    if (peek() == quote) {
      return text.substring(start, at++);
    }
    StringBuilder item = new StringBuilder(text.substring(start, at));
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return isWellFormed(item) ? item.toString() : null;
      }
      if (c != '\\') {
        item.append(c);
      } else if (!escape(item)) {
        return null;
      }
    }
    return null;
  }

  /** Appends what the escape after a backslash stands for; false if it stands for nothing. */
  private boolean escape(StringBuilder item) {
    if (at == text.length()) {
      return false;
    }
    char c = text.charAt(at++);
    switch (c) {
      case '\n' -> {} // a line break after a backslash joins the lines
      case '\\', '\'', '"' -> item.append(c);
      case 'a' -> item.append('\u0007');
      case 'b' -> item.append('\b');
      case 'f' -> item.append('\f');
      case 'n' -> item.append('\n');
      case 'r' -> item.append('\r');
      case 't' -> item.append('\t');
      case 'v' -> item.append('\u000B');
      case 'x' -> {
        return number(item, 2);
      }
      case 'u' -> {
        return number(item, 4);
      }
      case 'U' -> {
        return number(item, 8);
      }
      case 'N' -> {
        return named(item);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(item, c - '0');
      default -> item.append('\\').append(c); // Python keeps a backslash that escapes nothing
    }
    return true;
  }

  private boolean number(StringBuilder item, int digits) {
    if (at + digits > text.length()) {
      return false;
    }
    long code = 0;
    for (int end = at + digits; at < end; at++) {
      int digit = Character.digit(text.charAt(at), 16);
      if (digit < 0 || text.charAt(at) > 'f') {
        return false;
      }
      code = code * 16 + digit;
    }
    if (code > Character.MAX_CODE_POINT) {
      return false;
    }
    item.appendCodePoint((int) code);
    return true;
  }

  private void octal(StringBuilder item, int first) {
    int code = first;
    for (int more = 0; more < 2 && peek() >= '0' && peek() <= '7'; more++) {
      code = code * 8 + (text.charAt(at++) - '0');
    }
    item.appendCodePoint(code);
  }

  private boolean named(StringBuilder item) {
    int end = text.indexOf('}', at);
    if (peek() != '{' || end < 0) {
      return false;
    }
    try {
      item.appendCodePoint(Character.codePointOf(text.substring(at + 1, end)));
    } catch (IllegalArgumentException e) {
      return false;
    }
    at = end + 1;
    return true;
  }

  /** Whether UTF-8 can hold a text: it has no half of a surrogate pair. */
  static boolean isWellFormed(CharSequence item) {
    return item.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private void passOverSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
