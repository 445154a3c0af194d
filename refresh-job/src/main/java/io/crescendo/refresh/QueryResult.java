package io.crescendo.refresh;

import java.util.Collections;
import java.util.List;

/**
 * Rows that a query gave.
 *
 * @param columns names and types, in order
 * @param rows values in the order of the columns: {@code Long} for whole numbers up to 64 bits,
 *     {@code BigInteger}, {@code BigDecimal}, {@code Double}, {@code Boolean}, {@code String},
 *     {@code Instant}, {@code LocalDate}, {@code byte[]}, {@code List}, or null
 * @param complete false where the query's row limit cut rows off
 */
public record QueryResult(List<Column> columns, List<List<Object>> rows, boolean complete) {

  /** Makes the lists unmodifiable. */
  public QueryResult {
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableList(rows);
  }

  /**
   * The value of a column in a row.
   *
   * @param row row, from 0
   * @param column its name
   * @throws IllegalArgumentException if there is no such column
   */
  public Object value(int row, String column) {
    return rows.get(row).get(position(column));
  }

  private int position(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "No column '%s' in the result; its columns are %s"
            .formatted(column, columns.stream().map(Column::name).toList()));
  }
}
