package io.crescendo.streams;

import io.crescendo.schemas.Reject;
import io.crescendo.schemas.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Makes the records of {@code artist-rejects}. */
final class Rejects {

  /**
   * Raw bytes that a reject carries at most, so that it stays below the megabyte that brokers take
   * by default, together with {@link #MAX_KEY_BYTES} and what it says of the problem.
   */
  static final int MAX_RAW_BYTES = 900_000;

  /** Largest key that a reject is sent under, far above that of any artist. */
  static final int MAX_KEY_BYTES = 4_096;

  private Rejects() {}

  static Reject of(
      Problem problem, String source, Origin origin, byte[] key, byte[] value, long now) {
    int keyBytes = key == null ? 0 : Math.min(key.length, MAX_RAW_BYTES);
    int valueBytes = value == null ? 0 : Math.min(value.length, MAX_RAW_BYTES - keyBytes);
    boolean cut = size(key) > keyBytes || size(value) > valueBytes;
    Reject.Builder reject = Reject.newBuilder();
    reject.setReason(problem.reason().code());
    reject.setField(problem.field());
    reject.setValue(problem.value());
    reject.setMessage(
        "%s: %s; record sent to %s%s"
            .formatted(
                origin.place(Topics.ARTIST_UPDATES.name()),
                problem.text(),
                Topics.ARTIST_REJECTS.name(),
                cut ? ", cut to " + MAX_RAW_BYTES + " bytes" : ""));
    reject.setRawKey(key == null ? null : ByteBuffer.wrap(key, 0, keyBytes));
    reject.setRawValue(value == null ? null : ByteBuffer.wrap(value, 0, valueBytes));
    reject.setTopic(Topics.ARTIST_UPDATES.name());
    reject.setKafkaPartition(origin.partition());
    reject.setKafkaOffset(origin.offset());
    reject.setSource(source);
    reject.setRejectedAt(Instant.ofEpochMilli(now));
    return reject.build();
  }

  /**
   * The key to send a reject under: the one it came with, or none where that is so large that the
   * record would be more than brokers take; the reject itself carries it anyway. To cut it would
   * make it the key of something else.
   */
  static byte[] key(byte[] received) {
    return size(received) <= MAX_KEY_BYTES ? received : null;
  }

  private static int size(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
