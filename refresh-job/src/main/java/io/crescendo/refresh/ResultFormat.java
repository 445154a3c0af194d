package io.crescendo.refresh;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How the rows of a typed query are printed. */
public enum ResultFormat {
  /** Aligned columns for people. */
  table {
    @Override
    void print(QueryResult result, PrintWriter out) {
      List<List<String>> lines = new ArrayList<>();
      lines.add(result.columns().stream().map(Column::name).map(ResultFormat::visible).toList());
      result.rows().forEach(row -> lines.add(row.stream().map(ResultFormat::visible).toList()));
      int[] widths = new int[result.columns().size()];
      for (List<String> line : lines) {
        for (int i = 0; i < widths.length; i++) {
          widths[i] = Math.max(widths[i], width(line.get(i)));
        }
      }
      for (int row = 0; row < lines.size(); row++) {
        out.println(aligned(lines.get(row), widths, result.columns()));
        if (row == 0) {
          List<String> rule = new ArrayList<>();
          for (int width : widths) {
            rule.add("-".repeat(width));
          }
          out.println(String.join("  ", rule));
        }
      }
      out.printf("(%s %s)%n", result.rows().size(), result.rows().size() == 1 ? "row" : "rows");
      out.flush();
    }
  },

  /** Comma-separated values as RFC 4180 has them. */
  csv {
    @Override
    void print(QueryResult result, PrintWriter out) {
      out.print(line(result.columns().stream().map(Column::name).toList()));
      for (List<Object> row : result.rows()) {
        out.print(line(row.stream().map(ResultFormat::text).toList()));
      }
      out.flush();
    }

    private String line(List<String> cells) {
      return cells.stream().map(this::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private String quoted(String cell) {
      return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
  },

  /** One JSON object per row and line. A name that comes again gets a number. */
  json {
    @Override
    void print(QueryResult result, PrintWriter out) {
      List<String> names = distinct(result.columns().stream().map(Column::name).toList());
      for (List<Object> row : result.rows()) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
          Object value = row.get(i);
          object.put(names.get(i), value instanceof byte[] ? text(value) : value);
        }
        out.println(Terminal.json(object));
      }
      out.flush();
    }

    private List<String> distinct(List<String> names) {
      Set<String> taken = new HashSet<>(names);
      List<String> distinct = new ArrayList<>();
      for (String name : names) {
        String free = name;
        for (int number = 1; distinct.contains(name) && !taken.add(free); number++) {
          free = name + "_" + number;
        }
        distinct.add(free);
      }
      return distinct;
    }
  };

  private static final int WIDEST = 80;

  abstract void print(QueryResult result, PrintWriter out);

  private static String aligned(List<String> cells, int[] widths, List<Column> columns) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String space = " ".repeat(widths[i] - width(cells.get(i)));
      boolean number = columns.get(i).type().matches("bigint|integer|double|real|decimal.*");
      line.append(i == 0 ? "" : "  ").append(number ? space + cells.get(i) : cells.get(i) + space);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Without control characters, which could rewrite the terminal, and not too wide. */
  private static String visible(Object value) {
    String text = Terminal.text(text(value));
    return width(text) <= WIDEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "\u2026";
  }

  static String text(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number) {
      return Double.isFinite(number)
          ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
          : number.toString();
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        return "0x" + HexFormat.of().formatHex(bytes);
      }
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ResultFormat::text).collect(Collectors.joining(", ", "[", "]"));
    }
    return value.toString();
  }
}
