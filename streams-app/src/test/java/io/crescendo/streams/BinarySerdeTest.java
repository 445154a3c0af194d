package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.streams.GenreChange.Share;
import io.crescendo.streams.GenreRanking.Place;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
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
  void givesBackAGenreChange(
      @ForAll String text,
      @ForAll long number,
      @ForAll @WithNull @IntRange(max = 100) Integer popularity,
      @ForAll boolean first) {
    Share share = new Share(number, popularity);
    GenreChange change =
        new GenreChange(
            text,
            first ? text : null,
            first ? null : share,
            first ? share : null,
            List.of(text, "pop"),
            number);
    assertThat(roundTrip(GenreChange.serde(), change)).isEqualTo(change);
  }

  @Property(tries = 200)
  void givesBackAGenreTotal(
      @ForAll long number, @ForAll boolean reported, @ForAll boolean changed) {
    GenreTotal total =
        new GenreTotal(
            1,
            number,
            -number,
            2,
            changed ? new Place("a", "A", number) : null,
            number,
            3,
            changed,
            reported ? number : GenreTotal.NEVER,
            number);
    assertThat(roundTrip(GenreTotal.serde(), total)).isEqualTo(total);
  }

  @Test
  void keepsNullForATombstone() {
    assertThat(GenreTotal.serde().serializer().serialize("t", null)).isNull();
    assertThat(GenreTotal.serde().deserializer().deserialize("t", null)).isNull();
  }

  @Test
  void saysWhatToDoAboutAnotherVersionsForm() {
    byte[] bytes = GenreTotal.serde().serializer().serialize("t", GenreTotal.EMPTY);
    bytes[0] = 99;
    assertThatThrownBy(() -> GenreTotal.serde().deserializer().deserialize("t", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessage(
            "genre total in t has form 99, this version of the app reads form 2; start the version"
                + " that wrote it, or reset the application");
  }

  @Test
  void refusesBytesThatEndTooEarly() {
    byte[] bytes = GenreTotal.serde().serializer().serialize("t", GenreTotal.EMPTY);
    byte[] half = Arrays.copyOf(bytes, 4);
    assertThatThrownBy(() -> GenreTotal.serde().deserializer().deserialize("t", half))
        .isInstanceOf(SerializationException.class)
        .hasMessage("genre total in t ends too early, at 4 bytes");
  }

  private static <T> T roundTrip(Serde<T> serde, T value) {
    return serde.deserializer().deserialize("t", serde.serializer().serialize("t", value));
  }
}
