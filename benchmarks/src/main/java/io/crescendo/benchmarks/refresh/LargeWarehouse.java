package io.crescendo.benchmarks.refresh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Locale;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Table artists as the sink would have landed it: files of equal size, each artist observed once a
 * day, some more followers each time, one to three of 400 genres.
 */
final class LargeWarehouse {

  private static final int OBSERVATIONS = 5;
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 11, 1);
  private static final String ROWS =
      """
      SELECT
        printf('artist%%010d', a) AS id,
        'Artist ' || a AS name,
        CASE h %% 4
          WHEN 0 THEN ['genre ' || (h %% 400)]
          WHEN 1 THEN ['genre ' || (h %% 400), 'genre ' || (h // 7 %% 400)]
          WHEN 2 THEN ['genre ' || (h %% 400), 'genre ' || (h // 7 %% 400), 'genre ' || (h // 11 %% 400)]
          ELSE CAST([] AS varchar[])
        END AS genres,
        CASE WHEN h %% 4 = 3 THEN NULL ELSE 'genre ' || (h %% 400) END AS primary_genre,
        'family ' || (h %% 20) AS genre_family,
        CAST(h %% 100000 * (h %% 97) + day * 10 AS bigint) AS followers,
        CAST(h %% 101 AS integer) AS popularity,
        'tier ' || (h %% 6) AS follower_tier,
        CAST(h %% 100000 * (h %% 97) + day * 10 - 10 AS bigint) AS previous_followers,
        CAST(10 AS bigint) AS followers_delta,
        TIMESTAMP '2026-11-01 00:00:00' AS first_seen_at,
        TIMESTAMP '2026-11-01 00:00:00' + to_days(CAST(day AS integer)) AS observed_at,
        TIMESTAMP '2026-11-01 00:00:00' + to_days(CAST(day AS integer)) AS ingested_at,
        day + 1 AS update_number,
        false AS late,
        false AS deleted,
        'artists.csv:' || i AS source
      FROM (
        SELECT i, i %% %1$s AS a, i // %1$s AS day,
          CAST(hash(i %% %1$s) %% 1000000007 AS bigint) AS h
        FROM range(%2$s, %3$s) AS t(i)
      )
      """;

  private final S3Client s3;
  private final Path scratch;
  private final long artists;
  private final long perFile;

  /**
   * A warehouse to be landed.
   *
   * @param rows rows of all files, before any is added
   * @param files their number
   */
  LargeWarehouse(S3Client s3, Path scratch, long rows, int files) {
    this.s3 = s3;
    this.scratch = scratch;
    this.artists = Math.max(1, rows / OBSERVATIONS);
    this.perFile = Math.max(1, rows / files);
  }

  /** Lands files, numbered from 0; gives their size in bytes. */
  long land(int from, int to) throws Exception {
    long bytes = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      for (int file = from; file < to; file++) {
        bytes += land(connection, file);
      }
    }
    return bytes;
  }

  private long land(Connection connection, int file) throws Exception {
    Path path = scratch.resolve("file.parquet");
    long first = file * perFile;
    write(connection, ROWS.formatted(artists, first, first + perFile), path);
    String key =
        String.format(
            Locale.ROOT,
            "tables/artists/dt=%s/artists+0+%010d.zstd.parquet",
            FIRST_DAY.plusDays(first / artists),
            first);
    s3.putObject(b -> b.bucket("warehouse").key(key), RequestBody.fromFile(path));
    return Files.size(path);
  }

  private static void write(Connection connection, String rows, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION zstd)".formatted(rows, file));
    }
  }
}
