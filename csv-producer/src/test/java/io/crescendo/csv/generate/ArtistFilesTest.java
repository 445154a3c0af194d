package io.crescendo.csv.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtistFilesTest {

  private static final Instant NEWEST = Instant.parse("2026-02-04T12:00:00Z");

  @TempDir private Path dir;

  @Test
  void writesTheSameBytesForTheSameSeed() throws IOException {
    generate(500, 7, 2, dir.resolve("a"));
    generate(500, 7, 2, dir.resolve("b"));
    generate(500, 8, 2, dir.resolve("c"));
    for (String name : List.of("artists.csv", "artists-wave-1.csv", "artists-wave-2.csv")) {
      byte[] bytes = Files.readAllBytes(dir.resolve("a").resolve(name));
      assertThat(dir.resolve("b").resolve(name)).hasBinaryContent(bytes);
      assertThat(Files.readAllBytes(dir.resolve("c").resolve(name))).isNotEqualTo(bytes);
    }
  }

  @Test
  void datesTheFilesADayApartAndTouchesThemAccordingly() throws IOException {
    List<GeneratedFile> files = generate(200, 1, 3, dir);
    assertThat(files)
        .extracting(GeneratedFile::observedAt)
        .containsExactly(
            Instant.parse("2026-02-01T12:00:00Z"),
            Instant.parse("2026-02-02T12:00:00Z"),
            Instant.parse("2026-02-03T12:00:00Z"),
            NEWEST);
    for (GeneratedFile file : files) {
      assertThat(Files.getLastModifiedTime(file.path()).toInstant()).isEqualTo(file.observedAt());
      assertThat(read(file)).hasSize((int) file.rows());
    }
    try (var left = Files.list(dir)) {
      assertThat(left).hasSize(4);
    }
  }

  @Test
  void hasTheShapeOfACrawl() throws IOException {
    List<NamedCsvRecord> rows = read(generate(2_000, 1, 0, dir).get(0));
    assertThat(rows.get(0).getHeader())
        .containsExactly(
            "id",
            "name",
            "artist_popularity",
            "artist_genres",
            "followers",
            "genre_0",
            "genre_1",
            "genre_2",
            "genre_3",
            "genre_4",
            "genre_5",
            "genre_6");
    Set<String> ids = new HashSet<>();
    for (NamedCsvRecord row : rows) {
      assertThat(row.getField("id")).matches("[0-9A-Za-z]{22}");
      assertThat(ids.add(row.getField("id"))).isTrue();
      assertThat(Integer.parseInt(row.getField("artist_popularity"))).isBetween(0, 100);
      assertThat(row.getField("name")).isNotBlank();
      boolean none = row.getField("artist_genres").equals("[]");
      assertThat(row.getField("genre_0").isEmpty()).isEqualTo(none);
      if (!none) {
        assertThat(row.getField("artist_genres"))
            .matches("\\[['\"]" + row.getField("genre_0") + "['\"].*]");
      }
    }
  }

  @Test
  void spreadsFollowersLikeACrawl() throws IOException {
    int artists = 37_012;
    List<Long> followers =
        read(generate(artists, 1, 0, dir).get(0)).stream()
            .map(row -> Long.parseLong(row.getField("followers")))
            .toList();
    // Shares of a crawl by powers of ten: none, 1-99, 100-999, 1k, 10k, 100k, 1M, 10M and more.
    double[] shares = {.0267, .3388, .2589, .1800, .1090, .0555, .0265, .0045};
    long[] tiers = new long[shares.length];
    for (long count : followers) {
      int digits = Long.toString(count).length();
      tiers[count == 0 ? 0 : Math.max(1, Math.min(digits - 1, 7))]++;
    }
    for (int i = 0; i < shares.length; i++) {
      assertThat(tiers[i] / (double) artists).as("tier %d", i).isCloseTo(shares[i], within(.01));
    }
    assertThat(followers).allMatch(count -> count < 120_000_000);
  }

  @Test
  void letsFamousArtistsBePopularAndHaveGenres() throws IOException {
    List<NamedCsvRecord> rows = read(generate(20_000, 1, 0, dir).get(0));
    assertThat(share(rows, row -> row.getField("artist_genres").equals("[]")))
        .isCloseTo(.70, within(.03));
    Map<Boolean, List<NamedCsvRecord>> famous =
        rows.stream()
            .collect(
                Collectors.partitioningBy(r -> Long.parseLong(r.getField("followers")) > 100_000));
    assertThat(share(famous.get(true), row -> row.getField("artist_genres").equals("[]")))
        .isLessThan(.1);
    assertThat(popularity(famous.get(true))).isBetween(50.0, 65.0);
    assertThat(popularity(famous.get(false))).isLessThan(20.0);
  }

  @Test
  void drawsFewGenresOftenAndManySeldom() throws IOException {
    Map<String, Integer> artists = new HashMap<>();
    int drawn = 0;
    for (NamedCsvRecord row : read(generate(37_012, 1, 0, dir).get(0))) {
      for (int i = 0; i < 7; i++) {
        String genre = row.getField("genre_" + i);
        if (!genre.isEmpty()) {
          artists.merge(genre, 1, Integer::sum);
          drawn++;
        }
      }
    }
    List<Integer> counts = artists.values().stream().sorted((a, b) -> b - a).toList();
    assertThat(counts.size()).isBetween(3_500, GenreVocabulary.SIZE);
    assertThat(counts.get(0)).isBetween(100, 200);
    assertThat(counts.get(99)).isBetween(15, 40);
    assertThat(counts.get(2_000)).isLessThan(6);
    assertThat(drawn / (.3 * 37_012)).isCloseTo(1.9, within(.3));
    assertThat(artists).containsKeys("dance pop", "memphis hip hop", "children's music");
  }

  @Test
  void includesNamesThatBreakCarelessParsers() throws IOException {
    List<String> names =
        read(generate(20_000, 1, 0, dir).get(0)).stream().map(row -> row.getField("name")).toList();
    for (String pattern :
        List.of(
            "\".*\"",
            ".*\".+",
            ".*, .*",
            ".*  ",
            "\u200B.*",
            "\\d{1,3}",
            "\\d+/\\d+",
            ".*\\\\\\\\",
            "[-+@=].*",
            "N/A",
            "E\\d+",
            "夜の電車",
            "🎧.*",
            "(.*,){4}.*")) {
      assertThat(names).as(pattern).anyMatch(name -> name.matches(pattern));
    }
  }

  @Test
  void reportsNewFollowersOfAQuarterOfTheArtistsInEachWave() throws IOException {
    List<GeneratedFile> files = generate(20_000, 1, 3, dir);
    Map<String, Long> first = followers(files.get(0));
    for (GeneratedFile wave : files.subList(1, 4)) {
      assertThat(wave.rows() / 20_000.0).isCloseTo(.25, within(.02));
      followers(wave).forEach((id, count) -> assertThat(count).as(id).isNotEqualTo(first.get(id)));
    }
    assertThat(followers(files.get(1)).keySet()).isNotEqualTo(followers(files.get(2)).keySet());
  }

  @Test
  void letsSomeGenresRiseAndOthersFall() throws IOException {
    List<GeneratedFile> files = generate(37_012, 1, 3, dir);
    assertThat(growth(files, "phonk")).isGreaterThan(1.15);
    assertThat(growth(files, "rock")).isBetween(.99, 1.06);
    assertThat(growth(files, "dubstep")).isLessThan(.99);
  }

  /** By how much the followers of a family's large artists grew until the last wave. */
  private static double growth(List<GeneratedFile> files, String family) throws IOException {
    Map<String, Long> first = followers(files.get(0));
    double before = 0;
    double after = 0;
    for (NamedCsvRecord row : read(files.get(3))) {
      String genre = row.getField("genre_0");
      if (genre.equals(family) || genre.endsWith(" " + family)) {
        before += first.get(row.getField("id"));
        after += Long.parseLong(row.getField("followers"));
      }
    }
    assertThat(before).isPositive();
    return after / before;
  }

  private static List<GeneratedFile> generate(int artists, long seed, int waves, Path directory)
      throws IOException {
    return ArtistFiles.generate(new GeneratorSettings(artists, seed, waves, NEWEST), directory);
  }

  private static List<NamedCsvRecord> read(GeneratedFile file) throws IOException {
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file.path())) {
      return csv.stream().toList();
    }
  }

  private static Map<String, Long> followers(GeneratedFile file) throws IOException {
    return read(file).stream()
        .collect(
            Collectors.toMap(
                row -> row.getField("id"), row -> Long.parseLong(row.getField("followers"))));
  }

  private static double share(
      List<NamedCsvRecord> rows, java.util.function.Predicate<NamedCsvRecord> test) {
    return rows.stream().filter(test).count() / (double) rows.size();
  }

  private static double popularity(List<NamedCsvRecord> rows) {
    return rows.stream()
        .mapToInt(row -> Integer.parseInt(row.getField("artist_popularity")))
        .average()
        .orElseThrow();
  }
}
