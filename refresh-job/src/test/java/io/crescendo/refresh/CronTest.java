package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {

  @Test
  void givesTheNextTime() {
    Cron cron = Cron.parse("*/15 * * * *", ZoneOffset.UTC);

    assertThat(cron.after(Instant.parse("2026-11-22T10:00:00Z")))
        .contains(Instant.parse("2026-11-22T10:15:00Z"));
    assertThat(cron.after(Instant.parse("2026-11-22T10:14:59.999Z")))
        .contains(Instant.parse("2026-11-22T10:15:00Z"));
  }

  @Test
  void goesByItsZone() {
    Cron cron = Cron.parse("0 6 * * *", ZoneId.of("Europe/Berlin"));

    assertThat(cron.after(Instant.parse("2026-11-22T10:00:00Z")))
        .contains(Instant.parse("2026-11-23T05:00:00Z"));
  }

  private static List<String> times(String expression, String zone, String from, int count) {
    Cron cron = Cron.parse(expression, ZoneId.of(zone));
    return Stream.iterate(Instant.parse(from), at -> cron.after(at).orElseThrow())
        .skip(1)
        .limit(count)
        .map(Instant::toString)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "30 2 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z",
    "0 2 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z",
    "'0,30 2 * * *', Europe/Berlin, 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z",
    "0 0 * * *, America/Havana, 2026-03-07T12:00:00Z, 2026-03-08T05:00:00Z 2026-03-09T04:00:00Z",
    "59 1 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T00:59:00Z 2026-03-29T23:59:00Z",
    "0 3 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z 2026-03-30T01:00:00Z",
  })
  void givesTheEndOfAGapForATimeOfFixedHoursInIt(
      String expression, String zone, String from, String expected) {
    assertThat(times(expression, zone, from, 2)).containsExactly(expected.split(" "));
  }

  @Test
  void addsNoTimeAtAGapForEveryHour() {
    assertThat(times("5 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 2))
        .containsExactly("2026-03-29T00:05:00Z", "2026-03-29T01:05:00Z");
  }

  @Test
  void givesATimeOfFixedHoursOnceWhereTheClocksGoBack() {
    assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(times("0 1-3 * * *", "Europe/Berlin", "2026-10-24T22:00:00Z", 4))
        .containsExactly(
            "2026-10-24T23:00:00Z",
            "2026-10-25T00:00:00Z",
            "2026-10-25T02:00:00Z",
            "2026-10-26T00:00:00Z");
    assertThat(times("0,30 2 * * *", "Europe/Berlin", "2026-10-24T22:00:00Z", 3))
        .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:00:00Z");
    assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-25T00:40:00Z", 1))
        .containsExactly("2026-10-26T01:30:00Z");
    assertThat(times("30 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z");
  }

  @Test
  void refusesWhatIsNoExpression() {
    assertThatThrownBy(() -> Cron.parse("every hour", ZoneOffset.UTC))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--cron must be five fields")
        .hasMessageContaining("got 'every hour'");
  }

  @Test
  void refusesADateThatNeverComes() {
    assertThatThrownBy(() -> Cron.parse("0 0 30 2 *", ZoneOffset.UTC))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--cron must name a date that comes, got '0 0 30 2 *'");
  }
}
