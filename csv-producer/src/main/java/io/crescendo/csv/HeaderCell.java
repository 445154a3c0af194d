package io.crescendo.csv;

import java.util.Locale;
import java.util.regex.Pattern;

/** Header cells made comparable: {@code " Followers.Total "} and {@code followers_total} agree. */
final class HeaderCell {

  private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern ENDS = Pattern.compile("^_+|_+$");
  private static final Pattern ONE_OF_SEVERAL_GENRES =
      Pattern.compile("(artist_)?genres?_?[0-9]{1,3}");
  private static final Pattern UNNAMED = Pattern.compile("|index|unnamed_[0-9]+|x|row|row_number");

  private HeaderCell() {}

  /** Lower case, and one underscore for whatever is neither letter nor digit; none at the ends. */
  static String normal(String cell) {
    String joined = OTHER.matcher(cell.toLowerCase(Locale.ROOT)).replaceAll("_");
    return ENDS.matcher(joined).replaceAll("");
  }

  /** Whether a normalised cell announces one of several genres, as {@code genre_0} does. */
  static boolean isOneOfSeveralGenres(String normal) {
    return ONE_OF_SEVERAL_GENRES.matcher(normal).matches();
  }

  /** Whether a normalised cell is what tools call the index of a data frame. */
  static boolean isIndex(String normal) {
    return UNNAMED.matcher(normal).matches();
  }
}
