package io.crescendo.registry;

import java.nio.ByteBuffer;

/**
 * <a
 * href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">
 * Confluent's wire format</a>: a zero byte, the id of the writer's schema (4 bytes, big-endian),
 * the binary Avro body.
 */
public final class ConfluentFraming {

  /** Bytes before the body. */
  public static final int HEADER = 1 + Integer.BYTES;

  private static final byte MAGIC = 0;

  private ConfluentFraming() {}

  /** Whether the bytes begin as a framed record does. */
  public static boolean marks(byte[] bytes) {
    return bytes.length >= HEADER && bytes[0] == MAGIC;
  }

  /** Schema id of a framed record. */
  public static int id(byte[] bytes) {
    return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
  }

  /** A body behind its header. */
  public static byte[] framed(int id, ByteBuffer body) {
    ByteBuffer framed = ByteBuffer.allocate(HEADER + body.remaining());
    return framed.put(MAGIC).putInt(id).put(body.duplicate()).array();
  }
}
