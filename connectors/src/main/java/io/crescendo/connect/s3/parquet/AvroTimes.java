package io.crescendo.connect.s3.parquet;

import java.util.Date;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;

/** Nodes for integers that count from the epoch: read for a path or a clock, each is a Date. */
final class AvroTimes {

  private static final AvroNode DATE =
      new AvroPrimitives.IntNode() {
        @Override
        Object read(AvroCursor in) {
          return new Date(TimeUnit.DAYS.toMillis(in.readInt()));
        }
      };

  private static final AvroNode MILLIS = fractions(1);
  private static final AvroNode MICROS = fractions(1_000);
  private static final AvroNode NANOS = fractions(1_000_000);

  private AvroTimes() {}

  /** The node of a schema of integers; {@code plain} where it states no date or timestamp. */
  static AvroNode of(Schema schema, AvroNode plain) {
    if (schema.getLogicalType() == null) {
      return plain;
    }
    return switch (schema.getLogicalType().getName()) {
      case "date" -> DATE;
      case "timestamp-millis", "local-timestamp-millis" -> MILLIS;
      case "timestamp-micros", "local-timestamp-micros" -> MICROS;
      case "timestamp-nanos", "local-timestamp-nanos" -> NANOS;
      default -> plain;
    };
  }

  private static AvroNode fractions(long perMilli) {
    return new AvroPrimitives.LongNode() {
      @Override
      Object read(AvroCursor in) {
        return new Date(Math.floorDiv(in.readLong(), perMilli));
      }
    };
  }
}
