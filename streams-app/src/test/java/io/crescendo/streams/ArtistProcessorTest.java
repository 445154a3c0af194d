package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArtistProcessorTest {

  private static final Duration HORIZON = Duration.ofDays(1);
  private static final Duration COMMIT = Duration.ofSeconds(2);

  private final MockProcessorContext<byte[], Object> context = new MockProcessorContext<>();
  private final GenreIndexes indexes = new GenreIndexes();
  private final ArtistProcessor processor =
      new ArtistProcessor(
          GenreFamilies.shipped(), new HomePartition(1), indexes, new Activity(), HORIZON, COMMIT);
  private KeyValueStore<Bytes, ArtistState> artists;
  private KeyValueStore<Bytes, byte[]> markers;

  @BeforeEach
  void openStores() {
    artists = TestStores.add(context, ArtistProcessor.STATE, Serdes.Bytes(), ArtistState.serde());
    markers = TestStores.add(context, ArtistProcessor.MARKERS, Serdes.Bytes(), Serdes.ByteArray());
    context.setCurrentSystemTimeMs(0);
    context.setCurrentStreamTimeMs(-1);
  }

  @Test
  void forgetsManyDeletedArtistsInSeveralTransactions() {
    DeletedMarkers deleted = new DeletedMarkers(markers);
    int count = ArtistProcessor.PURGED_AT_ONCE + 1;
    for (int i = 0; i < count; i++) {
      Bytes id = id(Integer.toString(i));
      artists.put(id, ArtistState.deletedUnseen(i, 0, i, i));
      deleted.add(id, i);
    }
    processor.init(context);
    punctuate(Duration.ZERO); // tells genres that there are none
    punctuate(HORIZON.plusDays(1));
    assertThat(artists.approximateNumEntries()).isEqualTo(1);
    assertThat(timer().getInterval()).isEqualTo(COMMIT);
    punctuate(HORIZON.plusDays(1).plus(COMMIT));
    assertThat(artists.approximateNumEntries()).isZero();
    assertThat(markers.approximateNumEntries()).isZero();
    assertThat(timer().getInterval()).isEqualTo(DeletedMarkers.purgeInterval(HORIZON));
  }

  /** Else genres would ignore what is told after a restart, as older than what they know. */
  @Test
  void countsTheUpdatesOfForgottenArtistsOn() {
    deleteLongAgo("a", 3);
    processor.init(context);
    punctuate(Duration.ZERO); // tells genres that there are none
    punctuate(HORIZON.plusDays(1));
    processor.close();
    deleteLongAgo("b", 4);
    processor.init(context);
    punctuate(Duration.ZERO);
    punctuate(HORIZON.plusDays(2));
    assertThat(artists.approximateNumEntries()).as("but the count").isEqualTo(1);
    processor.close();
    processor.init(context);
    assertThat(indexes.of(0).orElseThrow().version()).isEqualTo(7);
  }

  @Test
  void writesNothingWhereNoArtistIsForgotten() {
    deleteLongAgo("a", 3);
    processor.init(context);
    punctuate(Duration.ZERO);
    punctuate(HORIZON.plusDays(1));
    Bytes count;
    ArtistState counted;
    try (KeyValueIterator<Bytes, ArtistState> all = artists.all()) {
      var row = all.next();
      count = row.key;
      counted = row.value;
    }
    punctuate(HORIZON.plusDays(2));
    assertThat(artists.get(count)).isEqualTo(counted);
  }

  private void deleteLongAgo(String artist, long updates) {
    Bytes id = Bytes.wrap(artist.getBytes(UTF_8));
    artists.put(id, ArtistState.deletedUnseen(1, updates, 1, 1));
    new DeletedMarkers(markers).add(id, 1);
  }

  @Test
  void leavesNoTimerBehindWhereItIsInitialisedAgain() {
    processor.init(context);
    processor.close();
    assertThat(context.scheduledPunctuators()).allMatch(CapturedPunctuator::cancelled);
    assertThat(indexes.of(0)).isEmpty();
    processor.init(context);
    assertThat(timer().cancelled()).isFalse();
    assertThat(indexes.of(0)).isPresent();
  }

  private static Bytes id(String text) {
    return Bytes.wrap(text.getBytes(UTF_8));
  }

  private void punctuate(Duration time) {
    CapturedPunctuator due = timer();
    due.getPunctuator().punctuate(time.toMillis());
    assertThat(due.cancelled()).isTrue();
  }

  private CapturedPunctuator timer() {
    return context.scheduledPunctuators().stream()
        .filter(timer -> !timer.cancelled())
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }
}
