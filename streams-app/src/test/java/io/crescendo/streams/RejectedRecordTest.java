package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.schemas.Reject;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectedRecordTest {

  private static final Instant PUBLISHED = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void showsAnObjectAsOneToBeEdited() {
    RejectedRecord record = of("x1", "{\"id\":\"x1\",\"followers\":-1}");
    assertThat(record.obstacle()).isNull();
    assertThat(record.line().toString())
        .isEqualTo(
            "{\"partition\":2,\"offset\":7,\"reason\":\"out_of_range\",\"field\":\"followers\","
                + "\"message\":\"m\",\"source\":null,\"rejected_at\":\"2026-01-02T00:00:00Z\","
                + "\"published_at\":\"2026-01-01T00:00:00Z\",\"key\":\"x1\","
                + "\"value\":{\"id\":\"x1\",\"followers\":-1}}");
  }

  @Test
  void datesWhatStatesNoTimeByItsFirstPublication() {
    assertThat(of("x1", "{\"id\":\"x1\"}").datedValue())
        .asString(UTF_8)
        .isEqualTo("{\"id\":\"x1\",\"observed_at\":1767225600000}");
    String stated = "{\"id\":\"x1\",\"observed_at\":5}";
    assertThat(of("x1", stated).datedValue()).asString(UTF_8).isEqualTo(stated);
  }

  @Test
  void datesADeletionToo() {
    assertThat(of("x1", null).datedValue())
        .asString(UTF_8)
        .isEqualTo("{\"id\":\"x1\",\"deleted\":true,\"observed_at\":1767225600000}");
  }

  @Test
  void keepsTextAndBytesThatAreNoObject() {
    assertThat(of("k", "garbage").datedValue()).asString(UTF_8).isEqualTo("garbage");
    byte[] bytes = {(byte) 0xff, 1};
    RejectedRecord record = RejectedRecord.of(reject(null, bytes), 0, 0, PUBLISHED.toEpochMilli());
    assertThat(record.line().get("value_base64").asText()).isEqualTo("/wE=");
    assertThat(record.key()).isNull();
    assertThat(record.datedValue()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"a\"}{\"id\":\"b\"}",
        "{\"id\":\"a\"} x",
        "{\"id\":\"a\",\"id\":\"b\"}",
        "{\"id\":\"a\",\"x\":{\"y\":1,\"y\":2}}"
      })
  void keepsAsTextWhatAnObjectWouldLosePartsOf(String value) {
    RejectedRecord record = of("a", value);
    assertThat(record.line().get("value").asText()).isEqualTo(value);
    assertThat(RejectedRecord.of(record.line().toString()).value())
        .asString(UTF_8)
        .isEqualTo(value);
  }

  @Test
  void keepsTheDigitsOfNumbers() {
    String value = "{\"followers\":5.0,\"popularity\":12345678901234567890.10}";
    assertThat(of("a", value).line().get("value").toString()).isEqualTo(value);
  }

  @Test
  void readsItsOwnLineAgain() {
    RejectedRecord record = of("x1", "{\"id\":\"x1\",\"followers\":1e400}");
    RejectedRecord again = RejectedRecord.of(record.line().toString());
    assertThat(again.key()).isEqualTo(record.key());
    assertThat(again.datedValue()).isEqualTo(record.datedValue());
    assertThat(again.obstacle()).isNull();
  }

  @Test
  void leavesWhatWouldOnlyBeRejectedAgain() {
    assertThat(RejectedRecord.of("{\"value\":\"still garbage\"}").obstacle())
        .isEqualTo(RejectedRecord.NO_OBJECT);
    assertThat(RejectedRecord.of("{\"key\":\"a\",\"value\":null}").obstacle()).isNull();
  }

  @Test
  void leavesRowsOfFilesAndWhatWasCut() {
    Reject row = Reject.newBuilder(reject(null, "a,b".getBytes(UTF_8))).setTopic(null).build();
    assertThat(RejectedRecord.of(row, 0, 0, 0).obstacle()).isEqualTo(RejectedRecord.FILE_ROW);
    byte[] full = new byte[Rejects.MAX_RAW_BYTES];
    assertThat(RejectedRecord.of(reject(null, full), 0, 0, 0).obstacle())
        .isEqualTo(RejectedRecord.CUT);
  }

  @Test
  void refusesLinesThatAreNone() {
    assertThatThrownBy(() -> RejectedRecord.of("[]")).hasMessage("must be a JSON object");
    assertThatThrownBy(() -> RejectedRecord.of("{}"))
        .hasMessage("must have a field 'value', null for a deletion");
    assertThatThrownBy(() -> RejectedRecord.of("x")).hasMessageStartingWith("must be JSON: ");
    assertThatThrownBy(() -> RejectedRecord.of("{\"value\":null,\"published_at\":\"now\"}"))
        .hasMessageStartingWith("field 'published_at' must be a time");
    assertThatThrownBy(() -> RejectedRecord.of("{\"value\":null,\"key_base64\":\"?\"}"))
        .hasMessageStartingWith("field 'key_base64' must be Base64: ");
    assertThatThrownBy(() -> RejectedRecord.of("{\"value_base64\":\"?\"}"))
        .hasMessageStartingWith("field 'value_base64' must be Base64: ");
  }

  private static RejectedRecord of(String key, String value) {
    return RejectedRecord.of(
        reject(key, value == null ? null : value.getBytes(UTF_8)), 2, 7, PUBLISHED.toEpochMilli());
  }

  private static Reject reject(String key, byte[] value) {
    return Reject.newBuilder()
        .setReason("out_of_range")
        .setField("followers")
        .setMessage("m")
        .setRawKey(key == null ? null : ByteBuffer.wrap(key.getBytes(UTF_8)))
        .setRawValue(value == null ? null : ByteBuffer.wrap(value))
        .setTopic("artist-updates")
        .setRejectedAt(PUBLISHED.plusSeconds(86_400))
        .build();
  }
}
