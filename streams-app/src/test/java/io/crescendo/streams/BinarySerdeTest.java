package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.streams.GenreParts.Part;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.Whitespace;
import net.jqwik.api.constraints.WithNull;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class BinarySerdeTest {

  @Property(tries = 200)
  void givesBackAnUpdate(
      @ForAll String id,
      @ForAll @WithNull String name,
      @ForAll List<String> genres,
      @ForAll long followers,
      @ForAll @WithNull @IntRange(max = 100) Integer popularity,
      @ForAll long observedAt,
      @ForAll boolean stated,
      @ForAll boolean deleted,
      @ForAll @WithNull byte[] raw) {
    Update update =
        new Update(
            id,
            name,
            genres,
            followers,
            popularity,
            observedAt,
            stated,
            deleted,
            name,
            new Origin(3, 1L << 40, observedAt),
            Bytes.wrap(raw),
            null);
    assertThat(roundTrip(UpdateForm.serde(), update)).isEqualTo(update);
  }

  @Property(tries = 200)
  void givesBackAnArtistState(
      @ForAll String name,
      @ForAll List<String> genres,
      @ForAll @WithNull @IntRange(max = 100) Integer popularity,
      @ForAll long number,
      @ForAll @LongRange(min = -1) long deletedAt) {
    ArtistState state =
        new ArtistState(name, genres, number, popularity, -number, number, 7, deletedAt);
    assertThat(roundTrip(ArtistState.serde(), state)).isEqualTo(state);
  }

  @Property(tries = 200)
  void givesBackWhatIsToldOfGenres(
      @ForAll String text, @ForAll long number, @ForAll boolean nobody, @ForAll boolean all) {
    GenreTotal total =
        new GenreTotal(1, number, -number, 2, nobody ? null : new Place("a", text, number), number);
    Part part = new Part(text, total, number);
    GenreParts parts = new GenreParts(7, 3, number, all, List.of(part, part));
    assertThat(roundTrip(GenreParts.serde(), parts)).isEqualTo(parts);
    KeptPart kept = new KeptPart(number, total, -number);
    assertThat(roundTrip(KeptPart.serde(), kept)).isEqualTo(kept);
    GenreReport report = new GenreReport(total, number);
    assertThat(roundTrip(GenreReport.serde(), report)).isEqualTo(report);
  }

  @Property(tries = 200)
  void givesBackTheKeyOfAPart(
      @ForAll @StringLength(max = 9) @AlphaChars @Whitespace String genre,
      @ForAll @IntRange(max = 10_000) int from) {
    KeptPart.Key key = new KeptPart.Key(genre, from);
    assertThat(KeptPart.Key.of(key.bytes())).isEqualTo(key);
  }

  @Test
  void keepsNullForATombstone() {
    assertThat(GenreReport.serde().serializer().serialize("t", null)).isNull();
    assertThat(GenreReport.serde().deserializer().deserialize("t", null)).isNull();
  }

  @Test
  void saysWhatToDoAboutAnotherVersionsForm() {
    byte[] bytes =
        GenreReport.serde().serializer().serialize("t", new GenreReport(GenreTotal.EMPTY, 7));
    bytes[0] = 99;
    assertThatThrownBy(() -> GenreReport.serde().deserializer().deserialize("t", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessage(
            "genre report in t has form 99, this version of the app reads form 1; start the version"
                + " that wrote it, or reset the application");
  }

  @Test
  void refusesBytesThatEndTooEarly() {
    byte[] bytes =
        GenreReport.serde().serializer().serialize("t", new GenreReport(GenreTotal.EMPTY, 7));
    byte[] half = Arrays.copyOf(bytes, 4);
    assertThatThrownBy(() -> GenreReport.serde().deserializer().deserialize("t", half))
        .isInstanceOf(SerializationException.class)
        .hasMessage("genre report in t ends too early, at 4 bytes");
  }

  private static <T> T roundTrip(Serde<T> serde, T value) {
    return serde.deserializer().deserialize("t", serde.serializer().serialize("t", value));
  }
}
