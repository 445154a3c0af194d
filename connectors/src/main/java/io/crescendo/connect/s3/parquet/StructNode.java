package io.crescendo.connect.s3.parquet;

/** How values of one Connect schema are checked and written to Parquet. Values are not null. */
interface StructNode {

  /**
   * @throws BadRowException if the value is not one of the schema
   */
  void check(Object value);

  /** Bytes that the value takes in memory, roughly. */
  int size(Object value);

  /** Writes a value that has been checked. */
  void write(Object value, ColumnChunks out);

  /** Number of columns that a value goes to. */
  int columns();
}
