package io.crescendo.benchmarks.streams;

import com.sun.management.OperatingSystemMXBean;
import io.crescendo.benchmarks.BrokerProcess;
import io.crescendo.benchmarks.Measured;
import io.crescendo.benchmarks.WorkDirectory;
import io.crescendo.schemas.Topics;
import io.crescendo.streams.StreamsApp;
import io.crescendo.streams.StreamsSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * Runs of applications in this JVM, each from the first update to the commit of the last, under a
 * name of its own, so that each starts without state.
 */
final class Runs {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final BrokerProcess broker;
  private final Workload workload;
  private final RunOptions options;
  private final Path dir;

  Runs(BrokerProcess broker, Workload workload, RunOptions options, Path dir) {
    this.broker = broker;
    this.workload = workload;
    this.options = options;
    this.dir = dir;
  }

  /** The streams app over all updates. */
  Measured app() throws Exception {
    return app(0);
  }

  /** The streams app over the updates that come when all artists are in its state. */
  Measured appWithStateFilled() throws Exception {
    return app(workload.artists());
  }

  private Measured app(long fill) throws Exception {
    String application = "app-" + NUMBER.incrementAndGet();
    Path state = dir.resolve(application);
    Map<String, String> settings = new HashMap<>(options.settings());
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("application.id", application);
    settings.put("state.dir", state.toString());
    settings.put("threads", Integer.toString(options.threads()));
    settings.put("http.port", "-1");
    try (StreamsApp app = StreamsApp.start(StreamsSettings.of(settings))) {
      app.awaitRunning(Duration.ofMinutes(2));
      while (processed(app) < fill) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return measured(application, workload.updates() - processed(app));
    } finally {
      WorkDirectory.delete(state);
    }
  }

  /** Updates that were fetched; all but those of the last moment are processed. */
  private static long processed(StreamsApp app) {
    return (long)
        app.metrics().values().stream()
            .filter(m -> m.metricName().group().equals("consumer-fetch-manager-metrics"))
            .filter(m -> m.metricName().name().equals("records-consumed-total"))
            .filter(m -> Topics.ARTIST_UPDATES.name().equals(m.metricName().tags().get("topic")))
            .mapToDouble(m -> ((Number) m.metricValue()).doubleValue())
            .sum();
  }

  /** {@link PassThrough} over all updates. */
  Measured passThrough() throws Exception {
    String application = "floor-" + NUMBER.incrementAndGet();
    try (Admin admin = broker.admin()) {
      if (!admin.listTopics().names().get().contains(PassThrough.OUTPUT)) {
        admin.createTopics(List.of(new NewTopic(PassThrough.OUTPUT, 4, (short) 1))).all().get();
      }
    }
    return run(application, PassThrough.topology());
  }

  private Measured run(String application, Topology topology) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    try (KafkaStreams streams =
        new KafkaStreams(
            topology,
            PassThrough.properties(application, broker.bootstrapServers(), options.threads()))) {
      streams.setStateListener(
          (now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
              running.countDown();
            }
          });
      streams.start();
      running.await();
      return measured(application, workload.updates());
    }
  }

  private Measured measured(String application, long units) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    AtomicReference<Measured> measured = new AtomicReference<>();
    try (Admin admin = broker.admin()) {
      new GroupProgress(admin, application)
          .awaitEnd(
              () ->
                  measured.set(
                      new Measured(
                          units,
                          (System.nanoTime() - start) / 1e9,
                          (system.getProcessCpuTime() - cpu) / 1e9)));
    }
    return measured.get();
  }
}
