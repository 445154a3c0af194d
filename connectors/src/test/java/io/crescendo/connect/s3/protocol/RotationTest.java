package io.crescendo.connect.s3.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RotationTest {

  private static final long NOON = Instant.parse("2026-11-22T12:00:30Z").toEpochMilli();

  @Test
  void neverEndsAnEmptyBatch() {
    Rotation rotation = new Rotation(new RotationRules(1, 0, 1, 1, ZoneOffset.UTC));
    assertThat(rotation.full()).isFalse();
    assertThat(rotation.due(NOON)).isFalse();
    assertThat(rotation.endsBefore(NOON, NOON)).isFalse();
    assertThat(rotation.deadline()).isEqualTo(Rotation.NEVER);
  }

  @Test
  void endsByCount() {
    Rotation rotation = new Rotation(new RotationRules(2, 0, 0, 0, ZoneOffset.UTC));
    rotation.took(5, NOON);
    assertThat(rotation.full()).isFalse();
    rotation.took(5, NOON);
    assertThat(rotation.full()).isTrue();
    rotation.restart();
    assertThat(rotation.full()).isFalse();
  }

  @Test
  void endsAtTheNextMultipleOfTheWallClockInterval() {
    Rotation rotation = new Rotation(new RotationRules(0, 0, 0, 60_000, ZoneOffset.UTC));
    rotation.took(5, NOON);
    assertThat(rotation.deadline()).isEqualTo(NOON + 30_000);
    assertThat(rotation.due(NOON + 29_999)).isFalse();
    assertThat(rotation.due(NOON + 30_000)).isTrue();
  }

  @Test
  void countsWallClockIntervalsFromMidnightInTheZone() {
    RotationRules rules =
        new RotationRules(0, 0, 0, 86_400_000, ZoneId.of("Asia/Kolkata")); // UTC+05:30
    Rotation rotation = new Rotation(rules);
    rotation.took(5, NOON);
    assertThat(Instant.ofEpochMilli(rotation.deadline())).isEqualTo("2026-11-22T18:30:00Z");
  }

  @Test
  void neverEndsByAClockWhoseIntervalIsForever() {
    Rotation schedule = new Rotation(new RotationRules(0, 0, 0, Long.MAX_VALUE, ZoneOffset.UTC));
    schedule.took(5, NOON);
    assertThat(schedule.due(NOON)).isFalse();
    assertThat(schedule.deadline()).isEqualTo(Rotation.NEVER);
    Rotation recordTime = new Rotation(new RotationRules(0, 0, Long.MAX_VALUE, 0, ZoneOffset.UTC));
    recordTime.took(5, NOON);
    assertThat(recordTime.due(NOON)).isFalse();
    assertThat(recordTime.endsBefore(NOON, NOON)).isFalse();
    assertThat(recordTime.deadline()).isEqualTo(Rotation.NEVER);
  }

  @Test
  void endsBeforeTheRecordThatIsTooLateInRecordTime() {
    Rotation rotation = new Rotation(new RotationRules(0, 0, 1000, 0, ZoneOffset.UTC));
    rotation.took(10_000, NOON);
    assertThat(rotation.endsBefore(10_999, NOON)).isFalse();
    assertThat(rotation.endsBefore(11_000, NOON)).isTrue();
    assertThat(rotation.endsBefore(3, NOON)).as("a late record ends nothing").isFalse();
  }

  @Test
  void beginsABatchAtTheNewestTimestampSoFarThoughItsFirstRecordIsLate() {
    Rotation rotation = new Rotation(new RotationRules(0, 0, 1000, 0, ZoneOffset.UTC));
    rotation.took(10_000, NOON);
    rotation.restart();
    rotation.took(3, NOON);
    assertThat(rotation.endsBefore(10_999, NOON)).as("a late first record").isFalse();
    assertThat(rotation.endsBefore(11_000, NOON)).isTrue();
    rotation.forget();
    rotation.took(3, NOON);
    assertThat(rotation.endsBefore(1003, NOON)).as("the topic from its start").isTrue();
  }

  @Test
  void endsOnceAFileIsLargeEnough() {
    Rotation rotation = new Rotation(new RotationRules(0, 100, 0, 0, ZoneOffset.UTC));
    rotation.took(1, NOON);
    rotation.grew(60, 1);
    rotation.took(2, NOON);
    rotation.grew(50, 1);
    assertThat(rotation.full()).as("two files of 60 and 50 bytes").isFalse();
    rotation.grew(100, 1);
    assertThat(rotation.full()).isTrue();
    rotation.restart();
    assertThat(rotation.full()).isFalse();
  }

  @Test
  void learnsFromFilesThatItEndedHowMuchDataMakesTheTargetSize() {
    Rotation rotation = new Rotation(new RotationRules(0, 100, 0, 0, ZoneOffset.UTC));
    rotation.grew(100, 1);
    rotation.restart();
    rotation.landed(40);
    rotation.grew(249, 1);
    assertThat(rotation.full()).isFalse();
    rotation.restart();
    rotation.landed(10);
    rotation.grew(250, 1);
    assertThat(rotation.full()).as("a file that another rule ended teaches nothing").isTrue();
    rotation.restart();
    rotation.landed(1_000);
    rotation.grew(99, 1);
    assertThat(rotation.full()).isFalse();
    rotation.grew(100, 1);
    assertThat(rotation.full()).as("never below the target").isTrue();
  }

  @Test
  void endsInRecordTimeOnAnIdleTopicToo() {
    Rotation rotation = new Rotation(new RotationRules(0, 0, 1000, 0, ZoneOffset.UTC));
    rotation.took(10_000, NOON);
    assertThat(rotation.deadline()).isEqualTo(NOON + 1000);
  }

  @Test
  void goesOnByTheClockAfterATimestampFromTheFuture() {
    Rotation rotation = new Rotation(new RotationRules(0, 0, 1000, 0, ZoneOffset.UTC));
    long future = NOON + 3_000_000_000L;
    rotation.took(NOON, NOON);
    assertThat(rotation.endsBefore(future, NOON)).isTrue();
    rotation.restart();
    rotation.took(future, NOON);
    rotation.restart();
    rotation.took(NOON + 500, NOON + 500);
    assertThat(rotation.endsBefore(NOON + 2_000, NOON + 2_000)).isTrue();
    assertThat(rotation.endsBefore(future, NOON + 900)).as("one more of them").isFalse();
  }
}
