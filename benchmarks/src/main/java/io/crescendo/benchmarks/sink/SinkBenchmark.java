package io.crescendo.benchmarks.sink;

import io.crescendo.benchmarks.Comparison;
import io.crescendo.benchmarks.Contender;
import io.crescendo.benchmarks.Measured;
import io.crescendo.benchmarks.WorkDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The sink end to end. */
@Command(
    name = "sink",
    description = {
      "Lands artists from Kafka in S3: the sink, a sink that does nothing, and the Iceberg sink.",
      "Each run has a fresh worker in a JVM of its own, with one task; contenders take turns."
    },
    mixinStandardHelpOptions = true)
public final class SinkBenchmark implements Callable<Integer> {

  private static final String FLOOR = "no-op, bytes";
  private static final String BARE = "bare encoder";
  private static final String OURS = "ours, bytes";
  private static final String LATE = "ours, 1% late by day";
  private static final String AT_ONCE = "ours, 1% late, none kept open";
  private static final String SMALL = "ours, 512 MB heap";
  private static final String STRUCTS = "ours, Structs";
  private static final String ICEBERG = "Iceberg, Structs";
  private static final double LATE_SHARE = 0.01;

  @Option(names = "--records", defaultValue = "1000000", description = "Default: ${DEFAULT-VALUE}")
  private int records;

  @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--rotation-ms",
      defaultValue = "500",
      description = "How often a sink lands, in milliseconds. Default: ${DEFAULT-VALUE}")
  private long rotation;

  @Option(
      names = "--only",
      defaultValue = "",
      description = "Runs contenders whose name matches this regular expression alone.")
  private Pattern only;

  @Option(
      names = "--jfr",
      description = "Has each worker of ours write a flight recording into this directory.")
  private Path recordings;

  private int runs;

  @Override
  public Integer call() throws Exception {
    try (WorkDirectory work = WorkDirectory.create()) {
      return compare(work.path());
    }
  }

  private int compare(Path dir) throws Exception {
    Plugins plugins =
        Plugins.layOut(Path.of(System.getProperty("crescendo.home", ".")), dir.resolve("plugins"));
    try (SinkStage stage = new SinkStage(dir, plugins)) {
      stage.fill("artists", records, 0);
      stage.fill("late-artists", records, LATE_SHARE);
      List<Contender> chosen =
          contenders(stage, stage.sinks(rotation)).stream()
              .filter(c -> only.matcher(c.name()).find())
              .toList();
      Comparison comparison = Comparison.of(rounds, chosen);
      System.out.printf(
          Locale.ROOT,
          "%,d artists, one task, zstd, landing every %d ms; medians of %d rounds%n%n%s",
          records,
          rotation,
          rounds,
          comparison.table());
      if (chosen.size() == contenders(stage, stage.sinks(rotation)).size()) {
        System.out.println(targets(comparison));
      }
    }
    return 0;
  }

  private List<Contender> contenders(SinkStage stage, Sinks sinks) {
    List<Contender> all = new ArrayList<>();
    all.add(run(stage, FLOOR, "artists", n -> sinks.noOp(false), "-Xmx1g"));
    all.add(new Contender(BARE, () -> BareEncoder.run(records)));
    all.add(run(stage, OURS, "artists", n -> sinks.ours(false, n), "-Xmx1g"));
    all.add(late(stage, sinks, LATE, Map.of()));
    all.add(late(stage, sinks, AT_ONCE, Map.of("late.data.delay.ms", "0")));
    all.add(run(stage, SMALL, "artists", n -> sinks.ours(false, n), "-Xmx512m"));
    all.add(run(stage, "no-op, Structs", "artists", n -> sinks.noOp(true), "-Xmx1g"));
    all.add(run(stage, STRUCTS, "artists", n -> sinks.ours(true, n), "-Xmx1g"));
    all.add(run(stage, ICEBERG, "artists", sinks::iceberg, "-Xmx1g"));
    return all;
  }

  private Contender late(SinkStage stage, Sinks sinks, String contender, Map<String, String> more) {
    return new Contender(
        contender,
        () -> {
          String name = "run" + ++runs;
          Map<String, String> config = sinks.ours(false, name);
          config.putAll(more);
          Measured measured =
              measure(stage, contender, "late-artists", config, options("-Xmx1g", name));
          System.err.printf(
              "%24s %d objects for %d paths%n", "", stage.objects(name), Artists.days(LATE_SHARE));
          return measured;
        });
  }

  private Contender run(
      SinkStage stage, String contender, String topic, Config config, String heap) {
    return new Contender(
        contender,
        () -> {
          String name = "run" + ++runs;
          return measure(
              stage, contender, topic, config.named(name), options(heap, contender + "-" + name));
        });
  }

  private Measured measure(
      SinkStage stage,
      String contender,
      String topic,
      Map<String, String> config,
      List<String> options)
      throws Exception {
    Measured measured = stage.run(topic, records, config, options);
    System.err.printf(
        Locale.ROOT,
        "%-24s %,10.0f rows/s %8.2f CPU s/million%n",
        contender,
        measured.rate(),
        measured.cpuPerMillion());
    return measured;
  }

  private List<String> options(String heap, String name) {
    List<String> options = new ArrayList<>(List.of(heap));
    if (recordings != null) {
      options.add(
          "-XX:StartFlightRecording=settings=profile,filename=%s/%s.jfr"
              .formatted(recordings.toAbsolutePath(), name.replaceAll("[^A-Za-z0-9-]", "_")));
    }
    return options;
  }

  private static String targets(Comparison c) {
    ToDoubleFunction<Measured> rate = Measured::rate;
    ToDoubleFunction<Measured> cpu = Measured::cpuPerMillion;
    String line = "%-58s %8.2f   (target %s)%n";
    return String.format(
        Locale.ROOT,
        "%n" + line.repeat(7),
        "rows/s of Iceberg's",
        c.median(OURS, rate) / c.median(ICEBERG, rate),
        ">= 4",
        "rows per CPU second of Iceberg's",
        c.median(ICEBERG, cpu) / c.median(OURS, cpu),
        ">= 3",
        "CPU of no-op sink and bare encoder together",
        c.median(OURS, cpu) / (c.median(FLOOR, cpu) + c.median(BARE, cpu)),
        "<= 1.3",
        "rows/s with late rows over day partitions, of those without",
        c.median(LATE, rate) / c.median(OURS, rate),
        ">= 1",
        "the same where no files of late rows stay open",
        c.median(AT_ONCE, rate) / c.median(OURS, rate),
        ">= 1",
        "rows/s in a heap of 512 MB, of those in 1 GB",
        c.median(SMALL, rate) / c.median(OURS, rate),
        ">= 1",
        "rows/s through Structs of Iceberg's",
        c.median(STRUCTS, rate) / c.median(ICEBERG, rate),
        ">= 2");
  }

  /** A connector's configuration. */
  @FunctionalInterface
  private interface Config {

    /** With a directory or table of that name. */
    Map<String, String> named(String name);
  }
}
