package io.crescendo.refresh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Writes the rows of a day's small objects into few large ones, and then the manifest that lets
 * them stand for the small ones. Whatever dies before the manifest leaves objects that stand for
 * nothing; of two that do the same at once, the second finds the manifest's number taken, and
 * removes what it wrote.
 */
final class Compactor {

  private static final int SMALL = 2;

  private final S3Client s3;
  private final RefreshSettings settings;
  private final Compacted compacted;
  private final FooterCrawler crawler;
  private final Clock clock;
  private final long targetBytes;

  /**
   * A compactor of the settings' warehouse.
   *
   * @param targetBytes bytes of small objects that go into one large one
   */
  Compactor(S3Client s3, RefreshSettings settings, long targetBytes, Clock clock) {
    this.s3 = s3;
    this.settings = settings;
    this.targetBytes = targetBytes;
    this.clock = clock;
    this.compacted = new Compacted(s3, settings);
    this.crawler = new FooterCrawler(s3, settings, clock);
  }

  /**
   * Compacts each day of each table that has at least two small objects.
   *
   * @param before days before this one
   * @param say takes a line for each day that is compacted
   * @return how many days were compacted
   */
  int compact(LocalDate before, Attempt attempt, Consumer<String> say) {
    int days = 0;
    Map<String, Integer> numbers = new TreeMap<>();
    for (Catalog.Table table : crawler.look(attempt).tables()) {
      String name = folder(table);
      for (String day : small(table, before).keySet()) {
        String folder = compacted.folder(name, day);
        numbers.put(folder, compacted.next(folder));
      }
    }
    // Looked at again: what another compaction covered before the numbers were taken is known now,
    // and one that comes later takes a number away.
    for (Catalog.Table table : crawler.look(attempt).tables()) {
      for (Map.Entry<String, List<Catalog.DataFile>> day : small(table, before).entrySet()) {
        String folder = compacted.folder(folder(table), day.getKey());
        Integer number = numbers.get(folder);
        if (number != null && compact(table, day.getValue(), folder, number, attempt, say)) {
          days++;
        }
      }
    }
    return days;
  }

  private static String folder(Catalog.Table table) {
    String[] parts = table.location().split("/");
    return parts[parts.length - 1];
  }

  private Map<String, List<Catalog.DataFile>> small(Catalog.Table table, LocalDate before) {
    String tables = settings.tablesPrefix() + "/";
    Map<String, List<Catalog.DataFile>> days = new TreeMap<>();
    if (table.partitionedBy().equals(List.of("dt"))) {
      table.files().stream()
          .filter(f -> f.key().startsWith(tables) && closed(f.partition().get("dt"), before))
          .forEach(
              f -> days.computeIfAbsent(f.partition().get("dt"), d -> new ArrayList<>()).add(f));
    }
    days.values().removeIf(files -> files.size() < SMALL);
    return days;
  }

  private static boolean closed(String day, LocalDate before) {
    try {
      return LocalDate.parse(day).isBefore(before);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private boolean compact(
      Catalog.Table table,
      List<Catalog.DataFile> sources,
      String folder,
      int number,
      Attempt attempt,
      Consumer<String> say) {
    List<String> written = new ArrayList<>();
    // objects that a manifest names, or may name, stay
    boolean mayHold = false;
    try {
      for (List<Catalog.DataFile> group : groups(sources)) {
        attempt.deadline().check("Compacting s3://%s had".formatted(settings.warehouseBucket()));
        String key = "%s%s-%d.parquet".formatted(folder, attempt.run(), written.size());
        written.add(key);
        write(table, group, key, attempt);
      }
      mayHold = true;
      mayHold =
          compacted.create(
              folder,
              number,
              new Compacted.Manifest(
                  folder(table),
                  sources.get(0).partition(),
                  sources.stream().map(f -> new Compacted.Source(f.key(), f.etag())).toList(),
                  written,
                  attempt.run(),
                  clock.instant()));
    } finally {
      if (!mayHold) {
        compacted.delete(written);
      }
    }
    say.accept(
        mayHold
            ? "%s: %d objects, now read from %d".formatted(folder, sources.size(), written.size())
            : "%s: another compaction was faster; left alone".formatted(folder));
    return mayHold;
  }

  private List<List<Catalog.DataFile>> groups(List<Catalog.DataFile> files) {
    List<List<Catalog.DataFile>> groups = new ArrayList<>();
    long bytes = 0;
    for (Catalog.DataFile file : files) {
      if (groups.isEmpty() || bytes + file.bytes() > targetBytes) {
        groups.add(new ArrayList<>());
        bytes = 0;
      }
      groups.get(groups.size() - 1).add(file);
      bytes += file.bytes();
    }
    return groups;
  }

  private void write(
      Catalog.Table table, List<Catalog.DataFile> group, String key, Attempt attempt) {
    Catalog.Table part =
        new Catalog.Table(
            table.name(), table.location(), table.columns(), table.partitionedBy(), group, 0, 0);
    Path directory = null;
    try {
      // of its own, so that it can go at once: a table's whole past would not fit the disk
      directory = Files.createTempDirectory(settings.workDirectory().toAbsolutePath(), "compact-");
      LocalObjects objects =
          new LocalObjects(s3, settings.warehouseBucket(), directory.resolve("objects"), clock);
      objects.fetch(List.of(part), attempt);
      Path file = directory.resolve("rows.parquet");
      long rows = copy(part, objects, file, attempt.deadline());
      long expected = group.stream().mapToLong(Catalog.DataFile::rows).sum();
      if (rows != expected) {
        throw new RefreshException(
            "%s would hold %d rows where its sources hold %d; nothing was compacted"
                .formatted(key, rows, expected));
      }
      s3.putObject(
          b ->
              b.bucket(settings.warehouseBucket())
                  .key(key)
                  .ifNoneMatch("*")
                  .overrideConfiguration(AwsClients.within(attempt.deadline())),
          RequestBody.fromFile(file));
    } catch (SQLTimeoutException | ApiCallTimeoutException e) {
      throw attempt.deadline().passed("Compacting %s had".formatted(key), e);
    } catch (IOException | SQLException e) {
      throw new RefreshException(
          "%s could not be written: %s; nothing was compacted".formatted(key, e.getMessage()), e);
    } finally {
      deleteQuietly(directory);
    }
  }

  /** Gives the number of rows. */
  private long copy(Catalog.Table part, LocalObjects objects, Path file, Deadline deadline)
      throws SQLException {
    String source =
        "read_parquet([%s], union_by_name = true, hive_partitioning = false)"
            .formatted(
                part.files().stream()
                    .map(f -> DuckDbView.literal(objects.path(part, f).toString()))
                    .collect(Collectors.joining(", ")));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET memory_limit = '%dMB'".formatted(settings.memoryMegabytes()));
      statement.execute("SET threads = %d".formatted(settings.threads()));
      // whole seconds, and 0 would be no limit
      statement.setQueryTimeout(Math.toIntExact(1 + deadline.remaining().toSeconds()));
      return statement.executeUpdate(
          "COPY (SELECT %s FROM %s) TO %s (FORMAT parquet, COMPRESSION zstd)"
              .formatted(
                  columns(statement, source, part), source, DuckDbView.literal(file.toString())));
    }
  }

  /** The columns that the files have; timestamps stay as exact as the table's. */
  private static String columns(Statement statement, String source, Catalog.Table part)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet found = statement.executeQuery("DESCRIBE SELECT * FROM " + source)) {
      while (found.next()) {
        String name = found.getString("column_name");
        boolean millis = part.columns().contains(new Column(name, "timestamp(3)"));
        String quoted = DuckDbView.identifier(name);
        columns.add(
            millis
                ? "CAST(CAST(%1$s AS TIMESTAMP) AS TIMESTAMP_MS) AS %1$s".formatted(quoted)
                : quoted);
      }
    }
    return String.join(", ", columns);
  }

  private static void deleteQuietly(Path directory) {
    if (directory == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // a failure that led here is the one to report; temporary files are the system's to remove
    }
  }
}
