package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.connect.s3.store.InMemoryObjectStore;
import io.crescendo.connect.s3.store.InMemoryObjectStore.Failure;
import io.crescendo.connect.s3.store.LocalS3;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ParquetSinkTaskTest {

  private static final TopicPartition ZERO = new TopicPartition("t", 0);
  private static final TopicPartition ONE = new TopicPartition("t", 1);

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ManualClock clock = new ManualClock();

  @Test
  void failsAtItsStartWhereThereIsNoSuchBucket(@TempDir Path directory) throws Exception {
    try (LocalS3 s3 = new LocalS3(directory)) {
      S3ParquetSinkTask task = new S3ParquetSinkTask();
      task.initialize(new SilentContext());
      Map<String, String> properties =
          Map.of(
              "s3.bucket.name",
              "nowhere",
              "store.url",
              s3.endpoint().toString(),
              "aws.access.key.id",
              LocalS3.KEY,
              "aws.secret.access.key",
              LocalS3.SECRET,
              "flush.size",
              "1");
      assertThatThrownBy(() -> task.start(properties))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("s3.bucket.name")
          .hasMessageContaining("nowhere");
      task.stop();
    }
  }

  @Test
  void landsAndCommitsABatchThatIsFull() {
    LocalWorker worker = worker("flush.size", "3");
    produce(worker, 0, 7);
    worker.start();
    worker.pollAll(10);
    assertThat(store.objects().keySet())
        .containsExactly(
            "topics/t/genre=pop/t+0+0000000000.zstd.parquet",
            "topics/t/genre=pop/t+0+0000000004.zstd.parquet",
            "topics/t/genre=rap/t+0+0000000001.zstd.parquet",
            "topics/t/genre=rap/t+0+0000000003.zstd.parquet");
    worker.poll(10);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 6L));
    Landed.assertEachOnce(store, 6);
  }

  @Test
  void commitsNothingThatHasNotLanded() {
    LocalWorker worker = worker("flush.size", "100");
    produce(worker, 0, 7);
    worker.start();
    worker.pollAll(10);
    worker.commit(Set.of(ZERO));
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 0L));
    assertThat(store.objects()).isEmpty();
  }

  @Test
  void landsByTheWallClockOnAnIdleTopicAndAsksToBeWokenForIt() {
    LocalWorker worker = worker("rotate.schedule.interval.ms", "60000");
    produce(worker, 0, 2);
    clock.advance(Duration.ofSeconds(45));
    worker.start();
    worker.poll(10);
    assertThat(worker.timeout()).isEqualTo(15_000);
    clock.advance(Duration.ofMillis(14_999));
    worker.poll(10);
    assertThat(store.objects()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    worker.poll(10);
    assertThat(Landed.occurrences(store)).hasSize(2);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 2L));
    assertThat(worker.timeout()).as("nothing is open").isEqualTo(-1);
  }

  @Test
  void landsByRecordTimeWithoutTinyFilesFromLateRecords() {
    LocalWorker worker = worker("rotate.interval.ms", "1000");
    for (int i = 0; i < 10; i++) {
      worker.produce(Landed.record(0, i, "pop", i % 2 == 0 ? 5_000 + i : 10));
    }
    worker.produce(Landed.record(0, 10, "pop", 6_000));
    worker.start();
    worker.pollAll(20);
    assertThat(store.objects().keySet())
        .containsExactly("topics/t/genre=pop/t+0+0000000000.zstd.parquet");
    worker.poll(1);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 10L));
  }

  @Test
  void landsLateRecordsWithTheBatchThatIsOpenInNoMoreObjectsThanPathsTimesRotations() {
    long day = Duration.ofDays(1).toMillis();
    LocalWorker worker =
        worker(
            "partitioner.class",
            "DailyPartitioner",
            "rotate.interval.ms",
            Long.toString(Duration.ofHours(1).toMillis()));
    Random random = new Random(1);
    int rows = 4_000; // one a minute, nearly three days
    for (int i = 0; i < rows; i++) {
      long at = 10 * day + Duration.ofMinutes(i).toMillis();
      boolean late = random.nextInt(100) == 0;
      worker.produce(Landed.record(0, i, "pop", late ? at - (1 + random.nextInt(3)) * day : at));
    }
    worker.start();
    worker.pollAll(500);
    worker.poll(1);
    int rotations = rows / 60;
    assertThat(worker.committed().get(ZERO)).isGreaterThan(rows - 120);
    assertThat(store.objects().size())
        .as("an object an hour, one more where a midnight lies in it, and one for each late path")
        .isLessThan(rotations + 3 + rows / 100 + 10);
    assertThat(Landed.occurrences(store)).allSatisfy((at, n) -> assertThat(n).isOne());
  }

  @Test
  void adoptsWhatAKilledTaskHasLandedWithoutCommitting() {
    LocalWorker worker = worker("rotate.schedule.interval.ms", "1000");
    produce(worker, 0, 4);
    worker.start();
    worker.poll(10);
    clock.advance(Duration.ofSeconds(2));
    worker.poll(10);
    worker.kill();
    worker.resetOffsets(0);
    produce(worker, 4, 9);
    worker.start();
    worker.pollAll(10);
    clock.advance(Duration.ofSeconds(2));
    worker.pollAll(10);
    clock.advance(Duration.ofSeconds(2));
    worker.pollAll(10);
    worker.poll(1);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 9L));
    Landed.assertEachOnce(store, 9);
  }

  @Test
  void landsNothingNewWhenATopicIsReplayedFromItsStart() {
    LocalWorker worker = worker("flush.size", "5");
    produce(worker, 0, 500);
    worker.start();
    worker.pollAll(7);
    int objects = store.objects().size();
    worker.kill();
    worker.resetOffsets(0);
    int requests = store.requests();
    LocalWorker again = worker("flush.size", "1000");
    produce(again, 0, 500);
    again.start();
    again.pollAll(50);
    again.commit(Set.of(ZERO));
    assertThat(store.objects()).hasSize(objects);
    assertThat(store.requests() - requests).as("requests").isLessThan(2 * objects);
  }

  @Test
  void keepsABatchThroughAnOutageOfTheStore() {
    LocalWorker worker = worker("flush.size", "2");
    produce(worker, 0, 6);
    store.fail(Failure.UNAVAILABLE, Failure.LOST_ANSWER, Failure.UNAVAILABLE, Failure.UNAVAILABLE);
    worker.start();
    for (int i = 0; i < 20; i++) {
      worker.poll(2);
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 6L));
    Landed.assertEachOnce(store, 6);
  }

  @Test
  void stopsWhereTheStoreRefusesForGood() {
    LocalWorker worker = worker("flush.size", "2");
    produce(worker, 0, 2);
    store.fail(Failure.FORBIDDEN);
    worker.start();
    assertThatThrownBy(() -> worker.poll(10))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("was not landed; the task stops, and its rows are read again");
  }

  @Test
  void refusesToTakeAForeignObjectForItsOwn() {
    store.create(
        "topics/t/genre=pop/t+0+0000000000.zstd.parquet",
        InMemoryObjectStore.content(new byte[] {1}),
        Map.of());
    LocalWorker worker = worker("flush.size", "1");
    produce(worker, 0, 1);
    worker.start();
    assertThatThrownBy(() -> worker.poll(10))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("was not written by this sink")
        .hasMessageContaining("nothing was overwritten");
  }

  @Test
  void reportsABadRecordAndGoesOn() {
    LocalWorker worker = worker(true, "flush.size", "2");
    worker.produce(Landed.record(0, 0, "pop", 1));
    worker.produce(bytes(1, new byte[] {1, 2, 3}));
    worker.produce(Landed.record(0, 2, "pop", 1));
    worker.start();
    worker.pollAll(10);
    worker.poll(1);
    assertThat(worker.deadLetters()).extracting(SinkRecord::kafkaOffset).containsExactly(1L);
    assertThat(worker.deadLetterReasons().get(0))
        .isEqualTo(
            "t-0 offset 1: the value must be Avro in single-object encoding, which starts with C3"
                + " 01, got 01 02; record not landed");
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 3L));
    assertThat(Landed.occurrences(store).keySet()).containsExactly("0/0", "0/2");
  }

  @Test
  void stopsAtABadRecordWhereNothingTakesIt() {
    LocalWorker worker = worker("flush.size", "2");
    worker.produce(bytes(0, new byte[0]));
    worker.start();
    assertThatThrownBy(() -> worker.poll(10))
        .isInstanceOf(ConnectException.class)
        .hasMessageStartingWith("t-0 offset 0: the value must be Avro")
        .hasMessageEndingWith(
            "the task stops, as the connector does not have errors.tolerance=all");
  }

  @Test
  void passesOverTombstonesOrRefusesThemAsConfigured() {
    LocalWorker ignoring = worker("flush.size", "2", "behavior.on.null.values", "ignore");
    ignoring.produce(bytes(0, null));
    ignoring.produce(bytes(1, null));
    ignoring.start();
    ignoring.pollAll(10);
    ignoring.commit(Set.of(ZERO));
    assertThat(ignoring.committed()).isEqualTo(Map.of(ZERO, 2L));
    LocalWorker failing = worker("flush.size", "2");
    failing.produce(bytes(0, null));
    failing.start();
    assertThatThrownBy(() -> failing.poll(10))
        .hasMessageContaining("must not be null (behavior.on.null.values=fail)");
  }

  @Test
  void dropsOpenFilesOfAPartitionThatMovesAndReadsItAgainWhenItComesBack() {
    LocalWorker worker = worker("flush.size", "3");
    produce(worker, 0, 4);
    for (int i = 0; i < 4; i++) {
      worker.produce(Landed.record(1, i, "pop", 1));
    }
    worker.start();
    worker.poll(2);
    worker.close(Set.of(ONE));
    worker.poll(10);
    worker.poll(10);
    assertThat(Landed.occurrences(store).keySet()).containsExactly("0/0", "0/1", "0/2");
    worker.open(Set.of(ONE));
    worker.pollAll(10);
    worker.poll(10);
    assertThat(Landed.occurrences(store).keySet())
        .containsExactly("0/0", "0/1", "0/2", "1/0", "1/1", "1/2");
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 3L, ONE, 3L));
  }

  @Test
  void landsTheLargestBatchFirstWhenItsMemoryIsFull() {
    LocalWorker worker = worker("flush.size", "1000000", "buffer.memory.bytes", "1048576");
    for (int i = 0; i < 600; i++) {
      SinkRecord record = Landed.record(0, i, "pop", 1);
      ((Struct) record.value()).put("at", "0/" + i + "x".repeat(2_000));
      worker.produce(record);
    }
    for (int i = 0; i < 3; i++) {
      worker.produce(Landed.record(1, i, "pop", 1));
    }
    worker.start();
    worker.pollAll(100);
    worker.poll(1);
    assertThat(worker.committed().get(ZERO)).isPositive();
    assertThat(worker.committed().get(ONE)).isZero();
  }

  @Test
  void landsOnceAFileHasItsTargetSizeWhichItLearnsToMeet() {
    LocalWorker worker = worker("flush.bytes", "65536");
    Random random = new Random(1);
    for (int i = 0; i < 30_000; i++) {
      SinkRecord record = Landed.record(0, i, "pop", 1);
      ((Struct) record.value()).put("at", "0/" + i + "/" + random.nextLong());
      worker.produce(record);
    }
    worker.start();
    worker.pollAll(500);
    List<Integer> sizes = store.objects().values().stream().map(file -> file.length).toList();
    assertThat(sizes).hasSizeBetween(4, 12);
    assertThat(sizes.subList(2, sizes.size()))
        .as("after the first ones, of %s", sizes)
        .allSatisfy(size -> assertThat(size).isBetween(55_000, 80_000));
  }

  @Test
  void putsRowsOfDifferentSchemasIntoDifferentFilesWithoutEndingThem() {
    LocalWorker worker = worker("flush.size", "6");
    Schema wider =
        SchemaBuilder.struct()
            .field("genre", Schema.STRING_SCHEMA)
            .field("at", Schema.STRING_SCHEMA)
            .field("more", Schema.OPTIONAL_INT32_SCHEMA)
            .build();
    for (int i = 0; i < 6; i++) {
      if (i % 2 == 0) {
        worker.produce(Landed.record(0, i, "pop", 1));
      } else {
        worker.produce(
            new SinkRecord(
                "t",
                0,
                null,
                null,
                wider,
                new Struct(wider).put("genre", "pop").put("at", "0/" + i),
                i,
                1L,
                TimestampType.CREATE_TIME));
      }
    }
    worker.start();
    worker.pollAll(10);
    assertThat(store.objects()).hasSize(2);
    Landed.assertEachOnce(store, 6);
  }

  private LocalWorker worker(String... properties) {
    return worker(false, properties);
  }

  private LocalWorker worker(boolean tolerant, String... properties) {
    return new LocalWorker(Landed.properties(properties), store, new SameThread(), clock, tolerant);
  }

  private static void produce(LocalWorker worker, int from, int to) {
    for (int i = from; i < to; i++) {
      worker.produce(Landed.record(0, i, i % 4 == 0 || i % 4 == 2 ? "pop" : "rap", i));
    }
  }

  private static SinkRecord bytes(long offset, byte[] value) {
    return new SinkRecord(
        "t",
        0,
        null,
        null,
        Schema.OPTIONAL_BYTES_SCHEMA,
        value,
        offset,
        1L,
        TimestampType.CREATE_TIME);
  }
}
