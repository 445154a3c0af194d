package io.crescendo.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds out which column is what: first as it is told, then by header name, then by content. Any
 * order, any case; columns that nobody knows are ignored.
 */
final class ColumnFinder {

  private static final int SHOWN_HEADERS = 20;
  private static final Pattern NUMBERED = Pattern.compile("#([0-9]{1,4})");

  private final String file;
  private final Sample sample;
  private final ReadingOptions options;
  private final List<String> names;
  private final Map<Column, ColumnMapping.Place> places = new EnumMap<>(Column.class);
  private final Set<Integer> used = new HashSet<>();
  private final List<String> notes = new ArrayList<>();

  private ColumnFinder(String file, Sample sample, ReadingOptions options) {
    this.file = file;
    this.sample = sample;
    this.options = options;
    this.names = sample.header().stream().map(HeaderCell::normal).toList();
  }

  /**
   * Finds the columns.
   *
   * @param file how messages call the file
   * @throws UnusableSourceException if a needed column is missing or there twice; the message says
   *     what was found, what was needed and what to do
   */
  static ColumnMapping find(String file, Sample sample, ReadingOptions options) {
    return new ColumnFinder(file, sample, options).find();
  }

  /** How many columns of an artist a header names; tells the right delimiter from wrong ones. */
  static int recognised(List<String> header, ReadingOptions options) {
    List<String> names = header.stream().map(HeaderCell::normal).toList();
    Set<String> told = new HashSet<>();
    options
        .columns()
        .values()
        .forEach(v -> Arrays.stream(v.split("\\+")).map(HeaderCell::normal).forEach(told::add));
    return (int)
        names.stream()
            .filter(
                name ->
                    told.contains(name)
                        || HeaderCell.isOneOfSeveralGenres(name)
                        || Arrays.stream(Column.values()).anyMatch(c -> c.headers().contains(name)))
            .count();
  }

  private ColumnMapping find() {
    takeAsTold();
    for (Column column : Column.values()) {
      if (!places.containsKey(column)) {
        takeByName(column);
      }
    }
    takeByContent(Column.ID, ColumnContent::looksLikeIds, "its cells look like Spotify ids");
    takeByContent(
        Column.GENRES, ColumnContent::looksLikeGenreLists, "its cells are lists in brackets");
    takeByContent(
        Column.FOLLOWERS, ColumnContent::looksLikeFollowerTotals, "its cells have a 'total'");
    boolean idFromName = options.idFromName() && !places.containsKey(Column.ID);
    String missing =
        Arrays.stream(Column.values())
            .filter(column -> column.needed() && !places.containsKey(column))
            .filter(column -> column != Column.ID || !idFromName)
            .map(Column::key)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw refusal("columns missing: " + missing, advice(missing));
    }
    return new ColumnMapping(sample.header(), places, notes, idFromName);
  }

  private void takeAsTold() {
    for (Column column : Column.values()) {
      String told = options.columns().get(column.key());
      if (told != null) {
        String[] headers = column == Column.GENRES ? told.split("\\+") : new String[] {told};
        take(column, Arrays.stream(headers).map(this::indexOf).toList(), "as told");
      }
    }
  }

  private int indexOf(String header) {
    Matcher number = NUMBERED.matcher(header.strip());
    if (number.matches()) {
      int index = Integer.parseInt(number.group(1)) - 1;
      if (index < 0 || index >= names.size()) {
        throw refusal(
            "there is no column %s".formatted(header.strip()),
            "columns count from #1 to #%s".formatted(names.size()));
      }
      return index;
    }
    int index = names.indexOf(HeaderCell.normal(header));
    if (index < 0) {
      throw refusal(
          "there is no column '%s' as --map says".formatted(Excerpt.of(header)),
          NearestName.to(header, sample.header())
              .map(name -> "did you mean '%s'?".formatted(Excerpt.of(name)))
              .orElse("say one of these, or its number, such as #1"));
    }
    return index;
  }

  private void takeByName(Column column) {
    List<Integer> found =
        column.headers().stream()
            .flatMap(name -> indexesOf(name).stream())
            .filter(i -> !used.contains(i))
            .toList();
    List<Integer> spread = column == Column.GENRES ? spreadGenres() : List.of();
    boolean oneGenre = !found.isEmpty() && Column.ONE_GENRE.contains(names.get(found.get(0)));
    if (!spread.isEmpty() && (found.isEmpty() || oneGenre)) {
      take(column, spread, "headers that count up");
    } else if (!found.isEmpty()) {
      takeBest(column, found);
    }
  }

  private void takeBest(Column column, List<Integer> found) {
    int best = found.get(0);
    String why = "header";
    if (column == Column.ID) {
      Optional<Integer> ids =
          found.stream().filter(i -> ColumnContent.looksLikeIds(sample.column(i))).findFirst();
      if (ids.isPresent() && ids.get() != best) {
        best = ids.get();
        why = "header, and its cells look like Spotify ids";
      } else if (ids.isEmpty() && ColumnContent.counts(sample.column(best))) {
        if (anyLooksLikeIds()) {
          return; // an index that is called id; the real one is found by content
        }
        notes.add(
            "column '%s' counts rows; if it is an index, no artist can be told from another by it"
                .formatted(Excerpt.of(sample.header().get(best).strip())));
      }
    }
    String name = names.get(best);
    if (indexesOf(name).size() > 1) {
      throw refusal(
          "column '%s' is there twice".formatted(name),
          "say which one it is, such as --map %s=#%s".formatted(column.key(), best + 1));
    }
    take(column, List.of(best), why);
  }

  private boolean anyLooksLikeIds() {
    for (int i = 0; i < names.size(); i++) {
      if (!used.contains(i) && ColumnContent.looksLikeIds(sample.column(i))) {
        return true;
      }
    }
    return false;
  }

  private void takeByContent(Column column, Predicate<List<String>> test, String why) {
    for (int i = 0; i < names.size() && !places.containsKey(column); i++) {
      if (!used.contains(i) && test.test(sample.column(i))) {
        take(column, List.of(i), why);
      }
    }
  }

  private void take(Column column, List<Integer> indexes, String why) {
    places.put(column, new ColumnMapping.Place(indexes, why));
    used.addAll(indexes);
  }

  private List<Integer> spreadGenres() {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!used.contains(i) && HeaderCell.isOneOfSeveralGenres(names.get(i))) {
        indexes.add(i);
      }
    }
    return indexes;
  }

  private List<Integer> indexesOf(String name) {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        indexes.add(i);
      }
    }
    return indexes;
  }

  private static String advice(String missing) {
    String first = missing.contains(",") ? missing.substring(0, missing.indexOf(',')) : missing;
    String map = "say which column it is, such as --map %s=HEADER or --map %s=#1";
    return map.formatted(first, first)
        + (first.equals(Column.ID.key())
            ? ", or --id-from-name to make ids from the names"
            : ", or --delimiter if the cells are cut wrongly");
  }

  private UnusableSourceException refusal(String problem, String advice) {
    String found =
        sample.header().stream()
            .limit(SHOWN_HEADERS)
            .map(cell -> "'" + Excerpt.of(cell) + "'")
            .collect(Collectors.joining(", "));
    return new UnusableSourceException(
        "%s: %s; the header must have %s, found %s%s (separated by %s); %s; nothing was published"
            .formatted(
                file,
                problem,
                Column.allNeeded(),
                found,
                sample.header().size() > SHOWN_HEADERS ? ", …" : "",
                Shape.nameOf(sample.separator()),
                advice));
  }
}
