package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.csv.CsvPublisher;
import io.crescendo.csv.Progress;
import io.crescendo.csv.PublishOptions;
import io.crescendo.csv.ReadingOptions;
import io.crescendo.csv.Source;
import io.crescendo.csv.generate.ArtistFiles;
import io.crescendo.csv.generate.GeneratorSettings;
import io.crescendo.refresh.QueryResult;
import io.crescendo.refresh.RefreshSettings;
import io.crescendo.refresh.WarehouseQueries;
import io.crescendo.stack.cli.Crescendo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Kills the whole pipeline with -9 while it enriches and lands, and counts afterwards. */
class KillIT {

  private static final int ARTISTS_PER_FILE = 4_000;
  private static final double ROWS_PER_SECOND = 2_000;
  private static final int KILLS = 2;

  @TempDir private Path dir;
  private final Ports ports = Ports.anyFree();
  private final List<Path> files = new CopyOnWriteArrayList<>();

  @Test
  void losesNothingAndLandsNothingTwice() throws Exception {
    Process up = start(0);
    try {
      for (int kill = 1; kill <= KILLS; kill++) {
        long before = parquetFiles();
        AtomicBoolean killed = new AtomicBoolean();
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publishUntil(killed));
        Until.reached(() -> parquetFiles() > before);
        up.destroyForcibly().waitFor();
        killed.set(true);
        up = start(kill);
        publishing.handle((done, failure) -> null).join();
        // what the publisher gave up when its broker went away, if it did
        files.forEach(file -> publish(file, 0));
      }
    } finally {
      up.destroyForcibly().waitFor();
    }

    try (Pipeline pipeline = Pipeline.start(PipelineSettings.impatient(data(), ports));
        Positions positions = pipeline.positions()) {
      Until.reached(positions::allEnriched);
      Until.reached(positions::allLanded);
      assertEveryRowOnce(pipeline);
      pipeline.warehouse().refresh();
      assertThat(pipeline.warehouse().results().get("totals").value(0, "artists"))
          .isEqualTo(artists());
      assertTotalsAreThoseOfTheArtists(pipeline);
    }
  }

  private void assertEveryRowOnce(Pipeline pipeline) {
    QueryResult rows =
        query(pipeline, "SELECT count(*) AS landed, count(DISTINCT source) AS lines FROM artists");
    assertThat(rows.value(0, "landed")).isEqualTo(artists());
    assertThat(rows.value(0, "lines")).isEqualTo(artists());
  }

  /**
   * The streams app's last totals of every genre, against the same sums over the artists that
   * landed.
   */
  private void assertTotalsAreThoseOfTheArtists(Pipeline pipeline) {
    QueryResult different =
        query(
            pipeline,
            """
            SELECT t.genre, t.artists, t.followers, s.artists, s.followers
            FROM (
              SELECT genre, max(artists) AS artists, max_by(followers, artists) AS followers
              FROM genre_followers GROUP BY genre
            ) AS t
            FULL JOIN (
              SELECT genre, count(*) AS artists, sum(followers) AS followers
              FROM artist_genres GROUP BY genre
            ) AS s ON s.genre = t.genre
            WHERE t.artists IS DISTINCT FROM s.artists OR t.followers IS DISTINCT FROM s.followers
            """);
    assertThat(different.rows()).isEmpty();
  }

  private QueryResult query(Pipeline pipeline, String sql) {
    try (S3Client s3 = pipeline.stack().s3Client();
        WarehouseQueries queries =
            new WarehouseQueries(s3, RefreshSettings.defaults(dir.resolve("work")))) {
      return queries.query(sql, 0);
    }
  }

  private long artists() {
    return (long) files.size() * ARTISTS_PER_FILE;
  }

  /** One file after the other, so that there is always something to enrich and to land. */
  private void publishUntil(AtomicBoolean killed) {
    while (!killed.get()) {
      files.add(generate(files.size()));
      publish(files.get(files.size() - 1), ROWS_PER_SECOND);
    }
  }

  private Path generate(int number) {
    try {
      Path own = Files.createDirectory(dir.resolve("generated-" + number));
      GeneratorSettings settings =
          new GeneratorSettings(ARTISTS_PER_FILE, number, 0, Instant.now());
      Path file = ArtistFiles.generate(settings, own).get(0).path();
      // rows are counted by file and line
      return Files.move(file, dir.resolve("artists-%d.csv".formatted(number)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void publish(Path file, double rowsPerSecond) {
    Map<String, Object> properties = Map.of("bootstrap.servers", "127.0.0.1:" + ports.kafka());
    try (CsvPublisher publisher = new CsvPublisher(properties, Progress.NONE)) {
      publisher.publish(
          Source.file(file), new PublishOptions(ReadingOptions.AUTOMATIC, false, rowsPerSecond, 1));
    }
  }

  private Process start(int attempt) throws IOException {
    Path out = dir.resolve("up-%d.out".formatted(attempt));
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx400m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Crescendo.class.getName(),
                    "up",
                    "--data-dir",
                    data().toString(),
                    "--kafka-port",
                    Integer.toString(ports.kafka()),
                    "--s3-port",
                    Integer.toString(ports.s3()),
                    "--connect-port",
                    Integer.toString(ports.connect()),
                    "--page-port",
                    Integer.toString(ports.page())))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      Until.reached(() -> !process.isAlive() || read(out).contains("Up after"));
      assertThat(process.isAlive()).isTrue();
    } catch (AssertionError e) {
      process.destroyForcibly();
      throw new AssertionError(read(out) + "\n" + read(data().resolve("crescendo.log")), e);
    }
    return process;
  }

  private Path data() {
    return dir.resolve("data");
  }

  private long parquetFiles() {
    Path tables = data().resolve("s3/warehouse/tables");
    if (!Files.isDirectory(tables)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(tables)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      return 0; // a temporary file went away while we were looking
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
