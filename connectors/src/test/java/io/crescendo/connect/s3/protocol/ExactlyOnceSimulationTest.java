package io.crescendo.connect.s3.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExactlyOnceSimulationTest {

  @Property(tries = 20_000)
  void landsEveryRowExactlyOnceWhateverCrashesOrWakesUpLate(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int lanes,
      @ForAll @IntRange(min = 1, max = 60) int records) {
    Map<Long, Integer> occurrences =
        new Simulation(seed, lanes, records, Simulation.Broken.NOTHING).run();
    assertThat(occurrences).allSatisfy((offset, times) -> assertThat(times).isEqualTo(1));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
  void noticesWhenARuleIsBroken(Simulation.Broken rule) {
    boolean noticed = false;
    for (long seed = 0; seed < 2_000 && !noticed; seed++) {
      noticed = violates(seed, rule);
    }
    assertThat(noticed).as("2,000 schedules with %s", rule).isTrue();
  }

  private static boolean violates(long seed, Simulation.Broken rule) {
    try {
      return new Simulation(seed, 3, 40, rule).run().values().stream().anyMatch(n -> n != 1);
    } catch (AssertionError | IllegalArgumentException e) {
      // Noticed, too; but what is to be seen is a row that is missing, or there twice.
      return false;
    }
  }
}
