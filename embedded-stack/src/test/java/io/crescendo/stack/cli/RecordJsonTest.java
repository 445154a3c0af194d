package io.crescendo.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crescendo.schemas.Artist;
import io.crescendo.schemas.AvroSerde;
import io.crescendo.schemas.Reject;
import io.crescendo.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void showsAvroFieldsByNameAndTimesAsIso() {
    Artist artist =
        Artist.newBuilder()
            .setId("a1")
            .setName("A")
            .setGenres(List.of("pop", "rap"))
            .setPrimaryGenre("pop")
            .setFollowers(5)
            .setFollowerTier("emerging")
            .setFirstSeenAt(NOON)
            .setObservedAt(NOON)
            .setIngestedAt(NOON)
            .setUpdateNumber(1)
            .setLate(false)
            .setDeleted(false)
            .build();
    ObjectNode json =
        new RecordJson(Topics.ARTISTS, Optional.empty())
            .of(
                record(
                    "artists",
                    utf8("a1"),
                    AvroSerde.of(Artist.class).serializer().serialize("artists", artist)));
    assertThat(json.path("key").asText()).isEqualTo("a1");
    assertThat(json.path("value").path("genres").toString()).isEqualTo("[\"pop\",\"rap\"]");
    assertThat(json.path("value").path("primary_genre").asText()).isEqualTo("pop");
    assertThat(json.path("value").path("popularity").isNull()).isTrue();
    assertThat(json.path("value").path("observed_at").asText()).isEqualTo("2026-03-01T12:00:00Z");
  }

  @Test
  void givesALineThatMovesNoCursor() {
    String name = "a\u009b2J\u0085\u007f\u202eb \u00e9 \ud83d\ude00";
    String line =
        new RecordJson(Topics.named("artist-updates"), Optional.empty())
            .line(record("artist-updates", null, utf8("{\"name\":\"%s\"}".formatted(name))));
    assertThat(line).contains("\"a\\u009b2J\\u0085\\u007f\\u202eb \u00e9 \ud83d\ude00\"");
  }

  @Test
  void showsBytesAsTextWhereTheyAreTextAndAsBase64WhereNot() {
    Reject reject =
        Reject.newBuilder()
            .setReason("not_json")
            .setMessage("m")
            .setRawKey(ByteBuffer.wrap(utf8("k")))
            .setRawValue(ByteBuffer.wrap(new byte[] {(byte) 0xFF, 0}))
            .setRejectedAt(NOON)
            .build();
    ObjectNode json =
        new RecordJson(Topics.ARTIST_REJECTS, Optional.empty())
            .of(
                record(
                    "artist-rejects",
                    null,
                    AvroSerde.of(Reject.class).serializer().serialize("artist-rejects", reject)));
    assertThat(json.path("key").isNull()).isTrue();
    assertThat(json.path("value").path("raw_key").asText()).isEqualTo("k");
    assertThat(json.path("value").path("raw_value").asText()).isEqualTo("base64:/wA=");
  }

  @Test
  void showsUpdatesAsTheyAreWhetherJsonOrNot() {
    RecordJson updates = new RecordJson(Topics.ARTIST_UPDATES, Optional.empty());
    assertThat(
            updates
                .of(record("artist-updates", null, utf8("{\"id\":\"x\"}")))
                .path("value")
                .path("id")
                .asText())
        .isEqualTo("x");
    assertThat(updates.of(record("artist-updates", null, utf8("garbage"))).path("value").asText())
        .isEqualTo("garbage");
    assertThat(
            updates
                .of(record("artist-updates", null, utf8("{} {\"id\":1}")))
                .path("value")
                .asText())
        .isEqualTo("{} {\"id\":1}");
    assertThat(updates.of(record("artist-updates", null, null)).path("value").isNull()).isTrue();
  }

  @Test
  void showsWhatIsNotAvroAsBytes() {
    ObjectNode json =
        new RecordJson(Topics.ARTISTS, Optional.empty()).of(record("artists", null, utf8("{}")));
    assertThat(json.path("value").asText()).isEqualTo("{}");
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, byte[] key, byte[] value) {
    return new ConsumerRecord<>(topic, 0, 0, key, value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
