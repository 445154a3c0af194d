package io.crescendo.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {

  private final AvroSerde<Artist> serde = AvroSerde.of(Artist.class);

  @Property(tries = 200)
  void givesBackWhatItWasGiven(
      @ForAll String id,
      @ForAll List<String> genres,
      @ForAll long followers,
      @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_999L) long observed) {
    Artist artist = artist(id, genres, followers, Instant.ofEpochMilli(observed));
    byte[] bytes = serde.serializer().serialize("artists", artist);
    assertThat(serde.deserializer().deserialize("artists", bytes)).isEqualTo(artist);
  }

  @Test
  void writesTheHeaderOfTheSingleObjectEncoding() throws Exception {
    byte[] bytes =
        serde
            .serializer()
            .serialize("artists", artist("a", List.of("pop"), 1, Instant.ofEpochMilli(0)));
    assertThat(Arrays.copyOf(bytes, 2)).containsExactly(0xC3, 0x01);
    assertThat(Arrays.copyOfRange(bytes, 2, 10))
        .isEqualTo(SchemaNormalization.parsingFingerprint("CRC-64-AVRO", Artist.getClassSchema()));
  }

  @Test
  void carriesATombstoneAsNull() {
    assertThat(serde.serializer().serialize("artists", null)).isNull();
    assertThat(serde.deserializer().deserialize("artists", null)).isNull();
  }

  @Test
  void namesTopicAndTypeOfBytesThatItCannotRead() {
    byte[] json = "{\"id\":\"x1\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThatThrownBy(() -> serde.deserializer().deserialize("artists", json))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("A record in artists is not a 'Artist' in Avro single-object");
  }

  @Test
  void makesNoRoomForWhatAShortRecordOnlySaysThatItHolds() throws Exception {
    byte[] text = states(encoder -> encoder.writeLong(1_000_000_000));
    byte[] list =
        states(
            encoder -> {
              encoder.writeString("id");
              encoder.writeString("name");
              encoder.writeLong(1_000_000_000);
            });
    for (byte[] record : List.of(text, list)) {
      assertThatThrownBy(() -> serde.deserializer().deserialize("artists", record))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("1000000000");
    }
  }

  private interface Body {

    void write(BinaryEncoder encoder) throws IOException;
  }

  private static byte[] states(Body body) throws Exception {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes(new byte[] {(byte) 0xC3, 1});
    record.writeBytes(
        SchemaNormalization.parsingFingerprint("CRC-64-AVRO", Artist.getClassSchema()));
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(record, null);
    body.write(encoder);
    encoder.flush();
    return record.toByteArray();
  }

  @Test
  void refusesTheRecordOfAnotherSchema() {
    byte[] totals =
        AvroSerde.of(GenreFollowers.class).serializer().serialize("genre-followers", pop());
    assertThatThrownBy(() -> serde.deserializer().deserialize("artists", totals))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void readsTheRecordOfAnEarlierVersion() throws Exception {
    Schema earlier = without(GenreFollowers.getClassSchema(), "average_popularity");
    GenericRecord written = new GenericData.Record(earlier);
    written.put("genre", "pop");
    written.put("artists", 1L);
    written.put("followers", 5L);
    written.put("as_of", 0L);
    written.put("reported_at", 1L);
    byte[] bytes =
        new BinaryMessageEncoder<GenericRecord>(new GenericData(), earlier).encode(written).array();

    assertThat(
            new AvroSerde<>(GenreFollowers.class, List.of(earlier))
                .deserializer()
                .deserialize("genre-followers", bytes))
        .isEqualTo(pop());
  }

  private static GenreFollowers pop() {
    return GenreFollowers.newBuilder()
        .setGenre("pop")
        .setArtists(1)
        .setFollowers(5)
        .setAsOf(Instant.ofEpochMilli(0))
        .setReportedAt(Instant.ofEpochMilli(1))
        .build();
  }

  private static Schema without(Schema schema, String field) {
    return Schema.createRecord(
        schema.getName(),
        null,
        schema.getNamespace(),
        false,
        schema.getFields().stream()
            .filter(f -> !f.name().equals(field))
            .map(f -> new Schema.Field(f, f.schema()))
            .toList());
  }

  private static Artist artist(String id, List<String> genres, long followers, Instant observed) {
    return Artist.newBuilder()
        .setId(id)
        .setName("Name of " + id)
        .setGenres(genres)
        .setFollowers(followers)
        .setFollowerTier("emerging")
        .setFirstSeenAt(observed)
        .setObservedAt(observed)
        .setIngestedAt(observed)
        .setUpdateNumber(1)
        .setLate(false)
        .setDeleted(false)
        .build();
  }
}
