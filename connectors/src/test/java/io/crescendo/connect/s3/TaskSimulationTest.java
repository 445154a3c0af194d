package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.parquet.Compatibility;
import io.crescendo.connect.s3.store.InMemoryObjectStore;
import io.crescendo.connect.s3.store.InMemoryObjectStore.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/** The whole task, with real files and real threads, over random schedules. */
class TaskSimulationTest {

  private static final String[] RULES = {
    "flush.size",
    "7",
    "rotate.schedule.interval.ms",
    "40",
    "rotate.interval.ms",
    "15",
    "flush.bytes",
    "20000"
  };

  @Property(tries = 250)
  void landsEveryRowExactlyOnceWhateverHappens(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    InMemoryObjectStore store = new InMemoryObjectStore();
    ManualClock clock = new ManualClock();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      int rule = 2 * random.nextInt(RULES.length / 2);
      Compatibility compatibility =
          Compatibility.values()[random.nextInt(Compatibility.values().length)];
      boolean metadata = random.nextBoolean();
      boolean renamed = random.nextBoolean();
      int rows = 20 + random.nextInt(60);
      int drops = 2 + random.nextInt(20);
      Map<String, String> properties =
          Landed.properties(
              "rotate.schedule.interval.ms",
              "86400000",
              RULES[rule],
              RULES[rule + 1],
              "schema.compatibility",
              compatibility.name(),
              "metadata.columns",
              metadata ? "offset" : "",
              "buffer.memory.bytes",
              "1048576",
              "parquet.codec",
              "none",
              "s3.part.retries",
              "0");
      if (random.nextBoolean()) {
        keepLateFilesOpen(properties);
      }
      LocalWorker worker = new LocalWorker(properties, store, threads, clock, true);
      Map<String, SinkRecord> expected = new HashMap<>();
      Set<String> bad = new HashSet<>();
      for (int partition = 0; partition < 2; partition++) {
        for (int offset = 0; offset < rows; offset++) {
          SinkRecord record = record(partition, offset, random);
          if (offset < rows - 1 && random.nextInt(drops) == 0) {
            worker.produceDropped(record);
            continue;
          }
          worker.produce(renamed ? Landed.renamed(record) : record);
          if (record.value() == null) {
            bad.add(partition + "/" + offset);
          } else {
            expected.put(partition + "/" + offset, record);
          }
        }
      }
      disturb(worker, store, clock, random);
      finish(worker, clock, rows);
      assertThat(Landed.occurrences(store))
          .containsOnlyKeys(expected.keySet())
          .allSatisfy((at, times) -> assertThat(times).isOne());
      for (GenericRecord row : Landed.rows(store)) {
        assertSame(row, expected.get(row.get("at").toString()), compatibility, metadata);
      }
      assertThat(worker.deadLetters())
          .extracting(r -> r.kafkaPartition() + "/" + r.kafkaOffset())
          .as("rejected at least once, and nothing else is")
          .containsOnly(bad.toArray(String[]::new));
      assertThat(worker.reportedTwice()).isFalse();
    } finally {
      threads.shutdown();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Folders are ten milliseconds long: a record a few older than the newest may be late. */
  private static void keepLateFilesOpen(Map<String, String> properties) {
    long interval = Long.parseLong(properties.get("rotate.schedule.interval.ms"));
    properties.put("late.data.delay.ms", Long.toString(3 * interval));
    properties.put("partitioner.class", "FieldAndTimeBasedPartitioner");
    properties.put("path.format", "'time'=HHmmssSSS");
    properties.put("partition.duration.ms", "10");
  }

  private static SinkRecord record(int partition, int offset, Random random) {
    String genre = "genre-" + random.nextInt(3);
    long timestamp = random.nextInt(40) == 0 ? 4_000_000_000_000L : offset - random.nextInt(10);
    SinkRecord record = Landed.record(partition, offset, genre, timestamp);
    return switch (random.nextInt(12)) {
      case 0 -> record.newRecord("t", partition, null, null, null, null, timestamp);
      case 1, 2, 3 -> Landed.evolved(record, more(random));
      case 4, 5 -> Landed.labelled(record, more(random));
      default -> record;
    };
  }

  private static void assertSame(
      GenericRecord row, SinkRecord record, Compatibility compatibility, boolean metadata) {
    Struct value = (Struct) record.value();
    assertThat(row.get("genre")).hasToString(value.getString("genre"));
    if (metadata) {
      assertThat(row.get("kafka_offset")).isEqualTo(record.kafkaOffset());
    }
    for (String field : List.of("more", "label")) {
      boolean came = value.schema().field(field) != null;
      if (row.hasField(field)) {
        Object absent = field.equals("label") ? "none" : null;
        assertThat(String.valueOf(row.get(field)))
            .isEqualTo(String.valueOf(came ? value.get(field) : absent));
      } else if (compatibility != Compatibility.FORWARD) {
        assertThat(came).as("column %s of %s", field, value.get("at")).isFalse();
      }
    }
  }

  /** Rarely so long that its file is encoded, which a change of the schema then ends. */
  private static String more(Random random) {
    return random.nextInt(5) > 0 ? null : "x".repeat(30_000);
  }

  private static void disturb(
      LocalWorker worker, InMemoryObjectStore store, ManualClock clock, Random random) {
    worker.start();
    LocalWorker stale = null;
    for (int i = 0; i < 60; i++) {
      if (stale != null && random.nextInt(3) == 0) {
        poll(stale, 1 + random.nextInt(6));
      }
      switch (random.nextInt(19)) {
        case 0 -> {
          worker.kill();
          if (random.nextInt(4) == 0) {
            worker.resetOffsets(0);
          }
          worker.start();
        }
        case 1 -> store.fail(Failure.values()[random.nextInt(2)]);
        case 2 -> {
          worker.close(Map.copyOf(worker.positions()).keySet());
          worker.start();
        }
        case 14 -> store.failReads(Failure.values()[2 * random.nextInt(2)]);
        case 15 -> {
          stale = worker.stale();
          stale.start();
        }
        case 16, 17 -> {
          Set<TopicPartition> moved = new HashSet<>(worker.positions().keySet());
          moved.removeIf(p -> random.nextInt(3) == 0);
          worker.close(moved);
          if (random.nextBoolean()) {
            poll(worker, 1 + random.nextInt(6));
          }
          moved.removeAll(worker.positions().keySet());
          worker.open(moved);
        }
        case 18 ->
            Set.copyOf(worker.positions().keySet()).stream()
                .filter(p -> random.nextBoolean())
                .forEach(p -> worker.jump(p, random.nextBoolean() ? 0 : committed(worker, p)));
        case 3, 4, 5 -> clock.advance(Duration.ofMillis(random.nextInt(30)));
        default -> poll(worker, 1 + random.nextInt(6));
      }
    }
  }

  private static long committed(LocalWorker worker, TopicPartition partition) {
    return worker.committed().getOrDefault(partition, 0L);
  }

  /** A task that stops is started again, as an operator does. */
  private static void poll(LocalWorker worker, int records) {
    try {
      worker.poll(records);
    } catch (ConnectException e) {
      worker.kill();
      worker.start();
    }
  }

  private static void finish(LocalWorker worker, ManualClock clock, int rows) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (worker.committed().values().stream().filter(o -> o == rows).count() < 2) {
      assertThat(System.nanoTime()).as("no progress: %s", worker.committed()).isLessThan(deadline);
      clock.advance(Duration.ofMillis(20));
      if (worker.lag() == 0 && worker.positions().isEmpty()) {
        worker.start();
      }
      poll(worker, 10);
      clock.advance(Duration.ofDays(1));
    }
  }
}
