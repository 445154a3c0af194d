package io.crescendo.refresh;

import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Reads a result set into the value types that {@link QueryResult} names. */
final class DuckDbRows {

  private DuckDbRows() {}

  static QueryResult read(ResultSet results, int maxRows) throws SQLException {
    ResultSetMetaData meta = results.getMetaData();
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(
          new Column(meta.getColumnName(i), DuckDbTypes.toTrino(meta.getColumnTypeName(i))));
    }
    List<List<Object>> rows = new ArrayList<>();
    while (results.next()) {
      if (maxRows > 0 && rows.size() == maxRows) {
        return new QueryResult(columns, rows, false);
      }
      Object[] row = new Object[columns.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = value(results, i + 1, columns.get(i).type());
      }
      rows.add(Collections.unmodifiableList(Arrays.asList(row)));
    }
    return new QueryResult(columns, rows, true);
  }

  private static Object value(ResultSet results, int column, String type) throws SQLException {
    // the driver would read a timestamp without zone in the zone of this JVM
    if (type.startsWith("timestamp") && !type.endsWith("zone")) {
      LocalDateTime time = results.getObject(column, LocalDateTime.class);
      return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }
    return plain(results.getObject(column));
  }

  private static Object plain(Object value) throws SQLException {
    if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof Blob blob) {
      return blob.getBytes(1, (int) blob.length());
    }
    if (value instanceof Array array) {
      List<Object> list = new ArrayList<>();
      for (Object element : (Object[]) array.getArray()) {
        list.add(plain(element));
      }
      return Collections.unmodifiableList(list);
    }
    boolean asIs =
        value == null
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof java.time.LocalDate;
    return asIs ? value : value.toString();
  }
}
