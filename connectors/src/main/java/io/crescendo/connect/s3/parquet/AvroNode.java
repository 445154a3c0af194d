package io.crescendo.connect.s3.parquet;

/** How values of one Avro schema are skipped, read and written to Parquet. */
abstract class AvroNode {

  /**
   * Moves past a value.
   *
   * @throws BadRowException if it is not a value of the schema
   */
  abstract void skip(AvroCursor in);

  /** Writes a value that has been skipped before, so that it is known to be right. */
  abstract void write(AvroCursor in, ColumnChunks out);

  /** Number of columns that a value goes to. */
  int columns() {
    return 1;
  }

  /** Reads a value for a path or a timestamp. */
  Object read(AvroCursor in) {
    throw new BadRowException(
        "", "must be a number, a string, a boolean or a time to be used in a path");
  }
}
