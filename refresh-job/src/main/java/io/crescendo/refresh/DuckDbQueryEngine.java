package io.crescendo.refresh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Answers queries with DuckDB, in this process, over local copies of the warehouse's objects.
 *
 * <p>Timestamps are UTC and have no zone, and partition columns are varchar, as in Athena. SQL
 * cannot reach files outside the copies.
 *
 * <p>Thread-safe; one query runs at a time. Closing it cancels that query.
 */
public final class DuckDbQueryEngine implements QueryEngine.WithValues {

  private static final Logger LOG = LoggerFactory.getLogger(DuckDbQueryEngine.class);
  private static final Duration CANCEL_AGAIN = Duration.ofMillis(20);

  private final RefreshSettings settings;
  private final LocalObjects objects;
  private final Path copies;
  private final boolean keepViews;
  private final ReentrantLock one = new ReentrantLock();
  private volatile Statement running;
  private volatile boolean closed;
  private Connection connection;
  private List<Catalog.Table> prepared;

  /**
   * An engine that starts with its first query.
   *
   * @param s3 client of the store that holds the warehouse; stays open
   * @param keepViews whether to work out {@link Views} once per catalog instead of in every query:
   *     right for many queries, wasteful for one
   */
  public DuckDbQueryEngine(S3Client s3, RefreshSettings settings, boolean keepViews, Clock clock) {
    this.settings = settings;
    this.copies = settings.workDirectory().toAbsolutePath().resolve("objects");
    this.objects = new LocalObjects(s3, settings.warehouseBucket(), copies, clock);
    this.keepViews = keepViews;
  }

  @Override
  public QueryResult query(Catalog catalog, Query query, Attempt attempt) {
    return query(catalog, query, List.of(), attempt);
  }

  @Override
  public QueryResult query(Catalog catalog, Query query, List<Object> values, Attempt attempt) {
    List<Catalog.Table> tables = KnownTables.with(catalog);
    one.lock();
    try {
      return answer(tables, query, values, attempt);
    } catch (RefreshException e) {
      if (closed || !(e.getCause() instanceof SQLException) || objects.complete(tables)) {
        throw e;
      }
      // another program, which works with a later catalog, has removed copies that this one reads
      prepared = null;
      return answer(tables, query, values, attempt);
    } finally {
      running = null;
      one.unlock();
    }
  }

  private QueryResult answer(
      List<Catalog.Table> tables, Query query, List<Object> values, Attempt attempt) {
    requireOpen(query, null);
    String sql = OneSelect.of(query);
    prepare(tables, query, attempt);
    requireOneSelect(sql, query);
    attempt.deadline().check("Query '%s' had".formatted(query.name()));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      running = statement;
      statement.setQueryTimeout(seconds(attempt));
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      try (ResultSet results = statement.executeQuery()) {
        return DuckDbRows.read(results, query.maxRows());
      }
    } catch (SQLTimeoutException e) {
      requireOpen(query, e);
      throw new DeadlineException(
          "Query '%s' still running after %s; it was cancelled and the run stops here"
              .formatted(query.name(), attempt.deadline().time()),
          e);
    } catch (SQLException e) {
      throw new QueryException(
          "Query '%s' failed: %s".formatted(query.name(), explain(e.getMessage())), e);
    }
  }

  private void requireOpen(Query query, SQLException cancellation) {
    if (closed) {
      throw new RefreshException(
          "Query '%s' has no answer: DuckDB was closed".formatted(query.name()), cancellation);
    }
  }

  /**
   * Holds the text against DuckDB's own parser: it knows quoting that {@link OneSelect} does not,
   * and would carry out what stands before the last statement.
   */
  private void requireOneSelect(String sql, Query query) {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT j ->> 'error_message', json_array_length(j, 'statements')"
                + " FROM (SELECT json_serialize_sql(CAST(? AS VARCHAR)) AS j) AS parsed")) {
      statement.setString(1, sql);
      try (ResultSet parsed = statement.executeQuery()) {
        parsed.next();
        String error = parsed.getString(1);
        if (error != null || parsed.getInt(2) != 1) {
          throw new QueryException(
              "Query '%s' must be one SELECT: %s; nothing was run"
                  .formatted(query.name(), error == null ? "got several statements" : error),
              null);
        }
      }
    } catch (SQLException e) {
      throw new QueryException(
          "Query '%s' could not be parsed: %s; nothing was run"
              .formatted(query.name(), e.getMessage()),
          e);
    }
  }

  private String explain(String message) {
    if (message == null || !message.startsWith("Catalog Error: Table")) {
      return message;
    }
    String names =
        Stream.concat(prepared.stream().map(Catalog.Table::name), Views.bundled().keySet().stream())
            .sorted()
            .collect(Collectors.joining(", "));
    return message.lines().findFirst().orElse("") + " Tables and views are " + names + ".";
  }

  private static int seconds(Attempt attempt) {
    return (int)
        Math.max(1, Math.min(Integer.MAX_VALUE, attempt.deadline().remaining().toSeconds()));
  }

  private void prepare(List<Catalog.Table> tables, Query query, Attempt attempt) {
    if (tables.equals(prepared)) {
      return;
    }
    try {
      if (connection == null) {
        connection = open();
      }
      objects.fetch(tables, attempt);
      prepared = null;
      try (Statement statement = connection.createStatement()) {
        running = statement;
        dropViews(statement);
        for (Catalog.Table table : tables) {
          statement.execute(DuckDbView.of(table, file -> objects.path(table, file)));
        }
        for (Map.Entry<String, String> view : Views.bundled().entrySet()) {
          statement.setQueryTimeout(seconds(attempt));
          statement.execute(
              "CREATE OR REPLACE %s %s AS %s"
                  .formatted(
                      keepViews ? "TABLE" : "VIEW",
                      DuckDbView.identifier(view.getKey()),
                      view.getValue()));
        }
      }
      prepared = tables;
      objects.removeUnused(tables);
    } catch (SQLTimeoutException e) {
      requireOpen(query, e);
      throw new DeadlineException(
          "Preparing the tables took longer than %s; no query was run"
              .formatted(attempt.deadline().time()),
          e);
    } catch (SQLException | IOException e) {
      throw new RefreshException(
          "The tables could not be prepared for queries in %s: %s; no query was run"
              .formatted(settings.workDirectory(), Reason.of(e)),
          e);
    }
  }

  private void dropViews(Statement statement) throws SQLException {
    for (String view : Views.bundled().keySet()) {
      statement.execute(
          "DROP %s IF EXISTS %s"
              .formatted(keepViews ? "TABLE" : "VIEW", DuckDbView.identifier(view)));
    }
  }

  private Connection open() throws SQLException, IOException {
    Files.createDirectories(copies);
    Path spill = settings.workDirectory().toAbsolutePath().resolve("spill");
    Connection opened = DuckDb.open(settings, spill);
    try (Statement statement = opened.createStatement()) {
      // copies never change, so a footer that was read once stays true
      statement.execute("SET parquet_metadata_cache = true");
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute(
          "SET allowed_directories = [%s]".formatted(DuckDbView.literal(copies + "/")));
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  @Override
  public void close() {
    closed = true;
    cancelUntilIdle();
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new RefreshException("DuckDB did not close: " + e.getMessage(), e);
    } finally {
      connection = null;
      prepared = null;
      one.unlock();
    }
  }

  /** Takes the lock. A cancellation that comes before a statement has begun is lost, so again. */
  private void cancelUntilIdle() {
    boolean interrupted = false;
    while (true) {
      try {
        if (one.tryLock(CANCEL_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
      cancel();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void cancel() {
    Statement statement = running;
    try {
      if (statement != null) {
        statement.cancel();
      }
    } catch (SQLException e) {
      LOG.debug("A statement that has ended meanwhile was not cancelled", e);
    }
  }
}
