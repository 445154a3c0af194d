package io.crescendo.connect.s3.parquet;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * An Avro array or map: Parquet's three-level list ({@code list.element}), or {@code
 * key_value.key/value}.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#nested-types">
 *     Parquet nested types</a>
 */
final class AvroRepeated extends AvroNode {

  private static final String KEY = "key";

  private final String repeated;
  private final AvroField item;
  private final boolean keyed;

  private AvroRepeated(String repeated, AvroField item, boolean keyed) {
    this.repeated = repeated;
    this.item = item;
    this.keyed = keyed;
  }

  static AvroRepeated array(AvroField element) {
    return new AvroRepeated("list", element, false);
  }

  static AvroRepeated map(AvroField value) {
    return new AvroRepeated("key_value", value, true);
  }

  @Override
  void skip(AvroCursor in) {
    for (long left = in.readBlock(); left > 0; left = in.readBlock()) {
      for (; left > 0; left--) {
        int before = in.remaining();
        if (keyed) {
          in.skipText();
        }
        item.skip(in);
        if (in.remaining() == before) {
          throw new BadRowException("", "must have items that take space");
        }
      }
    }
  }

  @Override
  void write(AvroCursor in, RecordConsumer out) {
    out.startGroup();
    long left = in.readBlock();
    if (left > 0) {
      out.startField(repeated, 0);
      for (; left > 0; left = in.readBlock()) {
        for (; left > 0; left--) {
          writeItem(in, out);
        }
      }
      out.endField(repeated, 0);
    }
    out.endGroup();
  }

  private void writeItem(AvroCursor in, RecordConsumer out) {
    out.startGroup();
    if (keyed) {
      Binary key = in.readBinary();
      out.startField(KEY, 0);
      out.addBinary(key);
      out.endField(KEY, 0);
    }
    item.write(in, out);
    out.endGroup();
  }
}
