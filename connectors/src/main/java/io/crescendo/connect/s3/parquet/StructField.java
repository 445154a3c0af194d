package io.crescendo.connect.s3.parquet;

import org.apache.parquet.io.api.RecordConsumer;

/**
 * A place in a Parquet group that a Connect value goes to.
 *
 * @param name column name
 * @param index position in the group
 * @param optional whether the value may be null
 * @param node how to write the value
 */
record StructField(String name, int index, boolean optional, StructNode node) {

  void check(Object value) {
    try {
      if (value != null) {
        node.check(value);
      } else if (!optional) {
        throw new BadRowException("", "must not be null");
      }
    } catch (BadRowException e) {
      throw e.in(name);
    }
  }

  int size(Object value) {
    return value == null ? 0 : node.size(value);
  }

  void write(Object value, RecordConsumer out) {
    if (value != null) {
      out.startField(name, index);
      node.write(value, out);
      out.endField(name, index);
    }
  }
}
