package io.crescendo.connect.s3.parquet;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Schema;

/**
 * A Connect value that is one Parquet value.
 *
 * @param rule what the value must be, for messages
 * @param fits whether a value is that
 * @param writer writes it
 */
record StructLeaf(String rule, Predicate<Object> fits, BiConsumer<Object, ColumnChunks> writer)
    implements StructNode {

  private static final int OBJECT = 24;
  private static final long DAY = TimeUnit.DAYS.toMillis(1);

  @Override
  public void check(Object value) {
    if (!fits.test(value)) {
      throw new BadRowException("", "must be %s, got %s".formatted(rule, shown(value)));
    }
  }

  private static Object shown(Object value) {
    if (value instanceof Date date) {
      return date.getTime() + " ms";
    }
    return value instanceof Number ? value : value.getClass().getSimpleName();
  }

  @Override
  public int size(Object value) {
    if (value instanceof String text) {
      return OBJECT + text.length();
    }
    if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    return value instanceof ByteBuffer buffer ? OBJECT + buffer.remaining() : OBJECT;
  }

  @Override
  public void write(Object value, ColumnChunks out) {
    writer.accept(value, out);
  }

  @Override
  public int columns() {
    return 1;
  }

  static StructLeaf of(Schema.Type type) {
    return switch (type) {
      case INT8, INT16, INT32 ->
          new StructLeaf(
              "a whole number of at most 32 bits",
              v -> v instanceof Integer || v instanceof Short || v instanceof Byte,
              (v, out) -> out.addInt(((Number) v).intValue()));
      case INT64 ->
          new StructLeaf(
              "a 64-bit whole number", v -> v instanceof Long, (v, out) -> out.addLong((Long) v));
      case FLOAT32 ->
          new StructLeaf(
              "a 32-bit float", v -> v instanceof Float, (v, out) -> out.addFloat((Float) v));
      case FLOAT64 ->
          new StructLeaf(
              "a 64-bit float", v -> v instanceof Double, (v, out) -> out.addDouble((Double) v));
      case BOOLEAN ->
          new StructLeaf(
              "a boolean", v -> v instanceof Boolean, (v, out) -> out.addBoolean((Boolean) v));
      case STRING ->
          new StructLeaf(
              "a string in which no surrogate stands alone",
              v -> v instanceof String text && hasUtf8(text),
              (v, out) -> add(((String) v).getBytes(StandardCharsets.UTF_8), out));
      case BYTES ->
          new StructLeaf(
              "bytes",
              v -> v instanceof byte[] || v instanceof ByteBuffer,
              (v, out) -> add(v instanceof byte[] array ? array : bytes((ByteBuffer) v), out));
      case ARRAY, MAP, STRUCT -> throw new IllegalArgumentException(type + " is not one value");
    };
  }

  static StructLeaf date() {
    return new StructLeaf(
        "a date within 2^31 days of 1970",
        v -> v instanceof Date date && day(date) == (int) day(date),
        (v, out) -> out.addInt((int) day((Date) v)));
  }

  /** Days since the epoch. */
  static long day(Date date) {
    return Math.floorDiv(date.getTime(), DAY);
  }

  static StructLeaf timeOfDay() {
    return new StructLeaf(
        "a time of the day, from 0 to 86,399,999 ms",
        v -> v instanceof Date t && t.getTime() >= 0 && t.getTime() < DAY,
        (v, out) -> out.addInt((int) ((Date) v).getTime()));
  }

  static StructLeaf timestamp() {
    return new StructLeaf(
        Millis.RULE,
        v -> v instanceof Date date && Millis.fit(date.getTime()),
        (v, out) -> out.addLong(((Date) v).getTime()));
  }

  /** A decimal as {@code bytes} bytes, big-endian, in two's complement. */
  static StructLeaf decimal(int precision, int scale, int bytes) {
    return new StructLeaf(
        "a decimal of scale %s and at most %s digits".formatted(scale, precision),
        v -> v instanceof BigDecimal d && d.scale() == scale && d.precision() <= precision,
        (v, out) -> add(fixed((BigDecimal) v, bytes), out));
  }

  private static boolean hasUtf8(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static void add(byte[] value, ColumnChunks out) {
    out.addBytes(value, 0, value.length);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }

  private static byte[] fixed(BigDecimal value, int length) {
    byte[] digits = value.unscaledValue().toByteArray();
    byte[] padded = new byte[length];
    if (value.signum() < 0) {
      java.util.Arrays.fill(padded, (byte) -1);
    }
    System.arraycopy(digits, 0, padded, length - digits.length, digits.length);
    return padded;
  }
}
