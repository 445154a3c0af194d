package io.crescendo.csv;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody knows better about a file than can be seen in it.
 *
 * @param charset encoding of the file; null = to be detected
 * @param delimiter what separates its cells; null = to be detected
 * @param columns header of the column by what it is ({@code id}, {@code name}, {@code genres},
 *     {@code followers}, {@code popularity}, {@code observed_at}), for those that are not to be
 *     found by name; a header is written as in the file, or as {@code #3} for the third column;
 *     several genre columns are joined by {@code +}
 * @param idFromName whether artists of a file without an id column get an id that follows from the
 *     name
 */
public record ReadingOptions(
    Charset charset, Character delimiter, Map<String, String> columns, boolean idFromName) {

  /** Everything is found out from the file. */
  public static final ReadingOptions AUTOMATIC = new ReadingOptions(null, null, Map.of(), false);

  private static final String DELIMITERS = ",;\t|_:^~ ";

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming every problem
   */
  public ReadingOptions {
    columns = Map.copyOf(new LinkedHashMap<>(columns));
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, String> column : columns.entrySet()) {
      if (!Column.keys().contains(column.getKey())) {
        problems.add(
            "'%s' is no column of an artist%s (there are %s)"
                .formatted(
                    column.getKey(),
                    NearestName.question(column.getKey(), Column.keys()),
                    String.join(", ", Column.keys())));
      } else if (column.getValue().isBlank()) {
        problems.add("'%s' must be followed by a header of the file".formatted(column.getKey()));
      }
    }
    if (delimiter != null && DELIMITERS.indexOf(delimiter) < 0) {
      problems.add("a delimiter must be one of '%s', got '%s'".formatted(DELIMITERS, delimiter));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }
}
