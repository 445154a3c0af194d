package io.crescendo.csv;

import java.util.OptionalLong;

/**
 * Whole numbers as exports write them: {@code 12}, and {@code 12.0} where the column passed through
 * a floating-point type. Nothing else: {@code 1.16E+08} has already lost digits, and whether {@code
 * 12,50} means 12.5 or 1250 is a guess.
 */
final class WholeNumber {

  private WholeNumber() {}

  /** Whether the text is an optional minus, ASCII digits, and optionally a fraction of zeros. */
  static boolean isOne(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int digits = digitsFrom(text, start);
    if (digits == start) {
      return false;
    }
    if (digits == text.length()) {
      return true;
    }
    if (text.charAt(digits) != '.' || digits + 1 == text.length()) {
      return false;
    }
    for (int i = digits + 1; i < text.length(); i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  /** The value of a text that {@link #isOne}; empty if it does not fit 64 bits. */
  static OptionalLong parse(String text) {
    int point = text.indexOf('.');
    try {
      return OptionalLong.of(Long.parseLong(text, 0, point < 0 ? text.length() : point, 10));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static int digitsFrom(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}
