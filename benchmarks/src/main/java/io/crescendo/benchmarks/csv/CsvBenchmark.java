package io.crescendo.benchmarks.csv;

import io.crescendo.benchmarks.BrokerProcess;
import io.crescendo.benchmarks.ChildJvm.Took;
import io.crescendo.benchmarks.Comparison;
import io.crescendo.benchmarks.Contender;
import io.crescendo.benchmarks.Measured;
import io.crescendo.benchmarks.WorkDirectory;
import io.crescendo.csv.generate.ArtistFiles;
import io.crescendo.csv.generate.GeneratedFile;
import io.crescendo.csv.generate.GeneratorSettings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The CSV producer, from file to acknowledged, against {@code kafka-producer-perf-test}. */
@Command(
    name = "csv",
    mixinStandardHelpOptions = true,
    description = "The CSV producer against kafka-producer-perf-test, each in a JVM of its own.")
public final class CsvBenchmark implements Callable<Integer> {

  private static final String FLOOR = "kafka-producer-perf-test";
  private static final String OURS = "publish";
  private static final String PERF_TOPIC = "perf";

  @Option(
      names = "--records",
      defaultValue = "1000000",
      description = "Rows of the file (default: ${DEFAULT-VALUE}).")
  private int records;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Rounds, of which medians are compared (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--heap",
      defaultValue = "64m",
      description = "Heap of each client (default: ${DEFAULT-VALUE}).")
  private String heap;

  @Option(
      names = "--no-pin",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Does not pin clients to processor 0 and the broker to the others, which it does by"
              + " taskset where there is one.")
  private boolean pin;

  @Override
  public Integer call() throws Exception {
    int processors = Runtime.getRuntime().availableProcessors();
    boolean pinned = pin && processors > 1 && hasTaskset();
    List<String> client = pinned ? List.of("taskset", "-c", "0") : List.of();
    List<String> server = pinned ? List.of("taskset", "-c", "1-" + (processors - 1)) : List.of();
    try (WorkDirectory dir = WorkDirectory.create();
        BrokerProcess broker = BrokerProcess.start(dir.path().resolve("broker"), server)) {
      Clients clients = new Clients(dir.path(), client, heap, broker.bootstrapServers());
      GeneratedFile sample = generate(dir.path().resolve("sample"), Math.min(records, 100_000));
      clients.publish(sample.path(), sample.rows());
      clients.published().clear();
      Path payloads = dir.path().resolve("payloads.txt");
      long bytes = Payloads.write(broker.bootstrapServers(), payloads);
      try (Admin admin = broker.admin()) {
        admin.createTopics(List.of(new NewTopic(PERF_TOPIC, 4, (short) 1))).all().get();
      }
      GeneratedFile file = generate(dir.path().resolve("file"), records);
      System.out.printf(
          Locale.ROOT,
          "%,d rows, %,d MB; %,d bytes of JSON each; -Xmx%s; %s%n",
          file.rows(),
          Files.size(file.path()) / 1_000_000,
          bytes,
          heap,
          pinned ? "clients pinned to one processor, the broker to the others" : "not pinned");
      Comparison comparison =
          Comparison.of(
              rounds,
              List.of(
                  new Contender(FLOOR, () -> clients.perfTest(PERF_TOPIC, payloads, file.rows())),
                  new Contender(OURS, () -> clients.publish(file.path(), file.rows()))));
      System.out.print(comparison.table());
      for (Took took : clients.published()) {
        System.out.printf(
            Locale.ROOT,
            "publish: %.1f s, %.2f processors busy, at most %,d MiB resident%n",
            took.seconds(),
            took.cpuSeconds() / took.seconds(),
            took.peakMiB());
      }
      System.out.printf(
          Locale.ROOT,
          "Target: at least 0.70 of the perf-test's rate on one core of client; it is %.2f%n",
          comparison.median(OURS, Measured::rate) / comparison.median(FLOOR, Measured::rate));
    }
    return 0;
  }

  private static GeneratedFile generate(Path dir, int rows) throws Exception {
    return ArtistFiles.generate(new GeneratorSettings(rows, 1, 0, Instant.now()), dir).get(0);
  }

  private static boolean hasTaskset() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(dir -> Files.isExecutable(Path.of(dir, "taskset")));
  }
}
