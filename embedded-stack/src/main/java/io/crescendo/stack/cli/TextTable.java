package io.crescendo.stack.cli;

import io.crescendo.schemas.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Columns of text for a terminal: words left, numbers right, with thousands separators. */
final class TextTable {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Boolean> numeric = new ArrayList<>();

  TextTable(String... header) {
    rows.add(List.of(header));
    for (int i = 0; i < header.length; i++) {
      numeric.add(false);
    }
  }

  /**
   * Adds a row; control characters are escaped, whole numbers are grouped by thousands, null is
   * shown as nothing.
   */
  TextTable row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] instanceof Number) {
        numeric.set(i, true);
      }
      row.add(text(cells[i]));
    }
    rows.add(row);
    return this;
  }

  /** The table, each line indented by two blanks. */
  String render() {
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        String padding = " ".repeat(width(i) - cell.length());
        line.append(GAP).append(numeric.get(i) ? padding + cell : cell + padding);
      }
      out.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return out.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
  }

  private static String text(Object cell) {
    if (cell == null) {
      return "";
    }
    if (cell instanceof Long || cell instanceof Integer) {
      return String.format(Locale.ROOT, "%,d", ((Number) cell).longValue());
    }
    if (cell instanceof Number number) {
      return String.format(Locale.ROOT, "%,.1f", number.doubleValue());
    }
    return Terminal.harmless(cell.toString());
  }
}
