package io.crescendo.benchmarks;

/**
 * Something to measure.
 *
 * @param name how the table calls it
 * @param run does the work once, from the same starting point each time
 */
public record Contender(String name, Run run) {

  /** One round of a contender. */
  @FunctionalInterface
  public interface Run {

    /** Does the work and says what it took. */
    Measured measure() throws Exception;
  }
}
