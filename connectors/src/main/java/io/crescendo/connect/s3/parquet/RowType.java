package io.crescendo.connect.s3.parquet;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.parquet.schema.MessageType;

/**
 * Rows of one schema: how a record value of it becomes a Parquet row.
 *
 * <p>Compared by identity; a {@link RowTypes} gives the same instance for the same schema.
 */
public abstract class RowType {

  private final MessageType columns;
  private final Map<String, FieldReader> fields = new ConcurrentHashMap<>();

  RowType(MessageType columns) {
    this.columns = columns;
  }

  /** The Parquet schema. */
  public final MessageType columns() {
    return columns;
  }

  /**
   * Makes sure that {@link #write} will succeed: a row that fails halfway would spoil its file.
   *
   * @throws BadRowException if the value cannot become a row
   */
  public abstract void check(Object value);

  /** Name of the schema; rows of different names never share a file. */
  abstract String name();

  /** Version of the schema among those of its name; empty where it states none. */
  abstract OptionalInt version();

  /**
   * Makes a row of this type from a row of another type of the same name.
   *
   * @throws BadRowException if it cannot
   */
  public abstract Object project(Object row, RowType from);

  /** The row that {@link #write} takes of a record whose value has been checked. */
  public Object row(SinkRecord record) {
    return record.value();
  }

  /** Writes a row. */
  abstract void write(Object row, ColumnChunks out);

  /** Bytes that the row takes in memory, roughly. */
  abstract int size(Object row);

  abstract FieldReader reader(String path);

  /**
   * Reads one field.
   *
   * @param path field name; dots lead into nested records
   * @throws BadRowException if there is no such field
   */
  public final FieldReader field(String path) {
    return fields.computeIfAbsent(path, this::reader);
  }

  /**
   * Reads one field of a checked value: a Number, String, Boolean, java.time.LocalDate for a date,
   * java.util.Date for a time, or null.
   */
  @FunctionalInterface
  public interface FieldReader {

    /** The field in that value. */
    Object read(Object value);
  }
}
