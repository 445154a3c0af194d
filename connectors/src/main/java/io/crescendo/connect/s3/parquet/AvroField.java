package io.crescendo.connect.s3.parquet;

/**
 * A place in a Parquet group that an Avro value goes to.
 *
 * @param name column name
 * @param node how to write the value
 * @param nullBranch index of {@code null} in a union, or {@link #REQUIRED}
 */
record AvroField(String name, AvroNode node, int nullBranch) {

  static final int REQUIRED = -1;

  void skip(AvroCursor in) {
    if (!skipNull(in)) {
      node.skip(in);
    }
  }

  void write(AvroCursor in, ColumnChunks out) {
    boolean optional = nullBranch != REQUIRED;
    if (optional) {
      if (in.readBranch() == nullBranch) {
        out.addNulls(node.columns());
        return;
      }
      out.startOptional();
    }
    // Called in one place on purpose: the JIT would inline into each of two what it has met there.
    node.write(in, out);
    if (optional) {
      out.endOptional();
    }
  }

  Object read(AvroCursor in) {
    return skipNull(in) ? null : node.read(in);
  }

  /** Moves past the branch of a union, and says whether it is that of null. */
  boolean skipNull(AvroCursor in) {
    if (nullBranch == REQUIRED) {
      return false;
    }
    int branch = in.readBranch();
    if (branch != 0 && branch != 1 && !(node instanceof AvroUnion)) {
      throw new BadRowException("", "must be branch 0 or 1 of its union, got " + branch);
    }
    return branch == nullBranch;
  }
}
