package io.crescendo.streams;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Families of genres, such as {@code pop} of {@code dance pop}.
 *
 * <p>Read from lines {@code family: term, term, *ending}; {@code #} starts a comment, and the
 * family {@code none} says that a term has none. A genre is compared word by word. Hyphens, slashes
 * and underscores separate words as spaces do, and accents make no difference, neither in genres
 * nor in terms, because sources spell them in all these ways:
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

  private static final String ENDING = "*";
  private static final Pattern ACCENTS = Pattern.compile("\\p{InCombiningDiacriticalMarks}+");
  private static final Pattern SEPARATORS = Pattern.compile("[\\p{Pd}/_ ]+");

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
      family = find(words(genre));
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

  /** The words of a genre or term, without accents, with single spaces between them. */
  private static String words(String name) {
    String bare = ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
    return SEPARATORS.matcher(bare).replaceAll(" ").strip();
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
      List<String> written = GenreNames.split(line.substring(colon + 1));
      if (colon < 1 || written.isEmpty()) {
        problems.add("%s:%s: must be 'family: term, term', got '%s'".formatted(file, number, line));
        continue;
      }
      String family = line.substring(0, colon).strip();
      for (String term : written) {
        boolean ending = term.startsWith(ENDING);
        String words = words(ending ? term.substring(ENDING.length()) : term);
        String rule = ruleBrokenBy(words, ending);
        if (rule != null) {
          problems.add("%s:%s: %s, got '%s'".formatted(file, number, rule, term));
          continue;
        }
        Integer earlier = given.putIfAbsent(ending ? ENDING + words : words, number);
        if (earlier != null && earlier != number) {
          problems.add(
              "%s:%s: '%s' is given in line %s too".formatted(file, number, term, earlier));
        }
        (ending ? allEndings : allTerms).put(words, family);
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new GenreFamilies(allTerms, allEndings);
  }

  /** The rule that a term breaks which no genre could match; null if it breaks none. */
  private static String ruleBrokenBy(String words, boolean ending) {
    boolean blank = words.codePoints().noneMatch(Character::isLetterOrDigit);
    if (ending && (blank || words.indexOf(' ') >= 0)) {
      return "an ending must be '*' and letters of one word";
    }
    return blank ? "a term must have a letter or digit" : null;
  }
}
