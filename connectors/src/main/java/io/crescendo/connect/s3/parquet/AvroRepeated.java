package io.crescendo.connect.s3.parquet;

/**
 * An Avro array or map: Parquet's three-level list ({@code list.element}), or {@code
 * key_value.key/value}.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#nested-types">
 *     Parquet nested types</a>
 */
final class AvroRepeated extends AvroNode {

  private final AvroField item;
  private final boolean keyed;
  private final int columns;

  private AvroRepeated(AvroField item, boolean keyed) {
    this.item = item;
    this.keyed = keyed;
    this.columns = item.node().columns() + (keyed ? 1 : 0);
  }

  static AvroRepeated array(AvroField element) {
    return new AvroRepeated(element, false);
  }

  static AvroRepeated map(AvroField value) {
    return new AvroRepeated(value, true);
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
  void write(AvroCursor in, ColumnChunks out) {
    long left = in.readBlock();
    if (left == 0) {
      out.addNulls(columns);
      return;
    }
    int first = out.column();
    int outer = out.startItems();
    for (; left > 0; left = in.readBlock()) {
      for (; left > 0; left--) {
        out.startItem(first);
        if (keyed) {
          in.copyBytes(out);
        }
        item.write(in, out);
      }
    }
    out.endItems(outer);
  }

  @Override
  int columns() {
    return columns;
  }
}
