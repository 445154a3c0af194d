package io.crescendo.connect.s3.config;

import static io.crescendo.connect.s3.config.SinkConfigTest.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LateDataKeyTest {

  @Test
  void needsAPartitionerThatGoesByTime() {
    Map<String, String> properties = properties("late.data.delay.ms", "60000");
    assertThatThrownBy(() -> SinkConfig.settings(properties))
        .hasMessageContaining("late.data.delay.ms must go with a partitioner that goes by time");
  }

  @Test
  void isMinusOneAtLeast() {
    Map<String, String> properties = properties("late.data.delay.ms", "-2");
    assertThatThrownBy(() -> SinkConfig.settings(properties))
        .hasMessageContaining("Value must be at least -1");
  }

  @Test
  void mustBeLongerThanARotation() {
    String[] late = {"partitioner.class", "DailyPartitioner", "late.data.delay.ms", "60000"};
    assertThat(SinkConfig.settings(properties(late)).lateMillis()).isEqualTo(60_000);
    Map<String, String> tooShort = properties(late);
    tooShort.put("rotate.schedule.interval.ms", "60000");
    assertThatThrownBy(() -> SinkConfig.settings(tooShort))
        .hasMessageContaining(
            "late.data.delay.ms must be longer than rotate.schedule.interval.ms, which is 60000, or no file could wait for another rotation; got 60000");
  }

  @Test
  void isRefusedWhereWhatLandsMeanwhileWouldLandAgain() {
    Map<String, String> overwrites =
        properties(
            "partitioner.class", "DailyPartitioner",
            "late.data.delay.ms", "60000",
            "s3.conditional.writes", "false");
    assertThatThrownBy(() -> SinkConfig.settings(overwrites))
        .hasMessageContaining(
            "late.data.delay.ms must be off with s3.conditional.writes=false: what lands in the meantime would land again after a restart");
  }

  @Test
  void isTenSecondsWhereThatIsPossible() {
    String[] late = {
      "partitioner.class", "DailyPartitioner", "rotate.schedule.interval.ms", "9999"
    };
    assertThat(lateMillis(late)).isEqualTo(10_000);
    assertThat(lateMillis(with(late, "late.data.delay.ms", "-1"))).isZero();
    assertThat(lateMillis(with(late, "late.data.delay.ms", "0"))).isZero();
    assertThat(lateMillis(with(late, "s3.conditional.writes", "false"))).isZero();
    assertThat(lateMillis(with(late, "rotate.schedule.interval.ms", "10000"))).isZero();
    assertThat(lateMillis(with(late, "rotate.interval.ms", "10000"))).isZero();
    assertThat(lateMillis()).as("without time").isZero();
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
  }

  private static long lateMillis(String... more) {
    return SinkConfig.settings(properties(more)).lateMillis();
  }
}
