package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Reject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservedAheadTest {

  private static final Instant NOW = Flow.START;

  @TempDir private Path dir;

  @Test
  void rejectsAnObservationFromTheFarFutureWhichWouldWinUntilThen() {
    try (Flow flow = new Flow(dir)) {
      flow.send("x", artist("2099-01-01T00:00:00Z", 7));
      flow.send("x", artist("2025-12-31T00:00:00Z", 5));
      Reject reject = flow.rejects().get(0);
      assertThat(reject.getReason()).isEqualTo("out_of_range");
      assertThat(reject.getField()).isEqualTo("observed_at");
      assertThat(reject.getValue()).isEqualTo("2099-01-01T00:00:00Z");
      assertThat(reject.getSource()).isEqualTo("f.csv:2");
      assertThat(reject.getMessage())
          .contains(
              "field 'observed_at' must be at most PT24H (observed.ahead) ahead of the clock, which"
                  + " shows 2026-01-01T00:00:00Z, got '2099-01-01T00:00:00Z'");
      assertThat(flow.artists())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.getFollowers()).isEqualTo(5);
                assertThat(row.getLate()).isFalse();
              });
    }
  }

  @Test
  void allowsAsMuchAsClocksMayDiffer() {
    try (Flow flow = new Flow(dir, Map.of("observed.ahead", "PT1H"))) {
      flow.send("x", artist(NOW.plus(Duration.ofHours(1)).toString(), 7));
      flow.send(null, artist(NOW.plus(Duration.ofHours(1)).plusMillis(1).toString(), 7));
      assertThat(flow.artists()).hasSize(1);
      assertThat(flow.rejects()).hasSize(1);
      // Time makes it true.
      flow.advance(Duration.ofMillis(1));
      flow.send("x", artist(NOW.plus(Duration.ofHours(1)).plusMillis(1).toString(), 8));
      assertThat(flow.artists()).hasSize(1);
    }
  }

  @Test
  void rejectsARecordTimestampFromTheFutureThatStandsInForTheObservation() {
    try (Flow flow = new Flow(dir)) {
      flow.send("x", "{\"id\":\"x\",\"name\":\"N\",\"followers\":1}", NOW.plus(Duration.ofDays(2)));
      flow.send("x", null, NOW.plus(Duration.ofDays(2)));
      assertThat(flow.artists()).isEmpty();
      assertThat(flow.rejects())
          .hasSize(2)
          .allSatisfy(
              reject ->
                  assertThat(reject.getMessage())
                      .contains(
                          "the record's timestamp, which stands in for 'observed_at', must be"));
    }
  }

  private static String artist(String observedAt, long followers) {
    return "{\"id\":\"%s\",\"name\":\"N\",\"followers\":%d,\"observed_at\":\"%s\",\"source\":\"f.csv:2\"}"
        .formatted("x", followers, observedAt);
  }
}
