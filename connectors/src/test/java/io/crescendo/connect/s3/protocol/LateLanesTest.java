package io.crescendo.connect.s3.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LateLanesTest {

  private static final long TODAY = 2_000;
  private static final long YESTERDAY = 1_000;
  private static final long NOW = 2_500;

  private static final Lane NEW = new Lane("day=2", "");
  private static final Lane OLD = new Lane("day=1", "");
  private static final Lane OLDER = new Lane("day=0", "");

  private final LateLanes late = new LateLanes(100);

  /** A late file is begun at {@link #NOW}. */
  private void beginLate() {
    late.took(NEW, TODAY, true, NOW);
    late.took(OLD, YESTERDAY, true, NOW);
  }

  @Test
  void lateFilesMayStayWhileAnotherBatchEndsInTimeForThem() {
    beginLate();
    assertThat(late.mayStay(60, NOW + 40)).containsExactly(OLD);
    assertThat(late.mayStay(60, NOW + 41)).isEmpty();
  }

  @Test
  void lateFilesWaitNoLongerThanTheFirstOfThemMay() {
    beginLate();
    late.took(OLDER, 0, true, NOW + 90);
    assertThat(late.mayStay(10, NOW + 90)).containsExactlyInAnyOrder(OLD, OLDER);
    assertThat(late.mayStay(10, NOW + 91)).isEmpty();
  }

  @Test
  void recordsHaveStoppedOnceNoneComesForTwiceTheLongestPause() {
    assertThat(late.stopped(NOW)).isFalse();
    beginLate();
    assertThat(late.stopped(NOW + 90)).as("there was no pause yet").isFalse();
    late.took(NEW, TODAY, false, NOW + 10);
    assertThat(late.stopped(NOW + 30)).isFalse();
    assertThat(late.stopped(NOW + 31)).isTrue();
  }

  @Test
  void aPauseBetweenBatchesTellsHowLongPausesAre() {
    beginLate();
    late.took(NEW, TODAY, false, NOW + 1);
    late.stayed(Set.of(OLD), true, Rotation.NEVER);
    late.took(NEW, TODAY, true, NOW + 21);
    assertThat(late.stopped(NOW + 61)).isFalse();
    assertThat(late.stopped(NOW + 62)).isTrue();
  }

  @Test
  void eachRotationHalvesWhatAPauseCountsAndOtherEndsOfBatchesDoNot() {
    beginLate();
    late.took(NEW, TODAY, false, NOW + 10);
    late.stayed(Set.of(OLD), false, Rotation.NEVER);
    assertThat(late.stopped(NOW + 30)).isFalse();
    late.stayed(Set.of(OLD), true, Rotation.NEVER);
    assertThat(late.stopped(NOW + 20)).isFalse();
    assertThat(late.stopped(NOW + 21)).isTrue();
  }

  @Test
  void lateFilesDoNotStayOnceTheClockWasSetBack() {
    beginLate();
    assertThat(late.mayStay(0, NOW - 1)).isEmpty();
    late.stayed(Set.of(OLD), true, Rotation.NEVER);
    assertThat(late.due(false, NOW)).isFalse();
    assertThat(late.due(false, NOW - 1)).isTrue();
  }

  @Test
  void filesThatLandedAreForgotten() {
    beginLate();
    late.took(OLDER, 0, true, NOW);
    late.stayed(Set.of(OLDER), true, Rotation.NEVER);
    assertThat(late.mayStay(0, NOW)).containsExactly(OLDER);
    late.clear();
    assertThat(late.mayStay(0, NOW)).isEmpty();
    assertThat(late.deadline(true)).isEqualTo(Rotation.NEVER);
  }

  @Test
  void aRecordFromTheFutureMakesNeitherAnythingLateNorWhatIsLateTimely() {
    late.took(new Lane("day=9", ""), 9_000, true, NOW);
    beginLate();
    late.took(new Lane("day=9", ""), 9_000, false, NOW);
    late.took(OLDER, 0, true, NOW);
    assertThat(late.mayStay(0, NOW)).containsExactlyInAnyOrder(OLD, OLDER);
  }

  @Test
  void onlyFilesThatABatchLeftOpenHaveADeadlineWhichIsSoonerWhereNothingComes() {
    beginLate();
    assertThat(late.deadline(true)).isEqualTo(Rotation.NEVER);
    late.stayed(Set.of(OLD), true, NOW + 50);
    assertThat(late.deadline(false)).isEqualTo(NOW + 100);
    assertThat(late.deadline(true)).isEqualTo(NOW + 50);
    assertThat(late.due(false, NOW + 99)).isFalse();
    assertThat(late.due(false, NOW + 100)).isTrue();
    assertThat(late.due(true, NOW + 50)).isTrue();
    late.stayed(Set.of(), true, NOW + 100);
    assertThat(late.due(true, NOW + 200)).isFalse();
  }

  @Test
  void aDelayOfAgesDoesNotOverflow() {
    LateLanes forever = new LateLanes(Long.MAX_VALUE);
    forever.took(NEW, TODAY, true, NOW);
    forever.took(OLD, YESTERDAY, true, NOW);
    assertThat(forever.mayStay(NOW, 2 * NOW)).containsExactly(OLD);
    forever.stayed(Set.of(OLD), true, Rotation.NEVER);
    assertThat(forever.due(false, 2 * NOW)).isFalse();
  }

  @Test
  void afterAJumpBackTheFirstRecordsAreOnTime() {
    beginLate();
    late.forget();
    late.took(OLD, YESTERDAY, true, NOW);
    assertThat(late.mayStay(0, NOW)).isEmpty();
  }
}
