package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.GenreFollowers;
import io.crescendo.streams.GenreParts.Part;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GenreProcessorTest {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final MockProcessorContext<String, GenreFollowers> context = new MockProcessorContext<>();
  private KeyValueStore<Bytes, KeptPart> parts;
  private KeyValueStore<String, GenreReport> reports;
  private final Activity activity = new Activity();
  private GenreProcessor processor;

  @BeforeEach
  void openStores() {
    parts = TestStores.add(context, GenreProcessor.PARTS, Serdes.Bytes(), KeptPart.serde());
    reports = TestStores.add(context, GenreProcessor.REPORTS, Serdes.String(), GenreReport.serde());
    processor = processor(1);
    context.setCurrentSystemTimeMs(100_000);
  }

  private GenreProcessor processor(int partitions) {
    return new GenreProcessor(GenreFamilies.shipped(), INTERVAL, partitions, activity);
  }

  @Test
  void addsUpWhatAllPartitionsTell() {
    begin();
    tell(0, 1, false, part("pop", 2, 30, "b", 20));
    tell(1, 1, false, part("pop", 1, 25, "a", 25));
    tell(0, 1, false, part("pop", 3, 31, "b", 20));
    timer().getPunctuator().punctuate(100_500);
    assertThat(context.forwarded()).hasSize(1);
    GenreFollowers row = rows().get(0);
    assertThat(row.getArtists()).isEqualTo(4);
    assertThat(row.getFollowers()).isEqualTo(56);
    assertThat(row.getTopArtistId()).isEqualTo("a");
  }

  @Test
  void reportsNothingBeforeAllPartitionsHaveTold() {
    processor = processor(3);
    processor.init(context);
    tell(0, 2, true, part("pop", 2, 30, "b", 20));
    tell(2, 0, true);
    tell(1, 1, false, part("pop", 1, 25, "a", 25));
    tell(0, 3, false, part("pop", 3, 31, "b", 20));
    assertThat(context.scheduledPunctuators()).isEmpty();
    processor.close();
    processor = processor(3);
    processor.init(context);
    assertThat(context.scheduledPunctuators()).isEmpty();
    tell(1, 1, true, part("rock", 1, 25, "a", 25));
    timer().getPunctuator().punctuate(100_500);
    assertThat(rows()).extracting(row -> row.getArtists()).isEqualTo(List.of(4L, 1L));
  }

  @Test
  void reportsAfterARestartWhatItStillOwes() {
    begin();
    tell(0, 1, false, part("pop", 1, 5, "a", 5), part("rock", 1, 5, "a", 5));
    timer().getPunctuator().punctuate(100_500);
    tell(0, 1, false, part("pop", 1, 6, "a", 6));
    context.resetForwards();
    restart();
    assertThat(timer().cancelled()).as("timer of before").isFalse();
    timer().getPunctuator().punctuate(101_500);
    assertThat(context.forwarded())
        .extracting(forward -> forward.record().key())
        .isEqualTo(List.of("pop"));
    assertThat(rows().get(0).getFollowers()).isEqualTo(6);
  }

  @Test
  void reportsNothingThatIsKnown() {
    begin();
    tell(0, 1, true, part("pop", 1, 5, "a", 5));
    timer().getPunctuator().punctuate(100_500);
    tell(0, 2, true, part("pop", 1, 5, "a", 5));
    assertThat(context.scheduledPunctuators()).hasSize(1);
    restart();
    assertThat(context.scheduledPunctuators()).hasSize(1);
  }

  @Test
  void reportsNothingThatChangedBackMeanwhile() {
    begin();
    tell(0, 1, true, part("pop", 1, 5, "a", 5));
    timer().getPunctuator().punctuate(100_500);
    context.resetForwards();
    tell(0, 2, false, part("pop", 1, 6, "a", 6));
    tell(0, 3, false, part("pop", 1, 5, "a", 5));
    timer().getPunctuator().punctuate(101_500);
    assertThat(context.forwarded()).isEmpty();
  }

  @Test
  void takesBackWhatANewOwnerOfArtistsDoesNotTellAgain() {
    begin();
    tell(0, 1, true, part("pop", 1, 5, "a", 5), part("rock", 1, 5, "a", 5));
    tell(1, 1, true, part("rock", 1, 7, "b", 7));
    timer().getPunctuator().punctuate(100_500);
    context.resetForwards();
    // In several records, between which this task dies.
    tell(0, 2, false, part("pop", 1, 5, "a", 5));
    assertThat(context.scheduledPunctuators()).hasSize(1);
    restart();
    tell(0, 2, true);
    timer().getPunctuator().punctuate(101_500);
    assertThat(context.forwarded()).hasSize(1);
    GenreFollowers rock = rows().get(0);
    assertThat(rock.getGenre()).isEqualTo("rock");
    assertThat(rock.getFollowers()).isEqualTo(7);
  }

  @Test
  void ignoresAnOwnerOfArtistsThatWasReplaced() {
    begin();
    tell(0, 5, true, part("pop", 2, 9, "a", 5));
    timer().getPunctuator().punctuate(100_500);
    restart();
    tell(0, 4, true, part("pop", 1, 5, "a", 5), part("rock", 1, 5, "a", 5));
    assertThat(context.scheduledPunctuators()).hasSize(1);
    tell(1, 1, true, part("jazz", 1, 5, "b", 5));
    assertThat(context.scheduledPunctuators()).as("versions are of a partition").hasSize(2);
  }

  @Test
  void setsNoTimerWhileNothingIsOwed() {
    begin();
    assertThat(context.scheduledPunctuators()).isEmpty();
    tell(0, 1, false, part("pop", 1, 5, "a", 5));
    tell(0, 1, false, part("pop", 1, 6, "a", 6));
    assertThat(context.scheduledPunctuators()).hasSize(1);
    timer().getPunctuator().punctuate(100_500);
    assertThat(timer().cancelled()).isTrue();
  }

  @Test
  void reportsOnceAnIntervalWhileRecordsCome() {
    begin();
    tell(0, 1, false, part("pop", 1, 5, "a", 5));
    timer().getPunctuator().punctuate(100_500);
    assertThat(context.committed()).as("nothing has come since").isTrue();
    context.resetForwards();
    tell(0, 1, false, part("pop", 1, 6, "a", 6));
    for (int time : List.of(100_600, 100_900, 101_400)) {
      tell(0, 1, false, part("pop", 1, time, "a", time));
      timer().getPunctuator().punctuate(time);
      assertThat(context.forwarded()).isEmpty();
    }
    tell(0, 1, false, part("pop", 1, 7, "a", 7));
    timer().getPunctuator().punctuate(101_500);
    assertThat(rows()).extracting(row -> row.getFollowers()).isEqualTo(List.of(7L));
  }

  @Test
  void reportsInOrderThoughTheClockStepsBack() {
    begin();
    tell(0, 1, false, part("pop", 1, 5, "a", 5), part("rock", 1, 5, "a", 5));
    timer().getPunctuator().punctuate(200_000);
    tell(0, 1, false, nobody("pop"));
    timer().getPunctuator().punctuate(200_500);
    // Another instance takes over, whose clock is behind; the genre is not in the reports any more.
    restart();
    context.resetForwards();
    tell(0, 1, false, part("pop", 1, 5, "a", 5));
    timer().getPunctuator().punctuate(100_500);
    tell(0, 1, false, part("pop", 2, 9, "a", 5));
    timer().getPunctuator().punctuate(101_500);
    assertThat(rows())
        .extracting(row -> row.getReportedAt().toEpochMilli())
        .isEqualTo(List.of(200_501L, 200_502L));
  }

  @Test
  void startsAfreshWhereItsTransactionWasRolledBack() {
    begin();
    tell(0, 1, false, part("pop", 1, 5, "a", 5));
    CapturedPunctuator before = timer();
    processor.close();
    assertThat(before.cancelled()).isTrue();
    parts.delete(new KeptPart.Key("pop", 0).bytes());
    processor.init(context);
    assertThat(context.scheduledPunctuators()).hasSize(1);
    tell(0, 1, false, part("rock", 1, 5, "a", 5));
    timer().getPunctuator().punctuate(100_500);
    assertThat(context.forwarded())
        .extracting(forward -> forward.record().key())
        .isEqualTo(List.of("rock"));
  }

  @Test
  void keepsTheNewestTimeOfAGenreWhoseNewestArtistLeft() {
    begin();
    tell(0, 1, false, at(50, part("pop", 1, 5, "a", 5)));
    tell(1, 1, false, at(90, part("pop", 1, 5, "b", 5)));
    timer().getPunctuator().punctuate(100_500);
    tell(1, 1, false, at(95, nobody("pop")));
    timer().getPunctuator().punctuate(101_500);
    tell(0, 1, false, at(60, part("pop", 1, 6, "a", 6)));
    timer().getPunctuator().punctuate(102_500);
    assertThat(rows())
        .extracting(row -> row.getAsOf().toEpochMilli())
        .isEqualTo(List.of(90L, 95L, 95L));
    assertThat(parts.get(new KeptPart.Key("pop", 1).bytes())).as("part of nobody").isNull();
  }

  @Test
  void keepsNoTimeOfAGenreThatNobodyCarriedMeanwhile() {
    begin();
    tell(0, 1, false, at(90, part("pop", 1, 5, "a", 5)));
    timer().getPunctuator().punctuate(100_500);
    tell(0, 2, false, at(95, nobody("pop")));
    timer().getPunctuator().punctuate(101_500);
    tell(0, 3, false, at(60, part("pop", 1, 5, "b", 5)));
    timer().getPunctuator().punctuate(102_500);
    assertThat(rows())
        .extracting(row -> row.getAsOf().toEpochMilli())
        .isEqualTo(List.of(90L, 95L, 60L));
  }

  @Test
  void keepsTheNewestTimeThoughANewOwnerOfArtistsDoesNotKnowIt() {
    begin();
    tell(0, 1, false, at(90, part("pop", 2, 9, "a", 5)));
    tell(0, 2, true, at(60, part("pop", 1, 5, "a", 5)));
    timer().getPunctuator().punctuate(100_500);
    assertThat(rows().get(0).getAsOf().toEpochMilli()).isEqualTo(90);
  }

  @Test
  void datesARowAfterARestartByTheNewestUpdateAndNotByWhenItWasToldAgain() {
    begin();
    tell(0, 1, false, dated(70_000, part("pop", 1, 5, "a", 5)));
    tell(1, 1, false, dated(60_000, part("pop", 1, 5, "b", 5)));
    tell(0, 2, true, dated(99_000, part("pop", 1, 5, "a", 5)));
    restart();
    timer().getPunctuator().punctuate(101_500);
    assertThat(context.forwarded().get(0).record().timestamp()).isEqualTo(70_000);
  }

  @Test
  void datesARowByTheRecordsSinceTheRowBefore() {
    begin();
    tell(0, 1, false, dated(900_000, part("pop", 1, 1, "ahead", 1)));
    tell(0, 1, false, dated(70_000, part("pop", 2, 2, "ahead", 1)));
    timer().getPunctuator().punctuate(100_500);
    restart();
    tell(0, 1, false, dated(80_000, part("pop", 3, 3, "ahead", 1)));
    tell(1, 1, false, dated(79_000, part("pop", 4, 4, "ahead", 1)));
    timer().getPunctuator().punctuate(101_500);
    assertThat(context.forwarded())
        .extracting(forward -> forward.record().timestamp())
        .isEqualTo(List.of(900_000L, 80_000L));
  }

  private static Part part(String genre, long artists, long followers, String top, long most) {
    return new Part(
        genre, new GenreTotal(artists, followers, 0, 0, new Place(top, top, most), 1), 1);
  }

  private static Part nobody(String genre) {
    return new Part(genre, GenreTotal.EMPTY.asOf(1), 1);
  }

  private static Part at(long time, Part part) {
    return new Part(part.genre(), part.total().asOf(time), part.timestamp());
  }

  private static Part dated(long timestamp, Part part) {
    return new Part(part.genre(), part.total(), timestamp);
  }

  private void tell(int from, long version, boolean all, Part... told) {
    GenreParts record = new GenreParts(from, 0, version, all, Arrays.asList(told));
    processor.process(new Record<>(record.key(), record, 100_000));
  }

  /** With a partition of artists that has told all, which is nothing. */
  private void begin() {
    processor.init(context);
    tell(0, 0, true);
  }

  private void restart() {
    processor.close();
    processor = processor(1);
    processor.init(context);
  }

  /** In the order in which they were written. */
  private List<GenreFollowers> rows() {
    return context.forwarded().stream()
        .<GenreFollowers>map(forward -> forward.record().value())
        .toList();
  }

  private CapturedPunctuator timer() {
    var timers = context.scheduledPunctuators();
    return timers.get(timers.size() - 1);
  }
}
