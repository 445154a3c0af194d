package io.crescendo.streams;

import io.crescendo.schemas.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What Prometheus reads of one instance: counters and latencies of the app, and all metrics of
 * Kafka Streams and its clients.
 *
 * <p>The counters only grow as long as the process lives. They count processing, so work that a
 * rolled back transaction repeats counts again.
 *
 * <p>Thread-safe.
 */
final class Measures implements AutoCloseable {

  /** Key under which the app's properties carry an instance to the processors. */
  static final String PROPERTY = "crescendo.measures";

  private static final Duration[] BOUNDS = {
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private KafkaStreamsMetrics kafka;

  /** The instance that the app's properties carry; one that nobody reads where there is none. */
  static Measures in(Map<String, Object> configs) {
    return configs.get(PROPERTY) instanceof Measures measures ? measures : new Measures();
  }

  /** Adds the metrics of Kafka Streams, which it looks through again once a minute. */
  synchronized void watch(KafkaStreams streams) {
    kafka = new KafkaStreamsMetrics(streams);
    kafka.bindTo(registry);
  }

  /** {@code crescendo_updates_total}, by what became of them: accepted or late. */
  Counter updates(String outcome) {
    return Counter.builder("crescendo.updates")
        .description("Updates written to artists, by outcome: accepted or late")
        .tag("outcome", outcome)
        .register(registry);
  }

  /** {@code crescendo_rejects_total}. */
  Counter rejects(Reason reason) {
    return Counter.builder("crescendo.rejects")
        .description("Records written to artist-rejects, by reason")
        .tag("reason", reason.code())
        .register(registry);
  }

  /** {@code crescendo_placements_total}: home, or repartitioned. */
  Counter placements(String placement) {
    return Counter.builder("crescendo.placements")
        .description("Valid records by where they lay: home, or repartitioned from elsewhere")
        .tag("placement", placement)
        .register(registry);
  }

  /** {@code crescendo_unknown_fields_total}. */
  Counter unknownFields() {
    return Counter.builder("crescendo.unknown.fields")
        .description("Valid records with fields that nobody reads")
        .register(registry);
  }

  /** {@code crescendo_latency_seconds}, from a record's timestamp to an output. */
  Timer latency(String output) {
    return Timer.builder("crescendo.latency")
        .description("From the timestamp of a record in artist-updates until an output is written")
        .tag("output", output)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  /** All of it in Prometheus' text format, version 0.0.4. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public synchronized void close() {
    if (kafka != null) {
      kafka.close();
    }
    registry.close();
  }
}
