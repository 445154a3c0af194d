package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

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
