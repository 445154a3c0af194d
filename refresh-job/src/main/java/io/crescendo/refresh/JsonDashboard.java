package io.crescendo.refresh;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The dashboard of the built-in page: one JSON document per query and run in the results bucket,
 * and an index that names the run to show. The index is written last, so a viewer sees all of a run
 * or all of the one before.
 */
public final class JsonDashboard implements Dashboard {

  static final String INDEX = "dashboard/index.json";
  private static final String RUNS = "dashboard/runs/";

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

  static String key(String run, String query) {
    return RUNS + run + "/" + query + ".json";
  }

  /** Key of a run's catalog. No query has a '+' in its name. */
  static String catalogKey(String run) {
    return RUNS + run + "/+catalog.json";
  }

  @Override
  public List<RunRecord.Dropped> refresh(Attempt attempt, Catalog catalog, List<Answer> answers) {
    String previous = "";
    try {
      previous = results.get(INDEX).map(json -> Json.read(json, Index.class).run()).orElse("");
      InParallel.forEach(
          answers,
          answer -> {
            attempt.deadline().check("Writing the dashboard had");
            results.put(
                key(attempt.run(), answer.query().name()),
                Json.text(document(attempt.run(), answer)));
          });
      boolean explorable = catalog.tables().stream().anyMatch(t -> !t.files().isEmpty());
      if (explorable) {
        results.put(catalogKey(attempt.run()), Json.text(catalog));
      }
      attempt.deadline().check("Writing the dashboard had");
      Index index =
          new Index(
              attempt.run(),
              clock.instant(),
              answers.stream().map(a -> a.query().name()).toList(),
              KnownTables.with(catalog).stream().map(RunRecord.TableRows::of).toList(),
              explorable);
      results.put(INDEX, Json.text(index));
      removeOld(attempt.run(), previous);
      return List.of();
    } catch (SdkException e) {
      throw new RefreshException(
          "The dashboard could not be written to %s: %s; it shows run '%s'"
              .formatted(results, Reason.of(e), previous),
          e);
    }
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

  /** The run before stays for viewers that are reading it. */
  private void removeOld(String run, String previous) {
    results.delete(
        results.keys(RUNS, "").stream()
            .filter(k -> !k.startsWith(RUNS + run + "/"))
            .filter(k -> previous.isEmpty() || !k.startsWith(RUNS + previous + "/"))
            .toList());
  }
}
