package io.crescendo.connect.s3.parquet;

/** A record cannot become a row; names the field and the rule. */
public final class BadRowException extends RuntimeException {

  private final String field;
  private final String rule;

  /**
   * @param field dotted path of the field; empty for the value as a whole
   * @param rule what must hold, and what came, such as {@code must not be null}
   */
  public BadRowException(String field, String rule) {
    super(
        field.isEmpty() ? "the value " + rule : "field '" + field + "' " + rule, null, true, false);
    this.field = field;
    this.rule = rule;
  }

  /** The same problem, seen from the record that holds the field. */
  BadRowException in(String parent) {
    return new BadRowException(field.isEmpty() ? parent : parent + "." + field, rule);
  }
}
