package io.crescendo.refresh;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Typed SQL on what the warehouse holds at the moment. Each call looks for new objects first, and
 * writes nothing to the store.
 *
 * <p>Thread-safe.
 */
public final class WarehouseQueries implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WarehouseQueries.class);

  private final RefreshSettings settings;
  private final Crawler crawler;
  private final QueryEngine engine;
  private final Clock clock = Clock.systemUTC();

  /** Queries with local services. The client stays open. */
  public WarehouseQueries(S3Client s3, RefreshSettings settings) {
    this(
        settings,
        new FooterCrawler(s3, settings, Clock.systemUTC()),
        new DuckDbQueryEngine(s3, settings, false, Clock.systemUTC()));
  }

  /** Queries with these services, which are closed with this. */
  WarehouseQueries(RefreshSettings settings, Crawler crawler, QueryEngine engine) {
    this.settings = settings;
    this.crawler = crawler;
    this.engine = engine;
  }

  /**
   * Answers one SELECT.
   *
   * @param sql SQL on the tables of {@link KnownTables}, those found in the warehouse, and {@link
   *     Views}
   * @param maxRows rows after which the result is cut; 0 for no limit
   * @throws QueryException if the SQL is refused or fails
   * @throws RefreshException if the warehouse cannot be read
   */
  public QueryResult query(String sql, int maxRows) {
    Attempt attempt =
        new Attempt(RunHistory.newId(clock.instant()), Deadline.in(settings.deadline(), clock));
    return engine.query(crawler.look(attempt), Query.typed(sql, maxRows), attempt);
  }

  @Override
  public void close() {
    try (Crawler first = crawler;
        QueryEngine second = engine) {
      LOG.debug("Closing {} and {}", first, second);
    }
  }
}
