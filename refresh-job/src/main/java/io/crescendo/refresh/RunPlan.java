package io.crescendo.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each run does, and how hard it tries. Immutable.
 *
 * @param steps what is done, in the order of {@link Step}; without {@code crawl}, on the tables as
 *     the last crawl left them
 * @param retries how often a step that failed is tried again; 0 where absent. Each query is tried
 *     again by itself. A step that was cut off by a deadline is not.
 * @param deadlines how long a step may take with all its tries; the run's own deadline where absent
 * @param thresholds what step {@code check} demands
 */
public record RunPlan(
    Set<Step> steps,
    Map<Step, Integer> retries,
    Map<Step, Duration> deadlines,
    Thresholds thresholds) {

  /** Every step, once, with no time but the run's, and no demands. */
  public static final RunPlan ALL =
      new RunPlan(EnumSet.allOf(Step.class), Map.of(), Map.of(), Thresholds.NONE);

  private static final int MOST_RETRIES = 100;

  /**
   * Checks every rule.
   *
   * @throws ConfigurationException naming all settings that break one
   */
  public RunPlan {
    steps = Set.copyOf(steps);
    retries = Map.copyOf(retries);
    deadlines = Map.copyOf(deadlines);
    List<String> problems = new ArrayList<>();
    if (steps.isEmpty()) {
      problems.add("steps must name at least one of %s".formatted(List.of(Step.values())));
    }
    if (thresholds.any() && !steps.isEmpty() && !steps.contains(Step.check)) {
      problems.add(
          "steps must contain check where there are thresholds, got %s".formatted(sorted(steps)));
    }
    thresholds.check(problems);
    for (Step step : Step.values()) {
      int more = retries.getOrDefault(step, 0);
      if (more < 0 || more > MOST_RETRIES) {
        problems.add("retries of step %s must be 0 to 100, got %s".formatted(step, more));
      }
      Duration time = deadlines.get(step);
      if (time != null && (time.isNegative() || time.isZero())) {
        problems.add(
            "deadline of step %s must be longer than nothing, got %s".formatted(step, time));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  boolean has(Step step) {
    return steps.contains(step);
  }

  private static List<Step> sorted(Set<Step> steps) {
    return steps.stream().sorted().toList();
  }
}
