package io.crescendo.csv;

import io.crescendo.schemas.Reason;

/**
 * A row broke a rule. Part of reading a damaged file, so it carries no stack trace.
 *
 * <p>{@link #getMessage()} is the rule and what came, such as {@code column 'followers' must be a
 * whole number, got '12,50'}.
 */
final class RuleBrokenException extends Exception {

  private final Reason reason;
  private final String column;
  private final String value;

  private RuleBrokenException(Reason reason, String column, String value, String message) {
    super(message, null, false, false);
    this.reason = reason;
    this.column = column;
    this.value = value;
  }

  /** A cell broke a rule such as {@code must be a whole number}. */
  static RuleBrokenException cell(Reason reason, String column, String rule, String value) {
    return new RuleBrokenException(
        reason,
        column,
        value,
        "column '%s' %s, got '%s'".formatted(Excerpt.of(column), rule, Excerpt.of(value)));
  }

  /** The row as a whole broke a rule. */
  static RuleBrokenException row(Reason reason, String rule, String got) {
    return new RuleBrokenException(reason, null, null, "row %s, got %s".formatted(rule, got));
  }

  Reason reason() {
    return reason;
  }

  /** Header of the column; null where the row as a whole broke the rule. */
  String column() {
    return column;
  }

  /** The cell; null where the row as a whole broke the rule. */
  String value() {
    return value;
  }
}
