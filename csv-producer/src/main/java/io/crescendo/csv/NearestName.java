package io.crescendo.csv;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to type. */
final class NearestName {

  private NearestName() {}

  /**
   * The name with the smallest Levenshtein distance to what was typed, in any case; empty where
   * more than a third of it would have to change, as then nothing like it was meant.
   */
  static Optional<String> to(String typed, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> lowerCaseDistance(typed, name)))
        .filter(
            name ->
                lowerCaseDistance(typed, name)
                    <= Math.max(1, Math.max(typed.length(), name.length()) / 3));
  }

  /** As {@link #to}, as a question to follow a message; empty where there is none. */
  static String question(String typed, Collection<String> names) {
    return to(typed, names).map("; did you mean '%s'?"::formatted).orElse("");
  }

  private static int lowerCaseDistance(String a, String b) {
    return distance(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
  }

  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
