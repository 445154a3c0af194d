package io.crescendo.streams;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Families of genres, such as {@code pop} of {@code dance pop}.
 *
 * <p>Read from lines {@code family: term, term, *ending}; {@code #} starts a comment, and the
 * family {@code none} says that a term has none. A genre is compared word by word, words being
 * separated by spaces:
 *
 * <ol>
 *   <li>the longest term that the genre ends with: {@code memphis hip hop} is {@code hip hop};
 *   <li>else the longest ending of its last word: {@code electropop} by {@code *pop};
 *   <li>else the same again with the last word left out: {@code drill italiana} is {@code hip hop}
 *       by {@code drill}.
 * </ol>
 *
 * <p>Thread-safe.
 */
public final class GenreFamilies {

  private static final String SHIPPED = "genre-families.txt";
  private static final String NONE = "none";

  /** Names come from outside, so that not all can be kept; real ones are a few thousand. */
  private static final int MOST_FOUND = 20_000;

  private final Map<String, String> terms;
  private final Map<String, String> endings;

  /** Families of genres that were asked for, {@link #NONE} included. */
  private final Map<String, String> found = new ConcurrentHashMap<>();

  private GenreFamilies(Map<String, String> terms, Map<String, String> endings) {
    this.terms = Map.copyOf(terms);
    this.endings = Map.copyOf(endings);
  }

  /** The families that the app ships. */
  public static GenreFamilies shipped() {
    try (InputStream in = GenreFamilies.class.getResourceAsStream(SHIPPED);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new GenreFamilies(Map.of(), Map.of()).with(SHIPPED, lines.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The shipped families, with the lines of a file over them: a term in the file replaces the
   * shipped one.
   *
   * @throws InvalidSettingsException naming every bad line, or the file where it cannot be read
   */
  public static GenreFamilies shippedWith(Path file) {
    try (BufferedReader lines = Utf8.reader(file)) {
      return shipped().with(file.toString(), lines.lines().toList());
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidSettingsException(
          List.of("genre.families: cannot read '%s': %s".formatted(file, e)));
    }
  }

  /** Family of a genre in lower case; null where unknown. */
  public String of(String genre) {
    String family = found.get(genre);
    if (family == null) {
      family = find(genre);
      if (found.size() >= MOST_FOUND) {
        found.clear();
      }
      found.put(genre, family);
    }
    return family.equals(NONE) ? null : family;
  }

  private String find(String genre) {
    for (int end = genre.length(); end > 0; end = Math.max(genre.lastIndexOf(' ', end - 1), 0)) {
      String family = familyAtEnd(genre, end);
      if (family != null) {
        return family;
      }
    }
    return NONE;
  }

  /** Names of all families. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(terms.values());
    names.addAll(endings.values());
    names.remove(NONE);
    return names;
  }

  private String familyAtEnd(String genre, int end) {
    int word = 0;
    while (word >= 0) {
      String family = terms.get(genre.substring(word, end));
      if (family != null) {
        return family;
      }
      int space = genre.indexOf(' ', word);
      word = space < 0 || space + 1 >= end ? -1 : space + 1;
    }
    for (int from = genre.lastIndexOf(' ', end - 1) + 1; from < end; from++) {
      String family = endings.get(genre.substring(from, end));
      if (family != null) {
        return family;
      }
    }
    return null;
  }

  private GenreFamilies with(String file, List<String> lines) {
    Map<String, String> allTerms = new HashMap<>(terms);
    Map<String, String> allEndings = new HashMap<>(endings);
    List<String> problems = new ArrayList<>();
    Map<String, Integer> given = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      int number = i + 1;
      String line = lines.get(i).replaceFirst("#.*", "").strip().toLowerCase(Locale.ROOT);
      if (line.isEmpty()) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        problems.add("%s:%s: must be 'family: term, term', got '%s'".formatted(file, number, line));
        continue;
      }
      String family = line.substring(0, colon).strip();
      for (String term : GenreNames.split(line.substring(colon + 1))) {
        Integer earlier = given.putIfAbsent(term, number);
        if (earlier != null) {
          problems.add(
              "%s:%s: '%s' is given in line %s too".formatted(file, number, term, earlier));
        }
        if (term.startsWith("*")) {
          allEndings.put(term.substring(1), family);
        } else {
          allTerms.put(term, family);
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new GenreFamilies(allTerms, allEndings);
  }
}
