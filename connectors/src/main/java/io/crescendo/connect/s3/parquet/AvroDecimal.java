package io.crescendo.connect.s3.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * An Avro decimal, as bytes or fixed.
 *
 * <p>Avro's encoding holds numbers of any length, whatever digits the type states; written as they
 * are, one that is too long keeps readers from the whole column.
 */
final class AvroDecimal extends AvroNode {

  private static final int OF_ANY_LENGTH = -1;
  private static final int MOST_SHOWN = 64;

  private final LogicalTypes.Decimal type;
  private final int size;
  private final BigInteger limit;

  /** Bytes of which every number has few enough digits. */
  private final int always;

  AvroDecimal(LogicalTypes.Decimal type, Schema schema) {
    this.type = type;
    this.size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : OF_ANY_LENGTH;
    this.limit = BigInteger.TEN.pow(type.getPrecision());
    this.always = (limit.bitLength() - 1) / Byte.SIZE;
  }

  @Override
  void skip(AvroCursor in) {
    int length = size == OF_ANY_LENGTH ? in.readLength() : size;
    if (length == 0) {
      throw tooLong("0 bytes");
    }
    if (length <= always) {
      in.skip(length);
      return;
    }
    BigInteger unscaled = in.readInteger(length);
    if (unscaled.abs().compareTo(limit) >= 0) {
      throw tooLong(
          length > MOST_SHOWN
              ? length + " bytes"
              : new BigDecimal(unscaled, type.getScale()).toString());
    }
  }

  private BadRowException tooLong(String got) {
    return new BadRowException(
        "", "must be a decimal of at most %s digits, got %s".formatted(type.getPrecision(), got));
  }

  @Override
  void write(AvroCursor in, ColumnChunks out) {
    if (size == OF_ANY_LENGTH) {
      in.copyBytes(out);
    } else {
      in.copyBytes(size, out);
    }
  }
}
