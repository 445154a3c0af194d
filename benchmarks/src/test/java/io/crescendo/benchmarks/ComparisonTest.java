package io.crescendo.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static Contender contender(String name, List<String> turns, double... seconds) {
    Iterator<Double> next = java.util.Arrays.stream(seconds).iterator();
    return new Contender(
        name,
        () -> {
          turns.add(name);
          double time = next.next();
          return new Measured(1_000_000, time, 2 * time);
        });
  }

  @Test
  void takesTurnsAndComparesMedians() throws Exception {
    List<String> turns = new ArrayList<>();

    Comparison comparison =
        Comparison.of(
            3,
            List.of(
                contender("floor", turns, 1.0, 9.0, 2.0), contender("ours", turns, 4.0, 4.0, 8.0)));

    assertThat(turns).containsExactly("floor", "ours", "floor", "ours", "floor", "ours");
    assertThat(comparison.median("floor", Measured::seconds)).isEqualTo(2.0);
    assertThat(comparison.table().lines())
        .anySatisfy(
            l ->
                assertThat(l.split(" +"))
                    .containsExactly("floor", "500,000", "1.00", "4.00", "1.00"))
        .anySatisfy(
            l ->
                assertThat(l.split(" +"))
                    .containsExactly("ours", "250,000", "0.50", "8.00", "2.00"));
  }
}
