package io.crescendo.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.registry.ConfluentFraming;
import io.crescendo.registry.RegistryException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.RawMessageEncoder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryFormatTest {

  private static final List<TopicDefinition> WRITTEN =
      List.of(Topics.ARTISTS, Topics.GENRE_FOLLOWERS, Topics.ARTIST_REJECTS);

  private LocalRegistry registry;

  @BeforeEach
  void start() throws Exception {
    registry = new LocalRegistry();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void writesConfluentsWireFormatAndReadsItElsewhere() {
    AvroFormat format = AvroFormat.writing(registry.client(), true, WRITTEN);
    byte[] bytes = write(format, total("pop", 5));
    assertThat(bytes[0]).isZero();
    assertThat(ConfluentFraming.id(bytes))
        .isEqualTo(registry.subjects().get("genre-followers-value").get(0));
    assertThat(read(AvroFormat.reading(registry.client()), bytes)).isEqualTo(total("pop", 5));
  }

  @Test
  void asksNothingPerRecord() {
    AvroFormat format = AvroFormat.writing(registry.client(), true, WRITTEN);
    int before = registry.requests();
    for (int i = 0; i < 10; i++) {
      read(format, write(format, total("pop", i)));
    }
    assertThat(registry.requests()).isEqualTo(before);
  }

  @Test
  void registersEachSchemaOnceOverManyStarts() {
    AvroFormat.writing(registry.client(), true, WRITTEN);
    Map<String, List<Integer>> first = registry.subjects();
    AvroFormat.writing(registry.client(), true, WRITTEN);
    assertThat(registry.subjects()).isEqualTo(first);
    assertThat(first)
        .containsOnlyKeys("artists-value", "genre-followers-value", "artist-rejects-value");
  }

  @Test
  void readsWhatWasWrittenBeforeTheRegistryCame() {
    byte[] before = write(AvroFormat.singleObject(), total("pop", 5));
    assertThat(read(AvroFormat.reading(registry.client()), before)).isEqualTo(total("pop", 5));
  }

  @Test
  void registersNothingWhereOneSchemaMayNotFollow() {
    Schema other =
        SchemaBuilder.record("Artist")
            .namespace("io.crescendo.schemas")
            .fields()
            .requiredBytes("id")
            .endRecord();
    registry.client().register("artists-value", other);
    assertThatThrownBy(() -> AvroFormat.writing(registry.client(), true, WRITTEN))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(
            "schema 'io.crescendo.schemas.Artist' may not follow those of subject 'artists-value'")
        .hasMessageEndingWith("; nothing was registered");
    assertThat(registry.subjects()).containsOnlyKeys("artists-value");
  }

  @Test
  void registersNothingWhereItMayNot() {
    assertThatThrownBy(() -> AvroFormat.writing(registry.client(), false, List.of(Topics.ARTISTS)))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(
            "subject 'artists-value' does not have schema 'io.crescendo.schemas.Artist', and registering is switched off");
    assertThat(registry.subjects()).isEmpty();
  }

  @Test
  void readsRecordsOfAnOlderSchema() throws Exception {
    Schema current = GenreFollowers.getClassSchema();
    Schema older =
        Schema.createRecord(
            current.getName(),
            null,
            current.getNamespace(),
            false,
            current.getFields().stream()
                .filter(f -> !f.name().equals("average_popularity"))
                .map(f -> new Schema.Field(f, f.schema()))
                .toList());
    int id = registry.client().register("genre-followers-value", older);
    GenericRecord record =
        new BinaryMessageDecoder<GenericRecord>(GenericData.get(), current)
            .decode(write(AvroFormat.singleObject(), total("pop", 5)));
    GenericRecord cut = new GenericData.Record(older);
    older.getFields().forEach(f -> cut.put(f.name(), record.get(f.name())));
    byte[] framed =
        ConfluentFraming.framed(
            id, new RawMessageEncoder<GenericRecord>(GenericData.get(), older).encode(cut));
    assertThat(read(AvroFormat.reading(registry.client()), framed)).isEqualTo(total("pop", 5));
  }

  @Test
  void carriesATombstoneAsNull() {
    AvroFormat format = AvroFormat.writing(registry.client(), true, WRITTEN);
    assertThat(write(format, null)).isNull();
    assertThat(read(format, null)).isNull();
  }

  @Test
  void namesTopicAndTypeOfBytesThatItCannotRead() {
    AvroFormat format = AvroFormat.writing(registry.client(), true, WRITTEN);
    byte[] bytes = write(format, total("pop", 5));
    byte[] cut = Arrays.copyOf(bytes, 8);
    assertThatThrownBy(() -> read(format, cut))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith(
            "A record in genre-followers is not a 'GenreFollowers' of the schema with id");
  }

  @Test
  void writesNothingThatWasNotSettled() {
    AvroFormat format = AvroFormat.writing(registry.client(), true, List.of(Topics.ARTISTS));
    assertThatThrownBy(() -> write(format, total("pop", 1)))
        .hasMessageContaining("No schema was settled with the registry for topic genre-followers");
  }

  private static byte[] write(AvroFormat format, GenreFollowers value) {
    return serde(format).serializer().serialize("genre-followers", value);
  }

  private static GenreFollowers read(AvroFormat format, byte[] bytes) {
    return serde(format).deserializer().deserialize("genre-followers", bytes);
  }

  private static Serde<GenreFollowers> serde(AvroFormat format) {
    return format.serde(Topics.GENRE_FOLLOWERS, GenreFollowers.class);
  }

  private static GenreFollowers total(String genre, long followers) {
    return GenreFollowers.newBuilder()
        .setGenre(genre)
        .setArtists(1)
        .setFollowers(followers)
        .setAsOf(Instant.EPOCH)
        .setReportedAt(Instant.EPOCH)
        .build();
  }
}
