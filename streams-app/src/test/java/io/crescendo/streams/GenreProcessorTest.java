package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.schemas.GenreFollowers;
import io.crescendo.streams.GenreChange.Share;
import io.crescendo.streams.GenreRanking.Place;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GenreProcessorTest {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Share SHARE = new Share(5, null);

  private final MockProcessorContext<String, GenreFollowers> context = new MockProcessorContext<>();
  private KeyValueStore<String, GenreTotal> totals;
  private GenreProcessor processor;

  /** Of the next change. */
  private long offset;

  @BeforeEach
  void openStores() {
    totals =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(GenreProcessor.TOTALS),
                Serdes.String(),
                GenreTotal.serde())
            .withLoggingDisabled()
            .build();
    KeyValueStore<Bytes, byte[]> ranking =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(GenreProcessor.RANKING),
                Serdes.Bytes(),
                Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    totals.init(context.getStateStoreContext(), totals);
    ranking.init(context.getStateStoreContext(), ranking);
    context.addStateStore(totals);
    context.addStateStore(ranking);
    processor = new GenreProcessor(GenreFamilies.shipped(), INTERVAL);
    context.setCurrentSystemTimeMs(100_000);
  }

  @Test
  void reportsAfterARestartWhatItStillOwes() {
    GenreTotal owed = GenreTotal.EMPTY.after(gain("a", 7), null, 0, 8, new Place("a", "A", 5));
    totals.put("pop", owed);
    totals.put("rock", owed.afterReport(9));
    processor.init(context);
    timer().getPunctuator().punctuate(100_500);
    assertThat(context.forwarded())
        .extracting(forward -> forward.record().key())
        .isEqualTo(List.of("pop"));
    assertThat(context.forwarded().get(0).record().timestamp()).isEqualTo(8);
    assertThat(totals.get("pop").changed()).isFalse();
  }

  @Test
  void reportsNothingOfAChangeThatIsKnown() {
    processor.init(context);
    change(1);
    timer().getPunctuator().punctuate(100_500);
    offset = 0;
    change(1);
    assertThat(context.scheduledPunctuators()).hasSize(1);
    assertThat(totals.get("pop").artists()).isOne();
  }

  @Test
  void refusesARankingThatAnotherVersionWrote() {
    totals.put("pop", GenreTotal.reported(1, 7));
    KeyValueStore<Bytes, byte[]> ranking = context.getStateStore(GenreProcessor.RANKING);
    // as it was before: eight bytes of followers, then the name
    ranking.put(Bytes.wrap("pop\0a1".getBytes(UTF_8)), new byte[] {0, 0, 0, 0, 0, 0, 0, 5, 'A'});
    processor.init(context);
    assertThatThrownBy(() -> change(1))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("place in genre-ranking has form 0, this version of the app reads");
  }

  @Test
  void setsNoTimerWhileNothingIsOwed() {
    processor.init(context);
    assertThat(context.scheduledPunctuators()).isEmpty();
    change(1);
    change(2);
    assertThat(context.scheduledPunctuators()).hasSize(1);
    timer().getPunctuator().punctuate(100_500);
    assertThat(timer().cancelled()).isTrue();
  }

  @Test
  void reportsWithinHalfAnIntervalButNeverTwiceInOne() {
    processor.init(context);
    change(1);
    assertThat(timer().getInterval()).isEqualTo(Duration.ofMillis(500));
    timer().getPunctuator().punctuate(100_500);
    context.setCurrentSystemTimeMs(100_510);
    change(2);
    assertThat(timer().getInterval()).isEqualTo(Duration.ofMillis(990));
  }

  @Test
  void reportsInOrderThoughTheClockStepsBack() {
    processor.init(context);
    change(1);
    timer().getPunctuator().punctuate(200_000);
    leave(1);
    timer().getPunctuator().punctuate(200_001);
    // Another instance takes over, whose clock is behind; the genre is not in the totals any more.
    processor = new GenreProcessor(GenreFamilies.shipped(), INTERVAL);
    processor.init(context);
    context.resetForwards();
    change(1);
    timer().getPunctuator().punctuate(100_500);
    change(2);
    timer().getPunctuator().punctuate(101_500);
    assertThat(context.forwarded())
        .extracting(forward -> forward.record().value().getReportedAt().toEpochMilli())
        .isEqualTo(List.of(200_002L, 200_003L));
  }

  @Test
  void startsAfreshWhereItsTransactionWasRolledBack() {
    processor.init(context);
    change(1);
    CapturedPunctuator before = timer();
    processor.close();
    assertThat(before.cancelled()).isTrue();
    totals.delete("pop");
    processor.init(context);
    assertThat(context.scheduledPunctuators()).hasSize(1);
    process(new GenreChange("a", "A", null, SHARE, List.of("rock"), 2), 2);
    timer().getPunctuator().punctuate(100_500);
    assertThat(context.forwarded())
        .extracting(forward -> forward.record().key())
        .isEqualTo(List.of("rock"));
  }

  @Test
  void datesARowByTheRecordsSinceTheRowBefore() {
    processor.init(context);
    process(gain("ahead", 1), 900_000);
    process(gain("b", 2), 70_000);
    timer().getPunctuator().punctuate(100_500);
    process(gain("c", 3), 80_000);
    process(gain("d", 3), 79_000);
    timer().getPunctuator().punctuate(101_500);
    assertThat(context.forwarded())
        .extracting(forward -> forward.record().timestamp())
        .isEqualTo(List.of(900_000L, 80_000L));
  }

  private static GenreChange gain(String artist, long at) {
    return new GenreChange(artist, "A", null, SHARE, List.of("pop"), at);
  }

  private void leave(long at) {
    process(new GenreChange("a" + at, null, SHARE, null, List.of("pop"), at), at);
  }

  private void change(long at) {
    process(gain("a" + at, at), at);
  }

  private void process(GenreChange change, long timestamp) {
    context.setRecordMetadata("changes", 0, offset++);
    processor.process(new Record<>(change.key(), change, timestamp));
  }

  private CapturedPunctuator timer() {
    var timers = context.scheduledPunctuators();
    return timers.get(timers.size() - 1);
  }
}
