package io.crescendo.connect.s3.parquet;

import java.util.List;

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
  public void write(Object value, ColumnChunks out) {
    List<?> list = (List<?>) value;
    if (list.isEmpty()) {
      out.addNulls(columns());
      return;
    }
    int first = out.column();
    int outer = out.startItems();
    for (Object item : list) {
      out.startItem(first);
      element.write(item, out);
    }
    out.endItems(outer);
  }

  @Override
  public int columns() {
    return element.node().columns();
  }
}
