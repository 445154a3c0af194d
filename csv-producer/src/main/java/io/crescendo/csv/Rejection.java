package io.crescendo.csv;

import io.crescendo.schemas.Reason;
import io.crescendo.schemas.Reject;
import io.crescendo.schemas.Terminal;
import io.crescendo.schemas.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serializer;

/** A row that was turned away. */
final class Rejection {

  private static final int MAX_VALUE = 200;

  private final String where;
  private final String id;
  private final RuleBrokenException cause;
  private final byte[] raw;

  /**
   * Describes a row.
   *
   * @param where file and line, such as {@code artists.csv:118}
   * @param id the artist's id where the row has a usable one, else null
   * @param cause the rule that it broke
   * @param raw the row's bytes as they stand in the file
   */
  Rejection(String where, String id, RuleBrokenException cause, byte[] raw) {
    this.where = where;
    this.id = id;
    this.cause = cause;
    this.raw = raw;
  }

  /** The artist's id; null where the row has no usable one. */
  String id() {
    return id;
  }

  Reason reason() {
    return cause.reason();
  }

  /** Where, rule and value; safe to print. */
  String problem() {
    return "%s: %s".formatted(Terminal.harmless(where), cause.getMessage());
  }

  /** Where, rule, value and fate in one sentence. */
  String message() {
    return "%s; row sent to %s".formatted(problem(), Topics.ARTIST_REJECTS.name());
  }

  /** The value of the record in {@code artist-rejects}. */
  byte[] toAvro(Instant rejectedAt, Serializer<Reject> avro) {
    Reject reject =
        Reject.newBuilder()
            .setReason(cause.reason().code())
            .setField(cause.column())
            .setValue(cause.value() == null ? null : Excerpt.beginning(cause.value(), MAX_VALUE))
            .setMessage(message())
            .setRawValue(ByteBuffer.wrap(raw))
            .setSource(where)
            .setRejectedAt(rejectedAt)
            .build();
    return avro.serialize(Topics.ARTIST_REJECTS.name(), reject);
  }
}
