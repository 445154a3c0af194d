package io.crescendo.streams;

import static io.crescendo.streams.Flow.START;
import static io.crescendo.streams.UpdateText.T1;
import static io.crescendo.streams.UpdateText.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.AvroSerde;
import io.crescendo.schemas.Reject;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that break a rule, as they come out under the rejects. */
class RejectedUpdatesTest {

  @AutoClose private Flow flow;

  @BeforeEach
  void start(@TempDir Path dir) {
    flow = new Flow(dir);
  }

  @Test
  void sendsWhatBreaksARuleToTheRejectsAndGoesOn() {
    flow.send("k", "garbage", START.plusSeconds(9));
    flow.send(
        "x1", "{\"id\":\"x1\",\"name\":\"X\",\"followers\":\"12,50\",\"source\":\"a.csv:118\"}");
    flow.send(null, null);
    flow.send("x1", json("x1", "X", "[]", 1, null, T1));
    List<TestRecord<byte[], Reject>> rejects = flow.rejectRecords();
    TestRecord<byte[], Reject> garbage = rejects.get(0);
    assertThat(garbage.key()).isEqualTo("k".getBytes(UTF_8));
    assertThat(garbage.timestamp()).isEqualTo(START.plusSeconds(9).toEpochMilli());
    assertThat(garbage.value())
        .isEqualTo(
            Reject.newBuilder()
                .setReason("not_json")
                .setValue("garbage")
                .setMessage(
                    "artist-updates[0]@0: the value must be one JSON object, got 'garbage';"
                        + " record sent to artist-rejects")
                .setRawKey(UpdateText.bytes("k"))
                .setRawValue(UpdateText.bytes("garbage"))
                .setTopic("artist-updates")
                .setKafkaPartition(0)
                .setKafkaOffset(0L)
                .setRejectedAt(START)
                .build());
    Reject number = rejects.get(1).value();
    assertThat(number.getMessage())
        .isEqualTo(
            "artist-updates[0]@1: field 'followers' must be a whole number, got '12,50';"
                + " record sent to artist-rejects");
    assertThat(number.getField()).isEqualTo("followers");
    assertThat(number.getSource()).isEqualTo("a.csv:118");
    assertThat(rejects.get(2).value().getMessage())
        .isEqualTo(
            "artist-updates[0]@2: a record without a value deletes the artist in its key, got no"
                + " key; record sent to artist-rejects");
    assertThat(rejects).hasSize(3);
    assertThat(flow.artists()).hasSize(1);
    assertThat(flow.scrape()).contains("crescendo_rejects_total{reason=\"not_json\"} 1.0");
  }

  @Test
  void cutsARejectThatNoBrokerWouldTake() {
    flow.send("k", "x".repeat(1_000_000));
    Reject reject = flow.rejects().get(0);
    assertThat(reject.getReason()).isEqualTo("too_long");
    assertThat(reject.getRawKey().remaining() + reject.getRawValue().remaining())
        .isEqualTo(900_000);
    assertThat(reject.getMessage())
        .endsWith("got 1000000; record sent to artist-rejects, cut to 900000 bytes");
  }

  /** Brokers and producers take a megabyte by default, key and value together. */
  @Test
  void keepsARejectBelowWhatBrokersTakeHoweverLargeItsKey() {
    flow.send("k".repeat(200_000), "x".repeat(800_000));
    TestRecord<byte[], Reject> reject = flow.rejectRecords().get(0);
    byte[] value =
        AvroSerde.of(Reject.class).serializer().serialize("artist-rejects", reject.value());
    int key = reject.key() == null ? 0 : reject.key().length;
    assertThat(key + value.length).isLessThan(1_000_000);
    assertThat(reject.value().getRawKey().remaining()).isEqualTo(200_000);
  }

  @Test
  void sendsTheRejectOfADeletionUnderNoKeyThatIsTooLarge() {
    flow.send(" ".repeat(10_000) + "x1", null);
    flow.send("x2", null);
    List<TestRecord<byte[], Reject>> rejects = flow.rejectRecords();
    assertThat(rejects.get(0).key()).isNull();
    assertThat(rejects.get(0).value().getRawKey().remaining()).isEqualTo(10_002);
    assertThat(rejects.get(1).key()).isEqualTo("x2".getBytes(UTF_8));
  }
}
