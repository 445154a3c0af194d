package io.crescendo.refresh;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A small warehouse in which engines are likely to differ: almost every value comes several times,
 * so that an order which is left to chance shows; moments lie a millisecond from the ends of days
 * and of the period of growth; ids sort otherwise as UTF-16 than as UTF-8. Random, but the same
 * each time.
 */
final class AwkwardWarehouse {

  private static final int ARTISTS = 48;
  private static final List<String> IDS =
      List.of("a", "B", "é", "😀", "\uFFFD", "z", "_", "0", "it's", "\"q\"");
  private static final List<String> TWINS = List.of("twin c", "Twin", "twin a", "ţwin", "twin b");
  private static final List<String> GENRES =
      List.of("pop", "r&b", "日本", "a, b", "null", "children's music");
  // the ends of bands; ends of cells, the last one in no double
  private static final long[] FOLLOWERS =
      LongStream.concat(
              LongStream.iterate(1, n -> n <= 10_000_000, n -> 10 * n)
                  .flatMap(n -> LongStream.of(n - 1, n)),
              LongStream.of(1333, 1334, 17_783, 9_007_199_254_740_993L))
          .toArray();
  private static final List<Instant> MOMENTS =
      List.of(
          Instant.parse("1969-12-31T23:59:59.999Z"),
          Instant.EPOCH,
          Instant.parse("2026-03-29T01:30:00Z"),
          Instant.parse("2026-10-31T23:59:59.999Z"),
          Instant.parse("2026-11-01T00:00:00Z"),
          Instant.parse("2026-11-01T00:00:00.001Z"),
          Instant.parse("2026-11-30T23:30:00Z"),
          // growth is counted from here
          Instant.parse("2026-12-01T12:00:00.122Z"),
          Instant.parse("2026-12-01T12:00:00.123Z"),
          Instant.parse("2026-12-01T12:00:00.124Z"),
          Instant.parse("2026-12-31T12:00:00.123Z"));
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int REJECTS = 40;
  private static final List<String> REASONS = List.of("not_json", "missing_field", "Out_of_range");

  /** A row of table artists, as far as the queries look at it. */
  record Row(
      String id,
      String name,
      List<String> genres,
      long followers,
      Integer popularity,
      Instant observedAt,
      long updateNumber,
      boolean late,
      boolean deleted) {}

  /** A row of table artist_rejects, likewise. */
  private record Reject(String reason, String message, Instant rejectedAt) {}

  final List<Row> rows = new ArrayList<>();

  private final List<Reject> rejects = new ArrayList<>();
  private final Random random = new Random(435);

  AwkwardWarehouse() {
    for (int artist = 0; artist < ARTISTS; artist++) {
      String id = IDS.get(artist % IDS.size());
      history(artist < IDS.size() ? id : id + artist / IDS.size());
    }
    TWINS.forEach(this::growth);
    Collections.shuffle(rows, random);
    for (int i = 0; i < REJECTS; i++) {
      Instant moment = MOMENTS.get(MOMENTS.size() - 1).minusMillis(random.nextInt(3));
      rejects.add(new Reject(any(REASONS), "row %s isn't right".formatted(i), moment));
    }
    Collections.shuffle(rejects, random);
  }

  /** Has the same rows in the opposite order from now on. */
  void turn() {
    Collections.reverse(rows);
    Collections.reverse(rejects);
  }

  private void history(String id) {
    Instant newest = Instant.MIN;
    int updates = 1 + random.nextInt(5);
    List<Instant> moments = new ArrayList<>();
    for (int i = 0; i < updates; i++) {
      moments.add(any(MOMENTS));
    }
    if (random.nextInt(3) > 0) {
      Collections.sort(moments);
    }
    for (int update = 1; update <= updates; update++) {
      Instant moment = moments.get(update - 1);
      boolean late = moment.isBefore(newest) || (moment.equals(newest) && random.nextBoolean());
      newest = late ? newest : moment;
      rows.add(
          new Row(
              id,
              "%s' \"%d\"".formatted(id, random.nextInt(3)),
              genres(),
              FOLLOWERS[random.nextInt(FOLLOWERS.length)],
              random.nextInt(4) == 0 ? null : 9 * random.nextInt(12),
              moment,
              update,
              late,
              update > 1 && random.nextInt(5) == 0));
    }
  }

  /**
   * Each has a genre of its own, and grows as the others do; of all genres they are 7th to 11th.
   */
  private void growth(String id) {
    List<String> genres = List.of("genre of " + id);
    Instant before = MOMENTS.get(0);
    Instant now = MOMENTS.get(MOMENTS.size() - 1);
    rows.add(new Row(id, id, genres, 20_000, 1, before, 1, false, false));
    rows.add(new Row(id, id, genres, 50_000, 1, now, 2, false, false));
  }

  private List<String> genres() {
    LinkedHashSet<String> genres = new LinkedHashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      genres.add(any(GENRES));
    }
    return List.copyOf(genres);
  }

  private <T> T any(List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }

  /** SELECT with all rows of table artists, without its partition column, for Trino. */
  String artists() {
    return rows.stream()
        .map(AwkwardWarehouse::values)
        .collect(
            Collectors.joining(
                ",\n",
                // once, and not in each row: Trino compiles what it casts
                "SELECT CAST(id AS varchar) AS id, CAST(name AS varchar) AS name,"
                    + " CAST(genres AS array(varchar)) AS genres,"
                    + " CAST(primary_genre AS varchar) AS primary_genre,"
                    + " CAST(NULL AS varchar) AS genre_family,"
                    + " CAST(followers AS bigint) AS followers,"
                    + " CAST(popularity AS integer) AS popularity,"
                    + " CAST('star' AS varchar) AS follower_tier,"
                    + " CAST(NULL AS bigint) AS previous_followers,"
                    + " CAST(NULL AS bigint) AS followers_delta,"
                    + " CAST(moment AS timestamp(3)) AS first_seen_at,"
                    + " CAST(moment AS timestamp(3)) AS observed_at,"
                    + " CAST(moment AS timestamp(3)) AS ingested_at,"
                    + " CAST(update_number AS bigint) AS update_number, late, deleted,"
                    + " CAST(NULL AS varchar) AS source FROM (VALUES\n",
                ") AS v(id, name, genres, primary_genre, followers, popularity, moment,"
                    + " update_number, late, deleted)"));
  }

  private static String values(Row row) {
    List<String> genres = row.genres().stream().map(DuckDbView::literal).toList();
    return "(%s, %s, ARRAY[%s], %s, %s, %s, %s, %s, %s, %s)"
        .formatted(
            DuckDbView.literal(row.id()),
            DuckDbView.literal(row.name()),
            String.join(", ", genres),
            genres.isEmpty() ? "NULL" : genres.get(0),
            row.followers(),
            row.popularity(),
            moment(row.observedAt()),
            row.updateNumber(),
            row.late(),
            row.deleted());
  }

  /**
   * The same of table artist_rejects, whose columns are the ones that the queries need: of the
   * others, the files have none yet.
   */
  String rejects() {
    return rejects.stream()
        .map(
            r ->
                "('%s', %s, %s)"
                    .formatted(r.reason(), DuckDbView.literal(r.message()), moment(r.rejectedAt())))
        .collect(
            Collectors.joining(
                ",\n",
                "SELECT CAST(reason AS varchar) AS reason, CAST(message AS varchar) AS message,"
                    + " CAST(moment AS timestamp(3)) AS rejected_at FROM (VALUES\n",
                ") AS v(reason, message, moment)"));
  }

  private static String moment(Instant moment) {
    return "TIMESTAMP '%s'".formatted(MOMENT.format(moment));
  }
}
