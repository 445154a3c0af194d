package io.crescendo.benchmarks.streams;

import io.crescendo.benchmarks.Contender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** Where the time of a run goes, by the samples of a JFR recording. */
final class Profile {

  /** Parts by the beginning of class names; the innermost frame that has one decides. */
  private static final Map<String, String> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("org.rocksdb.", "RocksDB");
    PARTS.put("com.fasterxml.jackson.", "reading JSON");
    PARTS.put("io.crescendo.streams.UpdateReader", "reading JSON");
    PARTS.put("io.crescendo.streams.UpdateParser", "reading JSON");
    PARTS.put("io.crescendo.streams.Utf8", "reading JSON");
    PARTS.put("org.apache.avro.", "writing Avro");
    PARTS.put("io.crescendo.schemas.", "writing Avro");
    PARTS.put("io.crescendo.streams.Byte", "forms of state and changes");
    PARTS.put("io.crescendo.streams.BinarySerde", "forms of state and changes");
    PARTS.put("io.crescendo.streams.Meter", "metrics of the app");
    PARTS.put("io.micrometer.", "metrics of the app");
    PARTS.put("io.prometheus.", "metrics of the app");
    PARTS.put("io.crescendo.streams.state.", "the log of artists");
    PARTS.put("io.crescendo.", "rules of the app");
    PARTS.put("org.apache.kafka.common.metrics.", "metrics of Kafka");
    PARTS.put("org.apache.kafka.streams.state.", "stores around RocksDB and the log");
    PARTS.put("org.apache.kafka.streams.", "Kafka Streams");
    PARTS.put("org.apache.kafka.clients.producer.", "producer");
    PARTS.put("org.apache.kafka.clients.consumer.", "consumer");
    PARTS.put("org.apache.kafka.common.compress.", "compression");
    PARTS.put("net.jpountz.", "compression");
    PARTS.put("org.apache.kafka.common.", "records and network");
    PARTS.put("sun.nio.ch.", "waiting for the network");
  }

  private Profile() {}

  /**
   * Records one run.
   *
   * @param file where the recording is kept
   * @return a table of parts by their share of the stream threads' time
   */
  static String of(Path file, Contender.Run run) throws Exception {
    try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
      recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
      recording.enable("jdk.NativeMethodSample").withPeriod(Duration.ofMillis(10));
      recording.start();
      run.measure();
      recording.stop();
      recording.dump(file);
    }
    return table(file);
  }

  private static String table(Path file) throws IOException {
    Map<String, Integer> parts = new LinkedHashMap<>();
    int all = 0;
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (isOfStreamThread(event)) {
        parts.merge(part(event.getStackTrace().getFrames()), 1, Integer::sum);
        all++;
      }
    }
    StringBuilder table = new StringBuilder("Where the stream threads' time goes:\n");
    int sum = all;
    parts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(
            e ->
                table.append(
                    String.format(
                        Locale.ROOT, "%5.1f %%  %s%n", 100.0 * e.getValue() / sum, e.getKey())));
    return table.toString();
  }

  /** Not the clients' own threads, which have the stream thread's name in theirs. */
  private static boolean isOfStreamThread(RecordedEvent event) {
    String type = event.getEventType().getName();
    if (!type.equals("jdk.ExecutionSample") && !type.equals("jdk.NativeMethodSample")) {
      return false;
    }
    RecordedThread thread = event.getThread("sampledThread");
    String name = thread == null ? null : thread.getJavaName();
    return event.getStackTrace() != null
        && name != null
        && name.contains("-StreamThread-")
        && !name.startsWith("kafka-");
  }

  private static String part(List<RecordedFrame> frames) {
    for (RecordedFrame frame : frames) {
      String name = frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
      for (Map.Entry<String, String> part : PARTS.entrySet()) {
        if (name.startsWith(part.getKey())) {
          return part.getValue();
        }
      }
    }
    return "else";
  }
}
