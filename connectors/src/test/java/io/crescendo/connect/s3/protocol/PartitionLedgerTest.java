package io.crescendo.connect.s3.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionLedgerTest {

  private static final Lane POP = new Lane("genre=pop", "");
  private static final Lane RAP = new Lane("genre=rap", "");

  private final PartitionLedger ledger = new PartitionLedger(10);

  @Test
  void namesEachFileAfterTheFirstOffsetOfItsLane() {
    write(10, POP);
    write(11, RAP);
    write(13, POP);
    assertThat(ledger.seal(Set.of()))
        .containsExactly(new FileRange(POP, 10, 13, 2), new FileRange(RAP, 11, 11, 1));
  }

  @Test
  void commitsOnlyOnceEveryFileHasLanded() {
    write(10, POP);
    write(11, RAP);
    List<FileRange> files = ledger.seal(Set.of());
    ledger.created(files.get(0));
    assertThat(ledger.settled()).isFalse();
    assertThat(ledger.committable()).isEqualTo(10);
    ledger.created(files.get(1));
    assertThat(ledger.settle()).isEqualTo(new Settlement(Settlement.Kind.COMMIT, 12));
    assertThat(ledger.committable()).isEqualTo(12);
  }

  @Test
  void adoptsAnObjectThatAnEarlierAttemptLeft() {
    write(10, POP);
    write(11, POP);
    ledger.found(ledger.seal(Set.of()).get(0), 11);
    assertThat(ledger.settle()).isEqualTo(new Settlement(Settlement.Kind.COMMIT, 12));
  }

  @Test
  void rewindsForRowsThatTheObjectFoundDoesNotHold() {
    write(10, POP);
    write(11, RAP);
    write(12, POP);
    List<FileRange> files = ledger.seal(Set.of());
    ledger.found(files.get(0), 10);
    ledger.created(files.get(1));
    assertThat(ledger.settle()).isEqualTo(new Settlement(Settlement.Kind.REWIND, 10));
    assertThat(ledger.offer(10, POP)).isEqualTo(Fate.LANDED);
    assertThat(ledger.offer(11, RAP)).isEqualTo(Fate.LANDED);
    assertThat(ledger.offer(12, POP)).isEqualTo(Fate.ASK);
    assertThat(ledger.answer(12, POP, OptionalLong.empty())).isEqualTo(Fate.WRITE);
    assertThat(ledger.seal(Set.of())).containsExactly(new FileRange(POP, 12, 12, 1));
  }

  @Test
  void doesNotCommitInsideAnObjectThatReachesFurther() {
    write(10, POP);
    ledger.found(ledger.seal(Set.of()).get(0), 12);
    assertThat(ledger.settle()).isEqualTo(new Settlement(Settlement.Kind.HOLD, 10));
    assertThat(ledger.offer(11, POP)).isEqualTo(Fate.LANDED);
    assertThat(ledger.committable()).isEqualTo(10);
    assertThat(ledger.offer(12, POP)).isEqualTo(Fate.LANDED);
    assertThat(ledger.committable()).isEqualTo(13);
  }

  @Test
  void readsAgainWhatItTookIntoOpenFilesBeforeItKnewOfAnObjectThatHoldsIt() {
    write(10, POP);
    FileRange file = ledger.seal(Set.of()).get(0);
    write(11, POP);
    ledger.found(file, 12);
    assertThat(ledger.settle()).isEqualTo(new Settlement(Settlement.Kind.REWIND, 11));
    assertThat(ledger.offer(11, POP)).isEqualTo(Fate.LANDED);
  }

  @Test
  void fillsOneBatchWhileTheOneBeforeIsLanding() {
    write(10, POP);
    FileRange first = ledger.seal(Set.of()).get(0);
    write(11, POP);
    assertThatThrownBy(() -> ledger.seal(Set.of())).isInstanceOf(IllegalStateException.class);
    ledger.created(first);
    assertThat(ledger.settle()).isEqualTo(new Settlement(Settlement.Kind.COMMIT, 11));
    assertThat(ledger.seal(Set.of())).containsExactly(new FileRange(POP, 11, 11, 1));
  }

  @Test
  void commitsPastRecordsThatMakeNoRow() {
    ledger.pass(10);
    assertThat(ledger.committable()).isEqualTo(11);
    write(11, POP);
    ledger.pass(12);
    assertThat(ledger.committable()).isEqualTo(11);
  }

  @Test
  void asksForEachObjectOnceItHasMetOneSoThatAReplayReadsTheTopicOnce() {
    write(10, POP);
    ledger.found(ledger.seal(Set.of()).get(0), 10);
    ledger.settle();
    for (int offset = 11; offset < 1011; offset += 2) {
      assertThat(ledger.offer(offset, POP)).isEqualTo(Fate.ASK);
      ledger.answer(offset, POP, OptionalLong.of(offset + 1));
      assertThat(ledger.offer(offset + 1, POP)).isEqualTo(Fate.LANDED);
      assertThat(ledger.committable()).isEqualTo(offset + 2);
    }
    assertThat(ledger.offer(1011, POP)).isEqualTo(Fate.ASK);
    ledger.answer(1011, POP, OptionalLong.empty());
    ledger.created(ledger.seal(Set.of()).get(0));
    ledger.settle();
    assertThat(ledger.offer(1012, POP)).isEqualTo(Fate.ASK);
    ledger.answer(1012, POP, OptionalLong.empty());
    ledger.created(ledger.seal(Set.of()).get(0));
    ledger.settle();
    assertThat(ledger.offer(1013, POP)).as("nobody else is here any more").isEqualTo(Fate.WRITE);
  }

  @Test
  void refusesARecordThatItHasTakenIn() {
    write(10, POP);
    assertThatThrownBy(() -> ledger.offer(10, POP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Offset 10 was taken in before; the next is 11");
  }

  @Test
  void refusesAnObjectThatEndsBeforeItStarts() {
    write(10, POP);
    FileRange file = ledger.seal(Set.of()).get(0);
    assertThatThrownBy(() -> ledger.found(file, 9)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commitsNothingWhileAFileStaysOpen() {
    write(10, POP);
    write(11, RAP);
    write(12, POP);
    FileRange pop = new FileRange(POP, 10, 12, 2);
    assertThat(ledger.seal(Set.of(RAP))).containsExactly(pop);
    ledger.created(pop);
    assertThat(ledger.settle()).isEqualTo(new Settlement(Settlement.Kind.WAIT, 10));
    assertThat(ledger.committable()).isEqualTo(10);
    write(13, POP);
    write(14, RAP);
    List<FileRange> files = ledger.seal(Set.of());
    assertThat(files)
        .containsExactlyInAnyOrder(new FileRange(POP, 13, 13, 1), new FileRange(RAP, 11, 14, 2));
    files.forEach(ledger::created);
    assertThat(ledger.settle()).isEqualTo(new Settlement(Settlement.Kind.COMMIT, 15));
  }

  @Test
  void readsFilesThatStayedOpenAgainAfterALoss() {
    write(10, RAP);
    write(11, POP);
    write(12, POP);
    FileRange pop = ledger.seal(Set.of(RAP)).get(0);
    write(13, POP);
    ledger.found(pop, 13);
    assertThat(ledger.settle()).isEqualTo(new Settlement(Settlement.Kind.REWIND, 10));
    assertThat(ledger.offer(10, RAP)).isEqualTo(Fate.ASK);
    assertThat(ledger.answer(10, RAP, OptionalLong.empty())).isEqualTo(Fate.WRITE);
    assertThat(ledger.offer(13, POP)).isEqualTo(Fate.LANDED);
  }

  private void write(long offset, Lane lane) {
    assertThat(ledger.offer(offset, lane)).isEqualTo(Fate.WRITE);
  }
}
