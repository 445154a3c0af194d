package io.crescendo.csv;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which cell of a row holds what, and how that was found out. See {@link ColumnFinder}. */
final class ColumnMapping {

  private static final int NONE = -1;

  /**
   * Where a column is.
   *
   * @param indexes cells of the row, one but for genres
   * @param why how it was found, for a person
   */
  record Place(List<Integer> indexes, String why) {}

  private final List<String> header;
  private final Map<Column, Place> places;
  private final List<String> notes;
  private final boolean idFromName;

  // what every row asks for, unboxed
  private final int[] single = new int[Column.values().length];
  private final int[] genres;

  ColumnMapping(
      List<String> header, Map<Column, Place> places, List<String> notes, boolean idFromName) {
    this.header = header;
    this.places = new EnumMap<>(places);
    this.notes = List.copyOf(notes);
    this.idFromName = idFromName;
    for (Column column : Column.values()) {
      Place place = places.get(column);
      single[column.ordinal()] = place == null ? NONE : place.indexes().get(0);
    }
    Place spread = places.get(Column.GENRES);
    this.genres =
        spread == null
            ? new int[0]
            : spread.indexes().stream().mapToInt(Integer::intValue).toArray();
  }

  /** Number of cells that every row must have. */
  int width() {
    return header.size();
  }

  /** Whether the id of an artist follows from the name. */
  boolean idFromName() {
    return idFromName;
  }

  /** Whether the file has the column. */
  boolean has(Column column) {
    return single[column.ordinal()] != NONE;
  }

  /** The column's header cell as the file has it. */
  String header(Column column) {
    return header.get(single[column.ordinal()]).strip();
  }

  /** The row's cell in a column; empty for a column that the file does not have. */
  String cell(Row row, Column column) {
    int place = single[column.ordinal()];
    return place == NONE ? "" : row.cell(place);
  }

  /** Whether genres are spread over several columns, one in each. */
  boolean spreadsGenres() {
    return genres.length > 1;
  }

  /** The row's cells that hold a genre each. */
  List<String> genreCells(Row row) {
    List<String> cells = new ArrayList<>(genres.length);
    for (int place : genres) {
      cells.add(row.cell(place));
    }
    return cells;
  }

  /** What {@code --show-mapping} prints: a line per column, then one per column left out. */
  List<String> explain() {
    List<String> lines = new ArrayList<>();
    for (Column column : Column.values()) {
      Place place = places.get(column);
      if (place != null) {
        List<String> names = place.indexes().stream().map(this::describe).toList();
        lines.add(
            "%-11s <- %s (%s)".formatted(column.key(), String.join(", ", names), place.why()));
      } else if (column == Column.ID) {
        lines.add("%-11s <- made from the name (--id-from-name)".formatted(column.key()));
      } else if (column == Column.OBSERVED_AT) {
        lines.add("%-11s <- the file's own time, or --observed-at".formatted(column.key()));
      } else {
        lines.add("%-11s <- nothing; left out".formatted(column.key()));
      }
    }
    List<Integer> used = places.values().stream().flatMap(p -> p.indexes().stream()).toList();
    for (int i = 0; i < header.size(); i++) {
      if (!used.contains(i)) {
        boolean index = HeaderCell.isIndex(HeaderCell.normal(header.get(i)));
        lines.add("ignored        %s%s".formatted(describe(i), index ? " (index column)" : ""));
      }
    }
    notes.forEach(note -> lines.add("note: " + note));
    return lines;
  }

  private String describe(int index) {
    return "#%s '%s'".formatted(index + 1, Excerpt.of(header.get(index).strip()));
  }
}
