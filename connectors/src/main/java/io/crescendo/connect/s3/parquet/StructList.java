package io.crescendo.connect.s3.parquet;

import java.util.List;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * A Connect array as Parquet's three-level list.
 *
 * @param element the innermost level
 */
record StructList(StructField element) implements StructNode {

  private static final int OBJECT = 40;
  private static final int REFERENCE = 4;

  @Override
  public void check(Object value) {
    if (!(value instanceof List<?> list)) {
      throw new BadRowException(
          "", "must be a list, got %s".formatted(value.getClass().getSimpleName()));
    }
    list.forEach(element::check);
  }

  @Override
  public int size(Object value) {
    int size = OBJECT;
    for (Object item : (List<?>) value) {
      size += REFERENCE + element.size(item);
    }
    return size;
  }

  @Override
  public void write(Object value, RecordConsumer out) {
    List<?> list = (List<?>) value;
    out.startGroup();
    if (!list.isEmpty()) {
      out.startField("list", 0);
      for (Object item : list) {
        out.startGroup();
        element.write(item, out);
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
  }
}
