package io.crescendo.connect.s3;

import io.crescendo.connect.s3.config.SinkConfig;
import io.crescendo.connect.s3.config.SinkSettings;
import io.crescendo.connect.s3.metrics.PublishedMetrics;
import io.crescendo.connect.s3.metrics.TaskMetrics;
import io.crescendo.connect.s3.metrics.TaskMetrics.Waiting;
import io.crescendo.connect.s3.protocol.Rotation;
import io.crescendo.connect.s3.store.ObjectStore;
import io.crescendo.connect.s3.store.S3ObjectStore;
import io.crescendo.connect.s3.store.S3Settings;
import io.crescendo.connect.s3.store.StoreException;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task of the connector: lifecycle, and the memory that its partitions share. */
public final class S3ParquetSinkTask extends SinkTask {

  private static final Logger LOG = LoggerFactory.getLogger(S3ParquetSinkTask.class);

  /** What is not worth an object, in bytes of memory. */
  private static final long TINY_FILE = 1024 * 1024;

  /** How often uploads are looked at while no record comes, in milliseconds. */
  private static final long LANDING_POLL = 50;

  /** Number of the task in what the connector gives it, for the names of its metrics. */
  static final String NUMBER = "task.number";

  private static final int RECORDS_BETWEEN_MEMORY_CHECKS = 100;

  private final Function<S3Settings, ObjectStore> stores;
  private final IntFunction<ExecutorService> executors;
  private final Clock clock;
  private final Map<TopicPartition, PartitionWriter> writers = new HashMap<>();
  private final Redelivery redelivery = new Redelivery();

  private SinkSettings settings;
  private ExecutorService executor;
  private Workbench bench;
  private PublishedMetrics published;

  /** Whether offsets have landed that Connect could not commit yet. */
  private boolean commitDue;

  /** Whether the log says that the memory is too little for large files; once is enough. */
  private boolean warnedOfTinyFiles;

  /** How many records of the put that runs need not come again should it fail. */
  private int taken;

  /** Records come in long runs of one partition. */
  private PartitionWriter last;

  /** A task as Connect makes it. */
  public S3ParquetSinkTask() {
    this(S3ObjectStore::new, UploadThreads::start, Clock.systemUTC());
  }

  S3ParquetSinkTask(
      Function<S3Settings, ObjectStore> stores,
      IntFunction<ExecutorService> executors,
      Clock clock) {
    this.stores = stores;
    this.executors = executors;
    this.clock = clock;
  }

  @Override
  public String version() {
    return BuildVersion.get();
  }

  @Override
  public void start(Map<String, String> props) {
    Map<String, String> ours = new HashMap<>(props);
    String number = ours.remove(NUMBER);
    settings = SinkConfig.settings(ours);
    executor = executors.apply(settings.uploadThreads());
    bench = Workbench.of(settings, context, stores.apply(settings.store()), executor, clock);
    try {
      bench.store().checkPlace();
    } catch (StoreException e) {
      throw new ConnectException(e.getMessage(), e);
    }
    published =
        PublishedMetrics.of(
            bench.metrics(),
            context,
            props.getOrDefault("name", ""),
            number == null ? "0" : number);
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    partitions.forEach(p -> writers.put(p, new PartitionWriter(p, bench)));
    last = null;
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    bench.patience().begin();
    if (!redelivery.comesWith(records)) {
      goOn();
    }
    try {
      take(records);
    } catch (RetriableException e) {
      redelivery.expect(records, taken);
      throw e;
    } finally {
      tell();
    }
    goOn();
    if (commitDue) {
      commitDue = false;
      context.requestCommit();
    }
  }

  /** Connect is done with what it had fetched, and brings what follows or was asked for. */
  private void goOn() {
    redelivery.end();
    writers.values().forEach(PartitionWriter::rewound);
  }

  private void take(Collection<SinkRecord> records) {
    taken = 0;
    writers.values().forEach(PartitionWriter::tick);
    for (SinkRecord record : records) {
      boolean full = !redelivery.isDone(record) && writer(record).write(record);
      taken++;
      if (full) {
        last.rotate();
      }
      if (taken % RECORDS_BETWEEN_MEMORY_CHECKS == 0) {
        keepWithinMemory();
      }
    }
    keepWithinMemory();
    wakeInTime();
  }

  /**
   * What has landed; the offsets that Connect has passed on say nothing about that, but it takes
   * none above them: those of a put that failed have to wait until one succeeds.
   */
  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    Map<TopicPartition, OffsetAndMetadata> landed = new HashMap<>();
    writers.forEach(
        (partition, writer) -> {
          OffsetAndMetadata passed = currentOffsets.get(partition);
          if (passed == null) {
            return;
          }
          OptionalLong offset =
              writer.committable(
                  redelivery.isDue() ? OptionalLong.empty() : OptionalLong.of(passed.offset()));
          if (offset.isEmpty()) {
            return;
          }
          if (offset.getAsLong() > passed.offset()) {
            commitDue = true;
          } else {
            landed.put(partition, new OffsetAndMetadata(offset.getAsLong()));
          }
        });
    return landed;
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    redelivery.close(partitions);
    for (TopicPartition partition : partitions) {
      PartitionWriter closed = writers.remove(partition);
      if (closed != null) {
        closed.close();
      }
    }
    last = null;
    tell();
  }

  @Override
  public void stop() {
    if (published != null) {
      published.close();
    }
    if (executor != null) {
      UploadThreads.stop(executor);
    }
    if (bench != null) {
      bench.store().close();
      bench.codec().close();
    }
  }

  private PartitionWriter writer(SinkRecord record) {
    String topic = record.originalTopic();
    int partition = record.originalKafkaPartition();
    if (last == null || !last.takes(topic, partition)) {
      last = writers.get(new TopicPartition(topic, partition));
    }
    return last;
  }

  /**
   * Open files get half of the memory and batches that are being landed the other half, so that one
   * fills while the other is uploaded.
   */
  private void keepWithinMemory() {
    while (openBytes() > settings.bufferBytes() / 2) {
      PartitionWriter largest = largest(PartitionWriter::openBytes).orElseThrow();
      warnOfTinyFiles(largest);
      largest.seal();
    }
    while (openBytes() + landingBytes() > settings.bufferBytes()) {
      Optional<PartitionWriter> slow =
          largest(PartitionWriter::landingBytes).filter(PartitionWriter::isLanding);
      if (slow.isPresent()) {
        slow.get().awaitLanding();
      } else if (!bench.leftovers().await(bench.patience().left())) {
        context.timeout(LANDING_POLL);
        throw new RetriableException(
            "Files of partitions that moved away still take the memory (buffer.memory.bytes=%s)"
                    .formatted(settings.bufferBytes())
                + " while they are uploaded; nothing is lost");
      }
    }
  }

  /** Else nothing tells why files are small, whatever flush.size and the like are set to. */
  private void warnOfTinyFiles(PartitionWriter ending) {
    long fileBytes = ending.openBytes() / Math.max(1, ending.openFiles());
    if (warnedOfTinyFiles || fileBytes >= TINY_FILE) {
      return;
    }
    warnedOfTinyFiles = true;
    LOG.warn(
        "buffer.memory.bytes={} is too little for {} open files of {} topic partitions: {} lands {}"
            + " of them with about {} bytes, before its rotation; more memory, or more tasks, make"
            + " larger files",
        settings.bufferBytes(),
        writers.values().stream().mapToInt(PartitionWriter::openFiles).sum(),
        writers.size(),
        ending,
        ending.openFiles(),
        fileBytes);
  }

  private Optional<PartitionWriter> largest(Function<PartitionWriter, Long> bytes) {
    return writers.values().stream().max(Comparator.comparing(bytes));
  }

  private long openBytes() {
    return writers.values().stream().mapToLong(PartitionWriter::openBytes).sum();
  }

  private long landingBytes() {
    return bench.leftovers().bytes()
        + writers.values().stream().mapToLong(PartitionWriter::landingBytes).sum();
  }

  private void tell() {
    long timestamp = TaskMetrics.NONE;
    long arrival = TaskMetrics.NONE;
    long files = 0;
    for (PartitionWriter writer : writers.values()) {
      files += writer.openFiles();
      for (Oldest oldest : writer.oldest().toList()) {
        timestamp = Math.min(timestamp, oldest.timestamp());
        arrival = Math.min(arrival, oldest.arrival());
      }
    }
    bench.metrics().holds(new Waiting(openBytes() + landingBytes(), files, timestamp, arrival));
  }

  /** Connect calls put when a poll returns, which on an idle topic may take a minute. */
  private void wakeInTime() {
    long now = clock.millis();
    long wake = Rotation.NEVER;
    for (PartitionWriter writer : writers.values()) {
      wake = Math.min(wake, writer.isLanding() ? now + LANDING_POLL : writer.deadline());
    }
    if (wake != Rotation.NEVER) {
      context.timeout(Math.max(1, wake - now));
    }
  }
}
