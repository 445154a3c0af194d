package io.crescendo.connect.s3.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimePartitionerTest {

  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final long HOUR = TimeUnit.HOURS.toMillis(1);

  @Test
  void putsARecordIntoTheDayOfItsTimeRatherThanOfItsArrival() {
    TimePartitioner days = partitioner("'dt'=yyyy-MM-dd", DAY, "UTC");
    assertThat(directory(days, "2026-11-22T23:59:59.999Z")).isEqualTo("dt=2026-11-22");
    assertThat(directory(days, "2026-11-23T00:00:00Z")).isEqualTo("dt=2026-11-23");
    assertThat(directory(days, "2026-11-22T00:00:00Z")).isEqualTo("dt=2026-11-22");
    assertThat(directory(days, "1969-12-31T23:59:59Z")).isEqualTo("dt=1969-12-31");
  }

  @Test
  void followsTheZoneThroughDaylightSaving() {
    TimePartitioner days = partitioner("'dt'=yyyy-MM-dd", DAY, "Europe/Berlin");
    assertThat(directory(days, "2026-10-24T21:59:59Z")).isEqualTo("dt=2026-10-24");
    assertThat(directory(days, "2026-10-24T22:00:00Z")).isEqualTo("dt=2026-10-25");
    assertThat(directory(days, "2026-10-25T22:59:59Z")).isEqualTo("dt=2026-10-25");
    assertThat(directory(days, "2026-10-25T23:00:00Z")).isEqualTo("dt=2026-10-26");
    assertThat(directory(days, "2026-10-25T01:30:00Z")).isEqualTo("dt=2026-10-25");
  }

  @Property(tries = 300)
  void keepsNoDirectoryForAnInstantThatLeadsToAnother(
      @ForAll @LongRange(min = -4_000_000_000_000L, max = 4_000_000_000_000L) long around) {
    Random random = new Random(around);
    TimePartitioner kept = partitioner("yyyy-MM-dd'T'HH", HOUR, "America/St_Johns");
    for (int i = 0; i < 50; i++) {
      long millis = around + random.nextInt((int) (3 * DAY));
      assertThat(kept.directory(millis))
          .isEqualTo(partitioner("yyyy-MM-dd'T'HH", HOUR, "America/St_Johns").directory(millis));
    }
  }

  @Test
  void cutsToThePartitionDuration() {
    TimePartitioner quarters = partitioner("HH-mm", TimeUnit.MINUTES.toMillis(15), "UTC");
    assertThat(directory(quarters, "2026-11-22T10:44:59Z")).isEqualTo("10-30");
    assertThat(directory(quarters, "2026-11-22T10:45:00Z")).isEqualTo("10-45");
  }

  private static TimePartitioner partitioner(String pattern, long duration, String zone) {
    return new TimePartitioner(
        Timestamps.ofRecord(),
        JodaPattern.formatter(pattern, Locale.ENGLISH),
        duration,
        ZoneId.of(zone));
  }

  private static String directory(TimePartitioner partitioner, String instant) {
    return partitioner.directory(Instant.parse(instant).toEpochMilli());
  }
}
