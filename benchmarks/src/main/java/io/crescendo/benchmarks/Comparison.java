package io.crescendo.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Contenders that take turns, so that whatever else the machine does meets all of them, and their
 * medians compared with the first one's.
 */
public final class Comparison {

  private static final String ROW = "%-32s %14s %10s %16s %10s%n";

  private final Map<String, List<Measured>> rounds = new LinkedHashMap<>();

  private Comparison() {}

  /**
   * Runs every contender once per round, in order.
   *
   * @param rounds how often; an odd number has a round in the middle
   */
  public static Comparison of(int rounds, List<Contender> contenders) throws Exception {
    Comparison comparison = new Comparison();
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : contenders) {
        comparison
            .rounds
            .computeIfAbsent(contender.name(), name -> new ArrayList<>())
            .add(contender.run().measure());
      }
    }
    return comparison;
  }

  /** A contender's median of a figure. */
  public double median(String contender, ToDoubleFunction<Measured> figure) {
    double[] sorted = rounds.get(contender).stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** A line for each contender: medians, and their ratios to the first contender's. */
  public String table() {
    String first = rounds.keySet().iterator().next();
    StringBuilder table =
        new StringBuilder(ROW.formatted("", "units/s", "ratio", "CPU s/million", "ratio"));
    for (String name : rounds.keySet()) {
      double rate = median(name, Measured::rate);
      double cpu = median(name, Measured::cpuPerMillion);
      table.append(
          ROW.formatted(
              name,
              String.format(Locale.ROOT, "%,.0f", rate),
              ratio(rate / median(first, Measured::rate)),
              String.format(Locale.ROOT, "%.2f", cpu),
              ratio(cpu / median(first, Measured::cpuPerMillion))));
    }
    return table.toString();
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
