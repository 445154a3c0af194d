package io.crescendo.refresh;

/**
 * On whose behalf a port works, and until when.
 *
 * @param run id of the run: letters, digits and '-', unique, sorts by start
 * @param number 1 for the first try of a step, then counting
 * @param deadline when to give up
 */
public record Attempt(String run, int number, Deadline deadline) {

  /** The first try of a step. */
  public Attempt(String run, Deadline deadline) {
    this(run, 1, deadline);
  }

  /**
   * Names this try to services that take a name for one and the same request: a second try under
   * the first one's name would be answered with the first one's failure.
   */
  String name() {
    return number == 1 ? run : run + "-" + number;
  }
}
