package io.crescendo.refresh;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that say what a run does and demands. */
final class PlanOptions {

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "STEP",
      converter = Converter.class,
      description =
          "Steps to do, of ${COMPLETION-CANDIDATES}, with ',' between them (default: all). Without"
              + " crawl, on the tables as the last crawl left them")
  private List<Step> steps;

  @Option(
      names = "--retries",
      split = ",",
      paramLabel = "STEP=N",
      converter = {Converter.class, Conversions.Count.class},
      description =
          "How often a step that failed is tried again, such as crawl=2,query=1 (default: 0)")
  private Map<Step, Integer> retries;

  @Option(
      names = "--step-deadline",
      split = ",",
      paramLabel = "STEP=TIME",
      converter = {Converter.class, Conversions.Time.class},
      description =
          "Time that a step may take with all its tries, such as crawl=8m (default: that of the run)")
  private Map<Step, Duration> deadlines;

  @Option(
      names = "--max-age",
      paramLabel = "TIME",
      converter = Conversions.Time.class,
      description = "Fail if the newest record of table artists came in longer ago, such as 2h")
  private Duration maxAge;

  @Option(
      names = "--max-reject-share",
      paramLabel = "SHARE",
      description =
          "Fail if more of the records of the last 24 hours were rejected, from 0 to 1, such as"
              + " 0.05")
  private Double maxRejectShare;

  @Option(
      names = "--max-row-drop",
      paramLabel = "SHARE",
      description =
          "Fail if a table has fewer rows than after the last run that succeeded, by more than this"
              + " share of them, from 0 to 1")
  private Double maxRowDrop;

  /** Steps by their names, for the keys of maps, which else name a Java class when wrong. */
  static final class Converter implements picocli.CommandLine.ITypeConverter<Step> {

    @Override
    public Step convert(String value) {
      for (Step step : Step.values()) {
        if (step.name().equals(value)) {
          return step;
        }
      }
      throw new picocli.CommandLine.TypeConversionException(
          "must be a step, one of %s, got '%s'".formatted(List.of(Step.values()), value));
    }
  }

  /** Throws {@link ConfigurationException} where an option breaks a rule. */
  RunPlan plan() {
    return new RunPlan(
        steps == null ? EnumSet.allOf(Step.class) : java.util.Set.copyOf(steps),
        retries == null ? Map.of() : retries,
        deadlines == null ? Map.of() : deadlines,
        new Thresholds(maxAge, maxRejectShare, maxRowDrop));
  }
}
