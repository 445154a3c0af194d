package io.crescendo.connect.s3.parquet;

import java.time.LocalDate;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;

/**
 * Nodes for integers that are dates or times. Read for a path or a clock, those that count days are
 * a LocalDate, and those that count parts of a second from the epoch a Date.
 */
final class AvroTimes {

  private static final AvroNode DATE =
      new AvroPrimitives.IntNode() {
        @Override
        Object read(AvroCursor in) {
          return LocalDate.ofEpochDay(in.readInt());
        }
      };

  private static final AvroNode TIME_MILLIS =
      new AvroPrimitives.IntNode() {
        @Override
        void skip(AvroCursor in) {
          checkTime(in.readInt(), TimeUnit.DAYS.toMillis(1), "time-millis");
        }
      };

  private static final AvroNode TIME_MICROS =
      new AvroPrimitives.LongNode() {
        @Override
        void skip(AvroCursor in) {
          checkTime(in.readLong(), TimeUnit.DAYS.toMicros(1), "time-micros");
        }
      };

  private static final AvroNode MILLIS =
      new Fractions(1) {
        @Override
        void skip(AvroCursor in) {
          long millis = in.readLong();
          if (!Millis.fit(millis)) {
            throw new BadRowException("", "must be %s, got %s ms".formatted(Millis.RULE, millis));
          }
        }
      };

  private static final AvroNode MICROS = new Fractions(1_000);
  private static final AvroNode NANOS = new Fractions(1_000_000);

  private AvroTimes() {}

  /** The node of a schema of integers; {@code plain} where it states no date or time. */
  static AvroNode of(Schema schema, AvroNode plain) {
    if (schema.getLogicalType() == null) {
      return plain;
    }
    return switch (schema.getLogicalType().getName()) {
      case "date" -> DATE;
      case "time-millis" -> TIME_MILLIS;
      case "time-micros" -> TIME_MICROS;
      case "timestamp-millis", "local-timestamp-millis" -> MILLIS;
      case "timestamp-micros", "local-timestamp-micros" -> MICROS;
      case "timestamp-nanos", "local-timestamp-nanos" -> NANOS;
      default -> plain;
    };
  }

  /** Readers make another time of one that is not within the day. */
  private static void checkTime(long value, long day, String unit) {
    if (value < 0 || value >= day) {
      throw new BadRowException(
          "", "must be a time of the day, got %s (%s)".formatted(value, unit));
    }
  }

  /** Parts of a second from the epoch. */
  private static class Fractions extends AvroPrimitives.LongNode {

    private final long perMilli;

    Fractions(long perMilli) {
      this.perMilli = perMilli;
    }

    @Override
    Object read(AvroCursor in) {
      return new Date(Math.floorDiv(in.readLong(), perMilli));
    }
  }
}
