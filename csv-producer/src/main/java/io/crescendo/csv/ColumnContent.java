package io.crescendo.csv;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Recognises a column by what its cells look like. Blank cells have no say. */
final class ColumnContent {

  private static final Pattern SPOTIFY_ID = Pattern.compile("[0-9A-Za-z]{22}");
  private static final Pattern TOTAL = Pattern.compile("\\{.*['\"]total['\"]\\s*:.*}");

  /** No id and no dictionary is longer, and a long cell could keep the pattern busy for ever. */
  private static final int LONGEST = 400;

  private static final double NEARLY_ALL = 0.9;

  private ColumnContent() {}

  /** The 22 letters and digits of a Spotify id, maybe in a URI. */
  static boolean looksLikeIds(List<String> cells) {
    return nearlyAll(cells, cell -> matches(SPOTIFY_ID, ArtistId.in(cell)));
  }

  /** Lists in brackets. */
  static boolean looksLikeGenreLists(List<String> cells) {
    return nearlyAll(cells, cell -> cell.startsWith("[") && cell.endsWith("]"));
  }

  /** Dictionaries of the web API, {@code {'href': None, 'total': 7}}. */
  static boolean looksLikeFollowerTotals(List<String> cells) {
    return nearlyAll(cells, cell -> matches(TOTAL, cell));
  }

  /** 0, 1, 2, … or 1, 2, 3, …: the index of a data frame, not ids. */
  static boolean counts(List<String> cells) {
    if (cells.size() < 2 || !(cells.get(0).equals("0") || cells.get(0).equals("1"))) {
      return false;
    }
    int first = Integer.parseInt(cells.get(0));
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).equals(Integer.toString(first + i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(Pattern pattern, String cell) {
    return cell.length() <= LONGEST && pattern.matcher(cell).matches();
  }

  private static boolean nearlyAll(List<String> cells, Predicate<String> test) {
    return !cells.isEmpty() && cells.stream().filter(test).count() >= NEARLY_ALL * cells.size();
  }
}
