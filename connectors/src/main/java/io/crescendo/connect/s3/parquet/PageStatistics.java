package io.crescendo.connect.s3.parquet;

import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveComparator;
import org.apache.parquet.schema.PrimitiveType;

/**
 * The smallest and the largest value of a page, found by reading the page's values as they are
 * encoded.
 *
 * <p>Whole numbers, and strings and bytes in the order of their bytes, are compared here; what has
 * another order is left to parquet-java, value by value.
 */
final class PageStatistics {

  private enum Order {
    INT,
    LONG,
    BYTES,
    OTHER
  }

  private final PrimitiveType type;
  private final Order order;
  private final Statistics<?> result;
  private boolean any;
  private long smallest = Long.MAX_VALUE;
  private long largest = Long.MIN_VALUE;
  private byte[] source;
  private int smallestFrom;
  private int smallestTo;
  private int largestFrom;
  private int largestTo;

  PageStatistics(PrimitiveType type) {
    this.type = type;
    this.order = order(type);
    this.result = Statistics.createStats(type);
  }

  private static Order order(PrimitiveType type) {
    boolean unsigned =
        type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation number
            && !number.isSigned();
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> unsigned ? Order.OTHER : Order.INT;
      case INT64 -> unsigned ? Order.OTHER : Order.LONG;
      case BINARY, FIXED_LEN_BYTE_ARRAY ->
          PrimitiveComparator.UNSIGNED_LEXICOGRAPHICAL_BINARY_COMPARATOR.equals(type.comparator())
              ? Order.BYTES
              : Order.OTHER;
      default -> Order.OTHER;
    };
  }

  /**
   * Takes a value.
   *
   * @param bytes the same array for all values of a page, in which it is encoded without its length
   */
  void take(byte[] bytes, int from, int to) {
    switch (order) {
      case INT -> takeNumber((int) LittleEndian.INTS.get(bytes, from));
      case LONG -> takeNumber((long) LittleEndian.LONGS.get(bytes, from));
      case BYTES -> takeBytes(bytes, from, to);
      case OTHER -> takeOther(bytes, from, to);
    }
    any = true;
  }

  /** The statistics of a page with these values and so many nulls. */
  Statistics<?> withNulls(int nulls) {
    result.incrementNumNulls(nulls);
    if (any && order == Order.INT) {
      result.updateStats((int) smallest);
      result.updateStats((int) largest);
    } else if (any && order == Order.LONG) {
      result.updateStats(smallest);
      result.updateStats(largest);
    } else if (any && order == Order.BYTES) {
      result.updateStats(binary(source, smallestFrom, smallestTo));
      result.updateStats(binary(source, largestFrom, largestTo));
    }
    return result;
  }

  private void takeNumber(long value) {
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
  }

  private void takeBytes(byte[] bytes, int from, int to) {
    if (!any || Arrays.compareUnsigned(bytes, from, to, bytes, smallestFrom, smallestTo) < 0) {
      smallestFrom = from;
      smallestTo = to;
    }
    if (!any || Arrays.compareUnsigned(bytes, from, to, bytes, largestFrom, largestTo) > 0) {
      largestFrom = from;
      largestTo = to;
    }
    source = bytes;
  }

  private void takeOther(byte[] bytes, int from, int to) {
    switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> result.updateStats(bytes[from] != 0);
      case INT32 -> result.updateStats((int) LittleEndian.INTS.get(bytes, from));
      case INT64 -> result.updateStats((long) LittleEndian.LONGS.get(bytes, from));
      case FLOAT ->
          result.updateStats(Float.intBitsToFloat((int) LittleEndian.INTS.get(bytes, from)));
      case DOUBLE ->
          result.updateStats(Double.longBitsToDouble((long) LittleEndian.LONGS.get(bytes, from)));
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> result.updateStats(binary(bytes, from, to));
    }
  }

  private static Binary binary(byte[] bytes, int from, int to) {
    return Binary.fromReusedByteArray(bytes, from, to - from);
  }
}
