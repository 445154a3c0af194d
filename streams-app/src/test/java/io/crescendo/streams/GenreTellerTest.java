package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.crescendo.streams.GenreParts.Part;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class GenreTellerTest {

  /** Of which a character takes most bytes. */
  private static final String FOUR_BYTES = "\uD83C\uDFB5";

  private final MockProcessorContext<byte[], Object> context =
      new MockProcessorContext<>(
          StreamsSettings.of(Map.of()).kafkaProperties(), new TaskId(0, 1), null);

  @Test
  void beginsWithEverythingAndSaysInTheLastRecordToEachPartitionThatThisIsAll() {
    HomePartition home = new HomePartition(2);
    int most = GenreTeller.MOST_PARTS;
    List<String> genres =
        IntStream.range(0, 10 * most)
            .mapToObj(i -> "genre " + i)
            .filter(genre -> home.of(genre.getBytes(UTF_8)) == 0)
            .limit(2 * most + 1)
            .toList();
    GenreIndex index = new GenreIndex(home);
    index.add(id("a"), artist("A", genres, 7));
    start(index).tell(0);
    assertThat(told())
        .extracting(GenreParts::to, told -> told.parts().size(), GenreParts::all)
        .containsExactly(
            tuple(0, most, false), tuple(0, most, false), tuple(0, 1, true), tuple(1, 0, true));
    assertThat(told())
        .flatExtracting(GenreParts::parts)
        .extracting(Part::genre)
        .containsExactlyInAnyOrderElementsOf(genres);
    assertThat(told())
        .allSatisfy(told -> assertThat(told.from()).isEqualTo(1))
        .allSatisfy(told -> assertThat(told.version()).isEqualTo(7));
  }

  @Test
  void tellsOnlyWhatHasChangedAfterwards() {
    GenreIndex index = new GenreIndex(new HomePartition(2));
    ArtistState pop = artist("A", List.of("pop"), 1);
    index.add(id("a"), pop);
    index.add(id("b"), artist("B", List.of("rock"), 1));
    GenreTeller teller = start(index);
    teller.tell(0);
    context.resetForwards();
    teller.tell(250);
    assertThat(told()).as("nothing has changed").isEmpty();
    index.change(id("a"), pop, artist("Ann", List.of("pop"), 2), 50);
    teller.tell(500);
    assertThat(told()).hasSize(1);
    GenreParts told = told().get(0);
    assertThat(told.all()).isFalse();
    assertThat(told.version()).isEqualTo(3);
    assertThat(told.parts()).extracting(Part::genre).containsExactly("pop");
  }

  @Test
  void datesNothingByAClockThatIsAhead() {
    GenreIndex index = new GenreIndex(new HomePartition(1));
    index.add(id("a"), artist("A", List.of("pop"), 1));
    GenreTeller teller = start(index);
    context.setCurrentStreamTimeMs(60);
    teller.tell(7_200_000);
    assertThat(context.forwarded().get(0).record().timestamp()).isEqualTo(60);
    assertThat(told().get(0).parts()).extracting(Part::timestamp).containsExactly(60L);
  }

  @Test
  void makesNoRecordThatBrokersRefuseOfTheLongestNames() {
    List<String> genres =
        IntStream.range(0, UpdateReader.MAX_GENRES)
            .mapToObj(i -> (char) ('\u0100' + i) + FOUR_BYTES.repeat(UpdateReader.MAX_GENRE - 1))
            .toList();
    GenreIndex index = new GenreIndex(new HomePartition(1));
    index.add(
        id(FOUR_BYTES.repeat(UpdateReader.MAX_ID)),
        artist(FOUR_BYTES.repeat(UpdateReader.MAX_NAME), genres, 1));
    start(index).tell(0);
    assertThat(told())
        .extracting(told -> GenreParts.serde().serializer().serialize("t", told).length)
        .allMatch(bytes -> bytes < 1_000_000);
  }

  /** All artists have the longest name, where names matter. */
  private GenreTeller start(GenreIndex index) {
    context.setCurrentSystemTimeMs(0);
    context.setCurrentStreamTimeMs(-1);
    return new GenreTeller(
        context, index, id -> artist(FOUR_BYTES.repeat(UpdateReader.MAX_NAME), List.of(), 1));
  }

  private static Bytes id(String text) {
    return Bytes.wrap(text.getBytes(UTF_8));
  }

  private static ArtistState artist(String name, List<String> genres, long updates) {
    return new ArtistState(name, genres, 10, null, 1, 1, updates, ArtistState.PRESENT);
  }

  private List<GenreParts> told() {
    return context.forwarded().stream()
        .map(forward -> (GenreParts) forward.record().value())
        .toList();
  }
}
