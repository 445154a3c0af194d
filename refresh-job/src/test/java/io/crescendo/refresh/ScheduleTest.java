package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleTest {

  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private TestStore store;
  private final List<Instant> told = new ArrayList<>();
  private ResultsBucket results;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
    results = new ResultsBucket(store.client(), "results");
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private static Schedule schedule(Duration jitter, Schedule.Missed missed) {
    return new Schedule(Cron.parse("*/15 * * * *", ZoneOffset.UTC), jitter, missed, () -> 0.5);
  }

  private static Instant at(int hour, int minute) {
    return TEN.plus(Duration.ofHours(hour - 10)).plus(Duration.ofMinutes(minute));
  }

  @Test
  void putsStartsOffByAPartOfTheJitter() {
    assertThat(schedule(Duration.ofMinutes(4), Schedule.Missed.skip).next(TEN, TEN))
        .contains(new Schedule.Planned(at(10, 15), at(10, 17)));
  }

  @Test
  void putsNoStartOffPastTheNextTime() {
    Schedule late =
        new Schedule(
            Cron.parse("*/15 * * * *", ZoneOffset.UTC),
            Duration.ofHours(5),
            Schedule.Missed.skip,
            () -> 0.9999999);

    assertThat(late.next(TEN, TEN).orElseThrow().start()).isBefore(at(10, 30));
  }

  @Test
  void leavesOutTimesThatPassed() {
    assertThat(schedule(Duration.ZERO, Schedule.Missed.skip).next(at(10, 15), at(10, 47)))
        .contains(new Schedule.Planned(at(11, 0), at(11, 0)));
  }

  @Test
  void makesUpForTimesThatPassedOnceWhereItIsAsked() {
    Schedule schedule = schedule(Duration.ofMinutes(4), Schedule.Missed.once);

    assertThat(schedule.next(at(10, 15), at(10, 47)))
        .contains(new Schedule.Planned(at(10, 47), at(10, 47)));
    assertThat(schedule.next(at(10, 47), at(10, 48)))
        .contains(new Schedule.Planned(at(11, 0), at(11, 2)));
  }

  private NextRun word(ResultsBucket bucket) {
    return new NextRun(bucket, "*/15", "test", clock);
  }

  private Scheduler scheduler(ResultsBucket bucket, Schedule.Missed missed, Poller.Pause pause) {
    return new Scheduler(
        schedule(Duration.ZERO, missed), word(bucket), bucket, clock, pause, told::add);
  }

  private List<Instant> runs(Schedule.Missed missed, int count, Duration took) throws Exception {
    List<Instant> starts = new ArrayList<>();
    scheduler(results, missed, clock::advance)
        .keep(
            () -> {
              starts.add(clock.instant());
              clock.advance(took);
              return starts.size() < count;
            });
    return starts;
  }

  @Test
  void startsARunAtEachTime() throws Exception {
    assertThat(runs(Schedule.Missed.skip, 3, Duration.ofMinutes(2)))
        .containsExactly(at(10, 15), at(10, 30), at(10, 45));
  }

  @Test
  void startsNoRunDuringAnother() throws Exception {
    assertThat(runs(Schedule.Missed.skip, 3, Duration.ofMinutes(20)))
        .containsExactly(at(10, 15), at(10, 45), at(11, 15));
    clock.advance(Duration.between(clock.instant(), at(12, 0)));
    assertThat(runs(Schedule.Missed.once, 3, Duration.ofMinutes(20)))
        .containsExactly(at(12, 15), at(12, 35), at(12, 55));
  }

  @Test
  void makesUpAtItsStartForTimesSinceTheLastRunOfAnyone() throws Exception {
    new RunHistory(results, clock).write(new RunLog("other", clock).end());
    clock.advance(Duration.ofHours(7).plusMinutes(1));

    assertThat(runs(Schedule.Missed.once, 2, Duration.ZERO)).containsExactly(at(17, 1), at(17, 15));
  }

  @Test
  void countsNoRunFromTheTimeOfAClockThatWasAhead() throws Exception {
    TestClock ahead = new TestClock();
    ahead.advance(Duration.ofDays(3));
    new RunHistory(results, clock).write(new RunLog("other", ahead).end());

    assertThat(runs(Schedule.Missed.once, 2, Duration.ZERO))
        .containsExactly(at(10, 15), at(10, 30));
  }

  @Test
  void startsInTimeAfterTheMachineWasSuspended() throws Exception {
    Duration suspended = Duration.ofMinutes(10);
    List<Instant> starts = new ArrayList<>();

    scheduler(
            results,
            Schedule.Missed.skip,
            time -> clock.advance(clock.instant().equals(TEN) ? time.plus(suspended) : time))
        .keep(
            () -> {
              starts.add(clock.instant());
              return starts.size() < 2;
            });

    assertThat(starts).containsExactly(at(10, 15), at(10, 30));
  }

  @Test
  void tellsEachStartToComeOnce() throws Exception {
    runs(Schedule.Missed.skip, 2, Duration.ZERO);

    assertThat(told).containsExactly(at(10, 15), at(10, 30));
  }

  @Test
  void leavesWordOfTheNextRun() throws Exception {
    runs(Schedule.Missed.skip, 1, Duration.ZERO);

    assertThat(Json.read(results.get(NextRun.KEY).orElseThrow(), NextRun.Word.class))
        .isEqualTo(new NextRun.Word("*/15", "test", at(10, 15), at(10, 0)));
  }

  @Test
  void takesItsWordBackWhenItEnds() {
    try (NextRun word = word(results)) {
      word.at(at(10, 15));
      word.at(at(10, 30));
    }
    assertThat(results.get(NextRun.KEY)).isEmpty();
  }

  @Test
  void leavesNoWordAfterItHasEnded() {
    NextRun word = word(results);
    word.close();
    word.at(at(10, 15));

    assertThat(results.get(NextRun.KEY)).isEmpty();
  }

  @Test
  void leavesTheWordOfAnotherProgramAlone() {
    NextRun other = new NextRun(results, "hourly", "other", clock);
    try (NextRun word = word(results)) {
      word.at(at(10, 15));
      other.at(at(11, 0));
    }
    assertThat(results.get(NextRun.KEY).orElseThrow()).contains("other");
  }

  @Test
  void goesOnWhereTheWordCannotBeLeft() throws Exception {
    List<Instant> starts = new ArrayList<>();
    scheduler(
            new ResultsBucket(store.client(), "no-such-bucket"),
            Schedule.Missed.once,
            clock::advance)
        .keep(() -> !starts.add(clock.instant()));

    assertThat(starts).containsExactly(at(10, 15));
  }
}
