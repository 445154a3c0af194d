package io.crescendo.connect.s3.parquet;

/**
 * A place in a Parquet group that a Connect value goes to.
 *
 * @param name column name
 * @param optional whether the value may be null
 * @param node how to write the value
 */
record StructField(String name, boolean optional, StructNode node) {

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

  void write(Object value, ColumnChunks out) {
    if (!optional) {
      node.write(value, out);
    } else if (value == null) {
      out.addNulls(node.columns());
    } else {
      out.startOptional();
      node.write(value, out);
      out.endOptional();
    }
  }
}
