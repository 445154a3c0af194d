package io.crescendo.streams;

import io.crescendo.schemas.Reason;

/**
 * The rule that a record broke.
 *
 * @param reason the rule
 * @param field the field that broke it; null where the record as a whole did
 * @param value what came, at most {@value #MAX_VALUE} characters; null where nothing did
 * @param text the rule and what came, in words, such as {@code field 'id' must be a string, got 12}
 */
record Problem(Reason reason, String field, String value, String text) {

  static final int MAX_VALUE = 200;

  /** Shortens the value to what a reject may carry. */
  Problem {
    value = shortened(value);
  }

  /** A field that is there, but breaks a rule such as {@code must be a string}. */
  static Problem in(String field, Reason reason, String rule, String value, boolean quoted) {
    String got = shortened(value);
    return new Problem(
        reason,
        field,
        value,
        "field '%s' %s, got %s".formatted(field, rule, quoted ? "'" + got + "'" : got));
  }

  /** The record as a whole. */
  static Problem ofRecord(Reason reason, String value, String text) {
    return new Problem(reason, null, value, text);
  }

  static String shortened(String value) {
    if (value == null || value.length() <= MAX_VALUE) {
      return value;
    }
    // Half of a surrogate pair would not survive UTF-8.
    int end =
        Character.isHighSurrogate(value.charAt(MAX_VALUE - 2)) ? MAX_VALUE - 2 : MAX_VALUE - 1;
    return value.substring(0, end) + "…";
  }
}
