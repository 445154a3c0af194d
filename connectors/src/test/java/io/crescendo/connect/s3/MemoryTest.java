package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.store.Content;
import io.crescendo.connect.s3.store.InMemoryObjectStore;
import io.crescendo.connect.s3.store.ObjectStore;
import io.crescendo.schemas.Artist;
import io.crescendo.schemas.AvroSerde;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The heap that a task really takes, against the budget that it is given. */
class MemoryTest {

  private static final long MIB = 1024 * 1024;

  /** A page before and after compression for each thread, and this test's own records. */
  private static final long CONSTANT = 8 * MIB;

  private static final TopicPartition SOURCE = new TopicPartition("t", 0);
  private static final int POLL = 5_000;
  private static final int POLLS_BETWEEN_LOOKS = 4;
  private static final long LOOK_AGAIN_NANOS = 100_000;

  private final Serializer<Artist> serializer = AvroSerde.of(Artist.class).serializer();
  private final SplittableRandom random = new SplittableRandom(3);
  private final AtomicInteger objects = new AtomicInteger();

  /** The constant is the same for every budget, however slow the store is. */
  @ParameterizedTest
  @CsvSource({"1, 8", "1, 32", "40, 8", "40, 64", "2000, 16", "2000, 48"})
  void staysWithinTheBudgetHoweverManyPathsAreOpen(int paths, int budgetMib) {
    long budget = budgetMib * MIB;
    S3ParquetSinkTask task =
        new S3ParquetSinkTask(
            settings -> new SlowStore(Thread.currentThread()),
            UploadThreads::start,
            Clock.systemUTC());
    task.initialize(new SilentContext());
    long before = liveBytes();
    task.start(
        Landed.properties(
            "partition.field.name",
            "follower_tier",
            "avro.schemas",
            "classpath:avro/artist.avsc",
            "flush.size",
            "1000000000",
            "buffer.memory.bytes",
            Long.toString(budget)));
    task.open(Set.of(SOURCE));
    long most = 0;
    int offset = 0;
    for (int poll = 0; objects.get() < 2 * paths; poll++) {
      task.put(artists(offset, paths));
      offset += POLL;
      if (poll % POLLS_BETWEEN_LOOKS == 0) {
        most = Math.max(most, liveBytes() - before);
      }
    }
    task.stop();
    System.out.printf(
        "%d open paths, budget %d MiB: at most %d MiB of heap, %d rows in %d objects%n",
        paths, budgetMib, most / MIB, offset, objects.get());
    assertThat(most).isLessThan(budget + CONSTANT);
  }

  /** Rule 4 of the protocol holds the offset, not the rows. */
  @Test
  void landsAndFreesFilesWhileAnObjectOfAnotherTaskHoldsTheOffsetBack() {
    TopicPartition partition = new TopicPartition("t", 0);
    InMemoryObjectStore store = new InMemoryObjectStore();
    ManualClock clock = new ManualClock();
    LocalWorker first = worker(store, clock, "400");
    LocalWorker second = worker(store, clock, "50");
    for (int i = 0; i < 400; i++) {
      first.produce(Landed.record(0, i, i % 2 == 0 ? "pop" : "rap", i));
      second.produce(Landed.record(0, i, i % 2 == 0 ? "pop" : "rap", i));
    }
    store.fail(InMemoryObjectStore.Failure.UNAVAILABLE);
    first.start();
    first.poll(400);
    assertThat(store.objects()).as("one genre, to the end").hasSize(1);

    second.start();
    while (second.lag() > 100) {
      second.poll(25);
      assertThat(second.metric("open-files")).isLessThanOrEqualTo(2);
      assertThat(second.metric("buffered-bytes")).isLessThan(20_000);
    }
    second.commit(Set.of(partition));
    assertThat(second.committed().get(partition)).isZero();
    assertThat(store.objects()).hasSizeGreaterThan(3);
    second.pollAll(25);
    second.poll(1);
    assertThat(second.committed().get(partition)).isEqualTo(400);
    Landed.assertEachOnce(store, 400);
  }

  private static LocalWorker worker(InMemoryObjectStore store, ManualClock clock, String flush) {
    return new LocalWorker(
        Landed.properties("flush.size", flush), store, new SameThread(), clock, false);
  }

  private List<SinkRecord> artists(int offset, int paths) {
    List<SinkRecord> records = new ArrayList<>();
    for (int i = offset; i < offset + POLL; i++) {
      Instant at = Instant.ofEpochMilli(1_700_000_000_000L + i);
      Artist artist =
          Artist.newBuilder()
              .setId(Long.toString(random.nextLong(), 36) + Long.toString(random.nextLong(), 36))
              .setName("Artist " + Long.toString(random.nextLong(), 36))
              .setGenres(List.of("genre " + random.nextInt(700), "pop"))
              .setFollowers(random.nextInt(1_000_000))
              .setPopularity(random.nextInt(101))
              .setFollowerTier("tier-" + i % paths)
              .setFirstSeenAt(at)
              .setObservedAt(at)
              .setIngestedAt(at)
              .setUpdateNumber(1)
              .setLate(false)
              .setDeleted(false)
              .setSource("artists.csv:" + i)
              .build();
      records.add(
          new SinkRecord(
              "t",
              0,
              null,
              null,
              Schema.BYTES_SCHEMA,
              serializer.serialize("t", artist),
              i,
              at.toEpochMilli(),
              TimestampType.CREATE_TIME));
    }
    return records;
  }

  private static long fullCollections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> collector.getName().matches(".*(Old|MarkSweep).*"))
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  /** As of the collection: upload threads make garbage again before this thread goes on. */
  private static long liveBytes() {
    // None takes place while native code holds an array, as compression does.
    long before = fullCollections();
    do {
      System.gc();
    } while (fullCollections() == before);
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }

  /**
   * Takes nothing before the task has to wait for it, so that all memory is used; keeps nothing.
   */
  private final class SlowStore implements ObjectStore {

    private final Thread task;

    SlowStore(Thread task) {
      this.task = task;
    }

    @Override
    public void checkPlace() {}

    @Override
    public boolean create(String key, Content content, Map<String, String> metadata) {
      while (task.getState() != Thread.State.TIMED_WAITING) {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      }
      objects.incrementAndGet();
      return true;
    }

    @Override
    public Optional<Map<String, String>> metadata(String key) {
      return Optional.empty();
    }

    @Override
    public Optional<Map<String, String>> metadata(String key, Duration longest) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
