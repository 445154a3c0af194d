package io.crescendo.refresh;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * What Prometheus reads of the refresh job, worked out from the records of runs. Times are given as
 * seconds since 1970, not as ages, so that alerts go on when no run does.
 *
 * <p>Thread-safe.
 */
final class RefreshMetrics implements AutoCloseable {

  private static final int REMEMBERED = 1000;
  private static final double MILLIS = 1e3;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MultiGauge rows;
  private final Set<String> seen = Collections.synchronizedSet(new LinkedHashSet<>());
  private volatile RunRecord last;
  private volatile RunRecord lastSuccess;
  private volatile RunRecord lastChecked;

  RefreshMetrics() {
    rows =
        MultiGauge.builder("crescendo.refresh.table.rows")
            .description("Rows of each table at the last run")
            .register(registry);
    gauge(
        "crescendo.refresh.last.run.timestamp.seconds",
        "When the last run ended",
        m -> epoch(m.last == null ? null : m.last.finishedAt()));
    gauge(
        "crescendo.refresh.last.success.timestamp.seconds",
        "When the last run that succeeded ended",
        m -> epoch(m.lastSuccess == null ? null : m.lastSuccess.finishedAt()));
    gauge(
        "crescendo.refresh.last.exit.code",
        "Exit code of the last run; 0 for success",
        m -> m.last == null ? Double.NaN : m.last.exitCode());
    gauge(
        "crescendo.refresh.newest.record.timestamp.seconds",
        "When the newest record of table artists came in",
        m -> epoch(m.lastChecked == null ? null : m.lastChecked.freshness().newest()));
    gauge(
        "crescendo.refresh.reject.share",
        "Share of rejects among the records of the 24 hours before the last check",
        m -> {
          Double share = m.lastChecked == null ? null : m.lastChecked.freshness().rejectShare();
          return share == null ? Double.NaN : share;
        });
  }

  private void gauge(String name, String description, Function<RefreshMetrics, Double> value) {
    Gauge.builder(name, this, m -> value.apply(m)).description(description).register(registry);
  }

  /** A time that is not known is 1970: no alert on its age would fire for a value that is none. */
  private static double epoch(Instant time) {
    return time == null ? 0 : time.toEpochMilli() / MILLIS;
  }

  /** Takes the records that it has not seen, in the order in which the runs started. */
  synchronized void observe(List<RunRecord> runs) {
    runs.stream()
        .sorted(java.util.Comparator.comparing(RunRecord::run))
        .filter(run -> seen.add(run.run()))
        .forEach(this::add);
    while (seen.size() > REMEMBERED) {
      seen.remove(seen.iterator().next());
    }
  }

  private void add(RunRecord run) {
    Timer.builder("crescendo.refresh.run")
        .description("Runs and how long they took, by outcome")
        .tag("outcome", run.outcome().name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(Duration.ofNanos((long) (run.seconds() * 1e9)));
    for (RunRecord.StepTime step : run.steps()) {
      Timer.builder("crescendo.refresh.step")
          .description("Steps and how long they took; all queries are step query")
          .tag("step", step.name().replaceAll(" .*", ""))
          .register(registry)
          .record(Duration.ofNanos((long) (step.seconds() * 1e9)));
    }
    if (run.outcome() == Outcome.LEASE_HELD) {
      return;
    }
    last = run;
    lastSuccess = run.outcome() == Outcome.SUCCEEDED ? run : lastSuccess;
    lastChecked = run.freshness() != null ? run : lastChecked;
    if (!run.tables().isEmpty()) {
      rows.register(
          run.tables().stream()
              .map(t -> MultiGauge.Row.of(Tags.of("table", t.name()), t.rows()))
              .toList(),
          true);
    }
  }

  /** All of it in Prometheus' text format, version 0.0.4. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
