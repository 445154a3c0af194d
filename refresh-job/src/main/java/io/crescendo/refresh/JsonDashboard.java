package io.crescendo.refresh;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The dashboard of the built-in page: one JSON document per query and run in the results bucket,
 * and an index of the run. The index is written last, so a viewer sees all of a run or all of the
 * one before.
 *
 * <p>The run to show is the newest that has an index. As each run writes and removes nothing but
 * what is its own or older, or later than any clock that may be right, a run that outlived its
 * lease cannot take a newer one's place.
 */
public final class JsonDashboard implements Dashboard {

  private static final Logger LOG = LoggerFactory.getLogger(JsonDashboard.class);
  private static final String INDEXES = "dashboard/index/";
  private static final String RUNS = "dashboard/runs/";
  private static final String SUFFIX = ".json";

  private final ResultsBucket results;
  private final Clock clock;

  /**
   * A dashboard in the settings' results bucket.
   *
   * @param s3 client of the store that holds it; stays open
   */
  public JsonDashboard(S3Client s3, RefreshSettings settings, Clock clock) {
    this.results = new ResultsBucket(s3, settings.resultsBucket());
    this.clock = clock;
  }

  /**
   * What the page reads first.
   *
   * @param run run to show
   * @param refreshedAt when it was ready
   * @param queries names of its queries
   * @param tables size of its tables
   * @param explorable whether its catalog is kept and lists files, so that the page can answer more
   *     than the run asked
   */
  record Index(
      String run,
      Instant refreshedAt,
      List<String> queries,
      List<RunRecord.TableRows> tables,
      boolean explorable) {}

  /** A query with its rows. */
  record Document(
      String run,
      String name,
      String title,
      String description,
      Query.Chart chart,
      String sql,
      List<Column> columns,
      List<List<Object>> rows) {}

  static String indexKey(String run) {
    return INDEXES + run + SUFFIX;
  }

  /** The run to show; nothing before the first. */
  static Optional<String> shown(ResultsBucket results) {
    List<String> runs = indexed(results);
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
  }

  /** Runs that have an index, oldest first. Ids sort by start. */
  private static List<String> indexed(ResultsBucket results) {
    return results.keys(INDEXES, "").stream()
        // some stores list what they are still writing under a longer name
        .filter(k -> k.endsWith(SUFFIX))
        .map(k -> k.substring(INDEXES.length(), k.length() - SUFFIX.length()))
        .toList();
  }

  static String key(String run, String query) {
    return RUNS + run + "/" + query + SUFFIX;
  }

  /** Key of a run's catalog. No query has a '+' in its name. */
  static String catalogKey(String run) {
    return RUNS + run + "/+catalog.json";
  }

  @Override
  public List<RunRecord.Dropped> refresh(Attempt attempt, Catalog catalog, List<Answer> answers) {
    ResultsBucket bucket = results.within(attempt.deadline());
    String previous = "";
    try {
      previous =
          indexed(bucket).stream()
              .filter(run -> run.compareTo(attempt.run()) < 0)
              .reduce("", (older, newer) -> newer);
      InParallel.forEach(
          answers,
          answer -> {
            attempt.deadline().check("Writing the dashboard had");
            bucket.put(
                key(attempt.run(), answer.query().name()),
                Json.text(document(attempt.run(), answer)));
          });
      boolean explorable = catalog.tables().stream().anyMatch(t -> !t.files().isEmpty());
      if (explorable) {
        bucket.put(catalogKey(attempt.run()), Json.text(catalog));
      }
      Index index =
          new Index(
              attempt.run(),
              clock.instant(),
              answers.stream().map(a -> a.query().name()).toList(),
              KnownTables.with(catalog).stream().map(RunRecord.TableRows::of).toList(),
              explorable);
      bucket.put(indexKey(attempt.run()), Json.text(index));
      removeAheadOf(clock.instant().plus(RefreshJob.SPARE), attempt.run(), bucket);
      String shown = shown(bucket).orElseThrow();
      if (!shown.equals(attempt.run())) {
        throw new RefreshException(
            "Run '%s' is newer, and the dashboard shows it already; it goes on doing so"
                .formatted(shown));
      }
    } catch (SdkException e) {
      throw new RefreshException(
          "The dashboard could not be written to %s: %s; it shows run '%s'"
              .formatted(results, Reason.of(e), previous),
          e);
    }
    removeBefore(previous.isEmpty() ? attempt.run() : previous, bucket);
    return List.of();
  }

  private static Document document(String run, Answer answer) {
    Query query = answer.query();
    return new Document(
        run,
        query.name(),
        query.title(),
        query.description(),
        query.chart(),
        query.sql(),
        answer.result().columns(),
        answer.result().rows());
  }

  /**
   * Takes back what a machine wrote whose clock was ahead of this one's: it would stay the newest
   * until that time comes. The clocks of programs that may hold the lease differ by less.
   */
  private static void removeAheadOf(Instant latest, String own, ResultsBucket bucket) {
    List<String> ahead = new ArrayList<>(indexed(bucket));
    ahead.removeIf(
        run -> run.equals(own) || RunHistory.start(run).filter(latest::isBefore).isEmpty());
    for (String run : ahead) {
      LOG.warn(
          "Run '{}' in {} is later than this machine's clock; the dashboard shows it no more",
          run,
          bucket);
    }
    bucket.delete(ahead.stream().map(JsonDashboard::indexKey).toList());
  }

  /**
   * The run before stays for viewers that are reading it. What cannot be removed is removed after
   * the next run: viewers see this one already.
   */
  private static void removeBefore(String run, ResultsBucket bucket) {
    try {
      List<String> old = new ArrayList<>(bucket.keys(INDEXES, ""));
      old.removeIf(k -> k.compareTo(indexKey(run)) >= 0);
      bucket.keys(RUNS, "").stream()
          .filter(k -> k.compareTo(RUNS + run + "/") < 0)
          .forEach(old::add);
      bucket.delete(old);
    } catch (SdkException | RefreshException e) {
      LOG.warn("Documents of runs before '{}' stay in {} for now: {}", run, bucket, Reason.of(e));
    }
  }
}
