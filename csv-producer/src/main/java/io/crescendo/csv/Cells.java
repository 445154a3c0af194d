package io.crescendo.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the cells of a record lie in the buffer that it was cut from. A cell becomes a string only
 * when it is asked for: most columns of a file are none of an artist's.
 */
final class Cells implements Row {

  private final byte[] buffer;
  private Charset charset = StandardCharsets.UTF_8;
  private int count;

  // Two for each cell: its first byte, as its complement where it has doubled quotes, and its end.
  private int[] bounds = new int[64];

  Cells(byte[] buffer) {
    this.buffer = buffer;
  }

  void clear() {
    count = 0;
  }

  void add(int from, int to, boolean doubledQuotes) {
    if (2 * count == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * count] = doubledQuotes ? ~from : from;
    bounds[2 * count + 1] = to;
    count++;
  }

  /** Says whether they hold anything beyond ASCII; what does not, is copied faster. */
  void setAscii(boolean ascii) {
    charset = ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
  }

  int count() {
    return count;
  }

  @Override
  public String cell(int index) {
    int from = bounds[2 * index];
    int to = bounds[2 * index + 1];
    return from >= 0
        ? new String(buffer, from, to - from, charset)
        : new String(buffer, ~from, to - ~from, charset).replace("\"\"", "\"");
  }

  List<String> toList() {
    List<String> cells = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      cells.add(cell(i));
    }
    return List.copyOf(cells);
  }
}
