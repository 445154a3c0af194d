package io.crescendo.benchmarks.csv;

import io.crescendo.benchmarks.ChildJvm;
import io.crescendo.benchmarks.ChildJvm.Took;
import io.crescendo.benchmarks.Measured;
import io.crescendo.csv.CsvProducer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The two programs, each in a JVM of its own from its start to its end, with the same heap and the
 * same settings of the producer.
 */
final class Clients {

  /** What the CSV producer sets; the other program is told to do as it does. */
  private static final List<String> SETTINGS =
      List.of(
          "acks=all",
          "enable.idempotence=true",
          "compression.type=lz4",
          "batch.size=262144",
          "linger.ms=50",
          "buffer.memory=16777216");

  private final Path dir;
  private final List<String> wrapper;
  private final String heap;
  private final String bootstrapServers;
  private final AtomicInteger number = new AtomicInteger();
  private final List<Took> published = new ArrayList<>();

  Clients(Path dir, List<String> wrapper, String heap, String bootstrapServers) {
    this.dir = dir;
    this.wrapper = wrapper;
    this.heap = heap;
    this.bootstrapServers = bootstrapServers;
  }

  /** {@code publish} over a file of so many rows. */
  Measured publish(Path file, long rows) throws IOException, InterruptedException {
    Took took =
        run(
            CsvProducer.class.getName(),
            List.of(
                "publish",
                "--again",
                "--quiet",
                "--bootstrap-server",
                bootstrapServers,
                file.toString()));
    published.add(took);
    return new Measured(rows, took.seconds(), took.cpuSeconds());
  }

  /**
   * {@code kafka-producer-perf-test}, transactional as publishing is.
   *
   * @param topic exists
   * @param payloads values to send, a line each
   */
  Measured perfTest(String topic, Path payloads, long records)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--topic", topic, "--num-records", Long.toString(records)));
    arguments.addAll(List.of("--payload-file", payloads.toString(), "--throughput", "-1"));
    arguments.addAll(List.of("--transactional-id", "perf-" + number.incrementAndGet()));
    arguments.addAll(List.of("--transaction-duration-ms", "1000"));
    arguments.addAll(List.of("--producer-props", "bootstrap.servers=" + bootstrapServers));
    arguments.addAll(SETTINGS);
    Took took = run("org.apache.kafka.tools.ProducerPerformance", arguments);
    return new Measured(records, took.seconds(), took.cpuSeconds());
  }

  /** What publishing took in each round. */
  List<Took> published() {
    return published;
  }

  private Took run(String program, List<String> arguments)
      throws IOException, InterruptedException {
    return ChildJvm.run(dir, wrapper, List.of("-Xmx" + heap), program, arguments);
  }
}
