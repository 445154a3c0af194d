package io.crescendo.connect.s3.parquet;

import java.util.Map;

/**
 * A Connect map as Parquet's {@code key_value} group.
 *
 * @param key never null, whatever the Connect schema says: Parquet knows no null keys
 * @param item the value
 */
record StructMap(StructField key, StructField item) implements StructNode {

  private static final int OBJECT = 48;
  private static final int ENTRY = 40;

  @Override
  public void check(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new BadRowException(
          "", "must be a map, got %s".formatted(value.getClass().getSimpleName()));
    }
    map.forEach(
        (k, v) -> {
          key.check(k);
          item.check(v);
        });
  }

  @Override
  public int size(Object value) {
    int size = OBJECT;
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
      size += ENTRY + key.size(entry.getKey()) + item.size(entry.getValue());
    }
    return size;
  }

  @Override
  public void write(Object value, ColumnChunks out) {
    Map<?, ?> map = (Map<?, ?>) value;
    if (map.isEmpty()) {
      out.addNulls(columns());
      return;
    }
    int first = out.column();
    int outer = out.startItems();
    map.forEach(
        (k, v) -> {
          out.startItem(first);
          key.write(k, out);
          item.write(v, out);
        });
    out.endItems(outer);
  }

  @Override
  public int columns() {
    return key.node().columns() + item.node().columns();
  }
}
