package io.crescendo.connect.s3.parquet;

import java.util.Map;
import org.apache.parquet.io.api.RecordConsumer;

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
  public void write(Object value, RecordConsumer out) {
    Map<?, ?> map = (Map<?, ?>) value;
    out.startGroup();
    if (!map.isEmpty()) {
      out.startField("key_value", 0);
      map.forEach(
          (k, v) -> {
            out.startGroup();
            key.write(k, out);
            item.write(v, out);
            out.endGroup();
          });
      out.endField("key_value", 0);
    }
    out.endGroup();
  }
}
