package io.crescendo.refresh;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Writes the rows of a day's objects into few large ones, and then the manifest that lets them
 * stand for the small ones. Whatever dies before the manifest leaves objects that stand for
 * nothing, which a later compaction removes; of two that do the same at once, the second finds the
 * manifest's number taken, and removes what it wrote.
 *
 * <p>Each manifest is of the whole day, with the rows of the one before it, so that one folder
 * holds all of a day: a catalog that knows places and not objects can be pointed at it.
 */
final class Compactor {

  private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);
  private static final int FEW = 2;

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

  /** A day of a table: the objects that its rows are read from, and the small ones behind them. */
  private record Day(
      Catalog.Table table,
      String folder,
      int number,
      List<Catalog.DataFile> files,
      List<Compacted.Source> sources) {}

  /**
   * Compacts each day of each table that is read from at least two objects, one of them small.
   *
   * @param before days before this one
   * @param say takes a line for each day that is compacted
   * @return how many days were compacted
   * @throws RefreshException if some could not be, after the others were
   */
  int compact(LocalDate before, Attempt attempt, Consumer<String> say) {
    // Numbers first: what another compaction covered before is known to the look, and one that
    // comes
    // later takes a number away.
    Compacted.Listing listing = compacted.list(attempt.deadline());
    List<String> orphans = listing.orphans();
    compacted.delete(orphans, attempt.deadline());
    if (!orphans.isEmpty()) {
      LOG.info("Removed {} objects that earlier compactions left behind", orphans.size());
    }
    int compactions = 0;
    List<RefreshException> failures = new ArrayList<>();
    try (Scratch scratch = Scratch.in(settings.workDirectory().toAbsolutePath(), clock)) {
      for (Day day : days(before, listing, crawler.see(attempt))) {
        try {
          if (compact(day, scratch, attempt, say)) {
            compactions++;
          }
        } catch (DeadlineException e) {
          throw e;
        } catch (RefreshException e) {
          failures.add(e);
          say.accept("%s: left as it is: %s".formatted(day.folder(), e.getMessage()));
        }
      }
    } catch (IOException e) {
      throw new RefreshException(
          "%s cannot be used: %s; nothing was compacted"
              .formatted(settings.workDirectory(), Reason.of(e)),
          e);
    }
    if (!failures.isEmpty()) {
      RefreshException first = failures.get(0);
      throw new RefreshException(
          "%s days were compacted, and %s could not be; the first: %s"
              .formatted(compactions, failures.size(), first.getMessage()),
          first);
    }
    return compactions;
  }

  private List<Day> days(LocalDate before, Compacted.Listing listing, FooterCrawler.Seen seen) {
    List<Day> days = new ArrayList<>();
    for (Catalog.Table table : seen.catalog().tables()) {
      if (!table.partitionedBy().equals(List.of("dt"))) {
        continue;
      }
      Map<String, List<Catalog.DataFile>> byDay =
          table.files().stream()
              .collect(
                  Collectors.groupingBy(
                      f -> f.partition().get("dt"), TreeMap::new, Collectors.toList()));
      byDay.forEach(
          (day, files) -> {
            if (closed(day, before)
                && files.size() >= FEW
                && files.stream().anyMatch(this::small)) {
              String folder = compacted.folder(table.folder(), day);
              days.add(
                  new Day(
                      table,
                      folder,
                      listing.next(folder),
                      files,
                      sources(table, files, seen.compacted())));
            }
          });
    }
    return days;
  }

  private boolean small(Catalog.DataFile file) {
    return file.key().startsWith(settings.tablesPrefix() + "/");
  }

  /** The small objects themselves, and those that the large ones stand for. */
  private List<Compacted.Source> sources(
      Catalog.Table table, List<Catalog.DataFile> files, Compacted.View view) {
    List<Compacted.Source> sources = new ArrayList<>();
    view.holding().stream()
        .filter(m -> m.folder().equals(table.folder()))
        .filter(m -> m.partition().equals(files.get(0).partition()))
        .forEach(m -> sources.addAll(m.sources()));
    files.stream()
        .filter(this::small)
        .forEach(f -> sources.add(new Compacted.Source(f.key(), f.etag())));
    return sources;
  }

  private static boolean closed(String day, LocalDate before) {
    try {
      return LocalDate.parse(day).isBefore(before);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private boolean compact(Day day, Scratch scratch, Attempt attempt, Consumer<String> say) {
    String objects = Compacted.objects(day.folder(), day.number(), attempt.run());
    List<String> written = new ArrayList<>();
    // objects that a manifest names, or may name, stay
    boolean mayHold = false;
    try {
      for (List<Catalog.DataFile> group : groups(day.files())) {
        attempt.deadline().check("Compacting s3://%s had".formatted(settings.warehouseBucket()));
        String key = "%s%s.parquet".formatted(objects, written.size());
        written.add(key);
        write(day.table().with(group), key, scratch, attempt);
      }
      mayHold = true;
      mayHold =
          compacted.create(
              day.folder(),
              day.number(),
              new Compacted.Manifest(
                  day.table().folder(),
                  day.files().get(0).partition(),
                  day.sources(),
                  written,
                  attempt.run(),
                  clock.instant()),
              attempt.deadline());
    } finally {
      if (!mayHold) {
        remove(written, attempt);
      }
    }
    say.accept(
        mayHold
            ? "%s: %s objects, now read from %s"
                .formatted(day.folder(), day.files().size(), written.size())
            : "%s: another compaction was faster; left alone".formatted(day.folder()));
    return mayHold;
  }

  private void remove(List<String> written, Attempt attempt) {
    try {
      compacted.delete(written, attempt.deadline());
    } catch (SdkException | RefreshException e) {
      LOG.info("{} stay until the day is compacted again: {}", written, Reason.of(e));
    }
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

  private void write(Catalog.Table part, String key, Scratch scratch, Attempt attempt) {
    try {
      LocalObjects objects =
          new LocalObjects(
              s3, settings.warehouseBucket(), scratch.path().resolve("objects"), clock);
      objects.fetch(List.of(part), attempt);
      Path file = scratch.path().resolve("rows.parquet");
      long rows = copy(part, objects, file, scratch.path().resolve("spill"), attempt.deadline());
      long expected = part.files().stream().mapToLong(Catalog.DataFile::rows).sum();
      if (rows != expected) {
        throw new RefreshException(
            "%s would hold %s rows where its sources hold %s; nothing was compacted"
                .formatted(key, rows, expected));
      }
      requireColumns(part, key, file);
      BoundedS3.within(attempt.deadline(), s3)
          .putObject(
              b -> b.bucket(settings.warehouseBucket()).key(key).ifNoneMatch("*"),
              RequestBody.fromFile(file));
    } catch (SQLTimeoutException e) {
      throw attempt.deadline().passed("Compacting %s had".formatted(key), e);
    } catch (SQLException e) {
      throw new RefreshException(
          "%s could not be written: %s; nothing was compacted".formatted(key, e.getMessage()), e);
    } finally {
      // at once: a table's whole past would not fit the disk
      scratch.empty();
    }
  }

  /**
   * The engine writes some types as others. What does not fit beside the small objects would have
   * every crawl fail from then on.
   */
  private static void requireColumns(Catalog.Table part, String key, Path file) {
    TableColumns columns =
        new TableColumns(part.name(), part.partitionedBy(), "nothing was compacted");
    columns.add(part.columns(), "the small objects");
    try {
      columns.add(FooterBytes.of(file).columns(), key);
    } catch (IOException e) {
      throw new RefreshException(
          "%s could not be read again: %s; nothing was compacted".formatted(key, Reason.of(e)), e);
    }
  }

  /** Gives the number of rows. */
  private long copy(
      Catalog.Table part, LocalObjects objects, Path file, Path spill, Deadline deadline)
      throws SQLException {
    String source =
        "read_parquet([%s], union_by_name = true, hive_partitioning = false)"
            .formatted(
                part.files().stream()
                    .map(f -> DuckDbView.literal(objects.path(part, f).toString()))
                    .collect(Collectors.joining(", ")));
    try (Connection connection = DuckDb.open(settings, spill);
        Statement statement = connection.createStatement()) {
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
        if (found.getString("column_type").equals("\"NULL\"")) {
          // no value, and no type: the engine would make up one
          continue;
        }
        boolean millis =
            part.columns().stream()
                .anyMatch(c -> c.name().equalsIgnoreCase(name) && c.type().equals("timestamp(3)"));
        String quoted = DuckDbView.identifier(name);
        columns.add(
            millis
                ? "CAST(CAST(%1$s AS TIMESTAMP) AS TIMESTAMP_MS) AS %1$s".formatted(quoted)
                : quoted);
      }
    }
    return String.join(", ", columns);
  }
}
