package io.crescendo.refresh;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of one run, in order, up to the first failure. */
final class RunSteps {

  private static final Logger LOG = LoggerFactory.getLogger(RefreshJob.class);

  private final RefreshJob.Services services;
  private final List<Query> queries;
  private final RunPlan plan;
  private final RunHistory history;
  private final Poller poller;
  private final RunLog log;
  private final Deadline deadline;
  private final Clock clock;
  private final Map<Step, Deadline> deadlines = new EnumMap<>(Step.class);
  private final List<Dashboard.Answer> answers = new ArrayList<>();
  private Outcome onFailure = Outcome.CRAWL_FAILED;

  /**
   * The steps of a run that begins now.
   *
   * @param history where the rows of the run before are
   * @param poller how long to pause before a step is tried again
   */
  RunSteps(
      RefreshJob.Services services,
      List<Query> queries,
      RunPlan plan,
      RunHistory history,
      Poller poller,
      RunLog log,
      Deadline deadline) {
    this.services = services;
    this.queries = queries;
    this.plan = plan;
    this.history = history;
    this.poller = poller;
    this.log = log;
    this.deadline = deadline;
    this.clock = deadline.clock();
  }

  /** Data are not as the thresholds demand. */
  private static final class ChecksFailed extends RefreshException {
    ChecksFailed(String message) {
      super(message);
    }
  }

  /** Carries them out and gives the record, whatever happened but an {@link Error}. */
  RunRecord carryOut() {
    try {
      Catalog catalog = catalog();
      onFailure = Outcome.QUERY_FAILED;
      if (plan.has(Step.check)) {
        check(catalog);
      }
      if (plan.has(Step.query)) {
        ask(catalog);
      }
      onFailure = Outcome.DASHBOARD_FAILED;
      if (plan.has(Step.dashboard)) {
        show(catalog);
      }
      return log.end();
    } catch (DeadlineException e) {
      return log.end(Outcome.DEADLINE_EXCEEDED, log.lastStep(), Reason.of(e));
    } catch (ChecksFailed e) {
      return log.end(Outcome.CHECKS_FAILED, log.lastStep(), Reason.of(e));
    } catch (RuntimeException e) {
      LOG.debug("Run {} failed in step '{}'", log.run(), log.lastStep(), e);
      return failed(e);
    }
  }

  /** The record of a run that ended with this in its last step. */
  RunRecord failed(Throwable failure) {
    return log.end(onFailure, log.lastStep(), Reason.of(failure));
  }

  /** Rows of every query, by query name, in order; none before they were asked. */
  Map<String, QueryResult> results() {
    Map<String, QueryResult> byName = new LinkedHashMap<>();
    answers.forEach(a -> byName.put(a.query().name(), a.result()));
    return java.util.Collections.unmodifiableMap(byName);
  }

  private Catalog catalog() {
    Crawler crawler = services.crawler();
    Catalog catalog =
        plan.has(Step.crawl)
            ? step(Step.crawl, "crawl", crawler::crawl)
            : step(Step.crawl, "catalog", crawler::last);
    log.tables(KnownTables.with(catalog).stream().map(RunRecord.TableRows::of).toList());
    return catalog;
  }

  private void check(Catalog catalog) {
    List<String> failed =
        step(
            Step.check,
            "check",
            attempt -> {
              Instant now = clock.instant();
              Query question = Landed.query(now);
              QueryResult answer = services.engine().query(catalog, question, attempt);
              Landed landed = Landed.of(answer);
              log.tables(compared(landed));
              RunRecord.Freshness freshness = landed.freshness(now);
              List<RunRecord.Check> checks = Checks.of(plan.thresholds(), freshness, log.tables());
              log.checked(freshness, checks);
              answers.add(new Dashboard.Answer(question, answer));
              return checks.stream()
                  .filter(c -> !c.passed())
                  .map(RunRecord.Check::message)
                  .toList();
            });
    if (!failed.isEmpty()) {
      throw new ChecksFailed(
          String.join("; ", failed) + "; no query was run, and the dashboard shows the run before");
    }
  }

  /** The tables with their rows in the run before, and those that are gone since. */
  private List<RunRecord.TableRows> compared(Landed landed) {
    Map<String, Long> before = new LinkedHashMap<>();
    // without step check, a record has the rows that the crawl states, which Glue only estimates
    history
        .lastChecked()
        .ifPresent(run -> run.tables().forEach(t -> before.put(t.name(), t.rows())));
    List<RunRecord.TableRows> compared = new ArrayList<>();
    for (RunRecord.TableRows table : log.tables()) {
      compared.add(landed.with(table, before.remove(table.name())));
    }
    before.forEach(
        (gone, rows) -> compared.add(new RunRecord.TableRows(gone, 0, 0, 0, rows, null)));
    return compared;
  }

  private void ask(Catalog catalog) {
    for (Query query : queries) {
      answers.add(
          new Dashboard.Answer(
              query,
              step(
                  Step.query,
                  "query " + query.name(),
                  attempt -> services.engine().query(catalog, query, attempt))));
    }
  }

  private void show(Catalog catalog) {
    log.dropped(
        step(
            Step.dashboard,
            "dashboard",
            attempt -> services.dashboard().refresh(attempt, catalog, answers)));
  }

  private <T> T step(Step step, String name, Function<Attempt, T> work) {
    Deadline until =
        deadlines.computeIfAbsent(
            step,
            s ->
                plan.deadlines().containsKey(s)
                    ? deadline.of("step '%s'".formatted(s), plan.deadlines().get(s))
                    : deadline);
    return log.time(name, () -> tried(step, name, work, until));
  }

  private <T> T tried(Step step, String name, Function<Attempt, T> work, Deadline until) {
    for (int number = 1; ; number++) {
      try {
        return work.apply(new Attempt(log.run(), number, until));
      } catch (DeadlineException e) {
        throw e;
      } catch (RuntimeException e) {
        if (number > plan.retries().getOrDefault(step, 0)) {
          throw e;
        }
        log.triesAgain(name, e);
        poller.pauseAfter(
            number, until, "Step '%s', which failed (%s), had".formatted(name, Reason.of(e)));
      }
    }
  }
}
