package io.crescendo.stack.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Columns of text for a terminal: words left, numbers right, with thousands separators. */
final class TextTable {

  private static final String GAP = "  ";
  private static final int REPLACEMENT = 0xFFFD;

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Boolean> numeric = new ArrayList<>();

  TextTable(String... header) {
    rows.add(List.of(header));
    for (int i = 0; i < header.length; i++) {
      numeric.add(false);
    }
  }

  /**
   * Adds a row; control characters are replaced, whole numbers are grouped by thousands, null is
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

  /** What came from outside must not move the cursor, or colour what follows. */
  private static String printable(String text) {
    return text.codePoints()
        .map(c -> movesTheCursor(c) ? REPLACEMENT : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Whether it does, or turns the direction of what follows. */
  static boolean movesTheCursor(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      // marks, embeddings and isolates of writing from right to left, but not the joiner of emoji
      case Character.FORMAT ->
          (codePoint >= 0x200E && codePoint <= 0x202E)
              || (codePoint >= 0x2066 && codePoint <= 0x2069);
      default -> false;
    };
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
    return printable(cell.toString());
  }
}
