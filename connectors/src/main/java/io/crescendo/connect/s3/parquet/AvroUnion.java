package io.crescendo.connect.s3.parquet;

import java.util.List;
import java.util.Objects;

/**
 * An Avro union other than that of null and one type: a Parquet group with an optional column for
 * each branch, of which one is there.
 *
 * @see <a
 *     href="https://github.com/apache/parquet-java/blob/master/parquet-avro/src/main/java/org/apache/parquet/avro/AvroSchemaConverter.java">
 *     parquet-avro, which names them so</a>
 */
final class AvroUnion extends AvroNode {

  static final String MEMBER = "member";

  /** By branch; null at the branch of null. */
  private final AvroField[] branches;

  /** Whether the field has read the branch already, to see whether it is null. */
  private final boolean nullable;

  private final int columns;

  AvroUnion(List<AvroField> branches) {
    this.branches = branches.toArray(AvroField[]::new);
    this.nullable = branches.contains(null);
    this.columns =
        branches.stream()
            .filter(Objects::nonNull)
            .mapToInt(branch -> branch.node().columns())
            .sum();
  }

  @Override
  void skip(AvroCursor in) {
    AvroField field = branch(in);
    try {
      field.node().skip(in);
    } catch (BadRowException e) {
      throw e.in(field.name());
    }
  }

  @Override
  void write(AvroCursor in, ColumnChunks out) {
    AvroField chosen = branch(in);
    for (AvroField field : branches) {
      if (field == chosen) {
        out.startOptional();
        field.node().write(in, out);
        out.endOptional();
      } else if (field != null) {
        out.addNulls(field.node().columns());
      }
    }
  }

  @Override
  int columns() {
    return columns;
  }

  @Override
  Object read(AvroCursor in) {
    return branch(in).node().read(in);
  }

  private AvroField branch(AvroCursor in) {
    int branch = nullable ? in.lastBranch() : in.readBranch();
    if (branch < 0 || branch >= branches.length) {
      throw new BadRowException(
          "",
          "must be one of the %s branches of its union, got %s".formatted(branches.length, branch));
    }
    return branches[branch];
  }
}
