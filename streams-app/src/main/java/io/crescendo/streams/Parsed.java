package io.crescendo.streams;

/** What {@link UpdateParser} makes of one record. */
sealed interface Parsed {

  /**
   * A valid update.
   *
   * @param update what it says
   * @param unknownFields how many fields it had that nobody reads
   */
  record Accepted(Update update, int unknownFields) implements Parsed {}

  /**
   * A record that broke a rule.
   *
   * @param problem the rule and what came
   * @param source file and line, where the record still said so; else null
   */
  record Rejected(Problem problem, String source) implements Parsed {}
}
