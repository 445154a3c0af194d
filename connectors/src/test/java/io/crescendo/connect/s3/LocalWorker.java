package io.crescendo.connect.s3;

import io.crescendo.connect.s3.store.ObjectStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Does with a task what Connect's {@code WorkerSinkTask} does: rewinds before it polls, brings
 * records again after a {@link RetriableException}, commits what preCommit returns.
 *
 * <p>Topics and committed offsets outlive the task, which can be killed and started again.
 */
final class LocalWorker {

  private final Map<TopicPartition, List<SinkRecord>> topics = new LinkedHashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();

  /** Up to where puts have succeeded: Connect commits nothing above. */
  private final Map<TopicPartition, Long> passed = new HashMap<>();

  /** What {@link #passed} becomes once the put succeeds, even if a rewind came in between. */
  private final Map<TopicPartition, Long> passing = new HashMap<>();

  /** Records that do not get through transformations or converters. */
  private final Set<SinkRecord> dropped = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Where the consumer finds itself when it fetches next. */
  private final Map<TopicPartition, Long> jumps = new HashMap<>();

  private final List<SinkRecord> deadLetters = new ArrayList<>();
  private final List<String> deadLetterReasons = new ArrayList<>();
  private final Map<String, String> properties;
  private final ObjectStore store;
  private final ExecutorService executor;
  private final Clock clock;
  private final boolean tolerant;

  /** What the task that runs has reported of the partitions that it has had since. */
  private final Set<String> reported = new HashSet<>();

  private boolean reportedTwice;
  private boolean refused;

  private Metrics metrics;
  private S3ParquetSinkTask task;
  private Context context;
  private List<SinkRecord> redelivery = List.of();

  LocalWorker(
      Map<String, String> properties,
      ObjectStore store,
      ExecutorService executor,
      Clock clock,
      boolean tolerant) {
    this.properties = properties;
    this.store = store;
    this.executor = executor;
    this.clock = clock;
    this.tolerant = tolerant;
  }

  void produce(SinkRecord record) {
    topics
        .computeIfAbsent(
            new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
            t -> new ArrayList<>())
        .add(record);
  }

  /** A record that Connect reads, but does not pass to the task. */
  void produceDropped(SinkRecord record) {
    produce(record);
    dropped.add(record);
  }

  void start() {
    if (metrics == null) {
      metrics = new Metrics();
    }
    reported.clear();
    context = new Context();
    task = new S3ParquetSinkTask(settings -> store, threads -> executor, clock);
    task.initialize(context);
    task.start(properties);
    redelivery = List.of();
    open(topics.keySet());
  }

  /** Forgets the task without a word to it, as {@code kill -9} does. */
  void kill() {
    giveUp();
    metrics = null;
  }

  /** Forgets the task, as Connect does when it does not stop in time; its metrics stay. */
  void giveUp() {
    task = null;
    jumps.clear();
    positions.clear();
    passed.clear();
    passing.clear();
  }

  void open(Set<TopicPartition> partitions) {
    partitions.forEach(p -> positions.put(p, committed.getOrDefault(p, 0L)));
    partitions.forEach(p -> passed.put(p, positions.get(p)));
    task.open(partitions);
  }

  /** What is to be brought again goes by the topic that transformations have given it. */
  void close(Set<TopicPartition> partitions) {
    rewind();
    commit(partitions);
    task.close(partitions);
    positions.keySet().removeAll(partitions);
    passed.keySet().removeAll(partitions);
    passing.keySet().removeAll(partitions);
    jumps.keySet().removeAll(partitions);
    forgetReported(partitions);
    redelivery =
        redelivery.stream()
            .filter(r -> !partitions.contains(new TopicPartition(r.topic(), r.kafkaPartition())))
            .toList();
  }

  /** One poll of at most so many records of each partition. */
  void poll(int records) {
    rewind();
    context.timeout = -1;
    List<SinkRecord> batch = redelivery.isEmpty() ? fetch(records) : redelivery;
    try {
      task.put(batch);
      redelivery = List.of();
      passed.putAll(passing);
      passing.clear();
    } catch (RetriableException e) {
      redelivery = batch;
    }
    if (context.commitRequested) {
      context.commitRequested = false;
      commit(positions.keySet());
    }
  }

  private void rewind() {
    positions.putAll(context.rewinds);
    passed.putAll(context.rewinds);
    context.rewinds.clear();
  }

  /** Polls until every record has been passed to the task. */
  void pollAll(int records) {
    do {
      poll(records);
    } while (!redelivery.isEmpty() || !context.rewinds.isEmpty() || lag() > 0);
  }

  void commit(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> current = new HashMap<>();
    partitions.forEach(p -> current.put(p, new OffsetAndMetadata(passed.get(p))));
    task.preCommit(current)
        .forEach(
            (partition, offset) -> {
              if (partitions.contains(partition) && offset.offset() > passed.get(partition)) {
                refused = true;
              } else if (partitions.contains(partition)) {
                committed.put(partition, offset.offset());
              }
            });
  }

  /**
   * The consumer goes on elsewhere and says nothing of it, as it does where its offset is out of
   * range: what it fetches next begins there.
   */
  void jump(TopicPartition partition, long offset) {
    jumps.put(partition, offset);
  }

  /** The topic is made anew, and its consumer goes back to the start. */
  void recreate(TopicPartition partition) {
    topics.get(partition).clear();
    jump(partition, 0);
  }

  /** Loses commits: the next task starts there. */
  void resetOffsets(long offset) {
    topics.keySet().forEach(p -> committed.put(p, offset));
  }

  Map<TopicPartition, Long> committed() {
    return committed;
  }

  Map<TopicPartition, Long> positions() {
    return positions;
  }

  /** A metric of the task that runs. */
  long metric(String name) {
    return (Long) metrics.metric(metrics.metricName(name, "plugins")).metricValue();
  }

  long timeout() {
    return context.timeout;
  }

  List<SinkRecord> deadLetters() {
    return deadLetters;
  }

  /** Whether the task has named an offset that it had not been passed, which Connect warns of. */
  boolean refused() {
    return refused;
  }

  /** Whether one task has reported a record more than once. */
  boolean reportedTwice() {
    return reportedTwice;
  }

  /** Whether records wait to be passed to the task again. */
  boolean redelivers() {
    return !redelivery.isEmpty();
  }

  /**
   * Another worker that reads the same topics, from the same offsets, and knows nothing of this
   * one: one that has not noticed that its partitions moved.
   */
  LocalWorker stale() {
    LocalWorker stale = new LocalWorker(properties, store, executor, clock, tolerant);
    stale.topics.putAll(topics);
    stale.committed.putAll(committed);
    stale.dropped.addAll(dropped);
    return stale;
  }

  List<String> deadLetterReasons() {
    return deadLetterReasons;
  }

  S3ParquetSinkTask task() {
    return task;
  }

  long lag() {
    long lag = 0;
    for (TopicPartition partition : positions.keySet()) {
      List<SinkRecord> log = topics.get(partition);
      lag += log.stream().filter(r -> r.kafkaOffset() >= positions.get(partition)).count();
    }
    return lag;
  }

  /** Another instance each time, as where Connect reads a record again. */
  private static SinkRecord read(SinkRecord r) {
    return r.newRecord(
        r.topic(),
        r.kafkaPartition(),
        r.keySchema(),
        r.key(),
        r.valueSchema(),
        r.value(),
        r.timestamp());
  }

  private void forgetReported(Set<TopicPartition> partitions) {
    partitions.forEach(p -> reported.removeIf(r -> r.startsWith(p.partition() + "/")));
  }

  private List<SinkRecord> fetch(int records) {
    positions.putAll(jumps);
    forgetReported(jumps.keySet());
    jumps.clear();
    List<SinkRecord> batch = new ArrayList<>();
    for (TopicPartition partition : positions.keySet()) {
      long position = positions.get(partition);
      topics.get(partition).stream()
          .filter(r -> r.kafkaOffset() >= position)
          .limit(records)
          .forEach(
              r -> {
                if (!dropped.contains(r)) {
                  batch.add(read(r));
                }
                positions.put(partition, r.kafkaOffset() + 1);
                passing.put(partition, r.kafkaOffset() + 1);
              });
    }
    return batch;
  }

  private final class Context implements SinkTaskContext {

    private final Map<TopicPartition, Long> rewinds = new HashMap<>();
    private long timeout = -1;
    private boolean commitRequested;

    @Override
    public Map<String, String> configs() {
      return properties;
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
      rewinds.putAll(offsets);
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
      rewinds.put(partition, offset);
    }

    @Override
    public void timeout(long millis) {
      timeout = millis;
    }

    @Override
    public Set<TopicPartition> assignment() {
      return new HashSet<>(positions.keySet());
    }

    @Override
    public void pause(TopicPartition... partitions) {}

    @Override
    public void resume(TopicPartition... partitions) {}

    @Override
    public void requestCommit() {
      commitRequested = true;
    }

    @Override
    public ErrantRecordReporter errantRecordReporter() {
      return tolerant ? this::report : null;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      return new PluginMetricsImpl(metrics, Map.of());
    }

    private Future<Void> report(SinkRecord record, Throwable problem) {
      reportedTwice |= !reported.add(record.kafkaPartition() + "/" + record.kafkaOffset());
      deadLetters.add(record);
      deadLetterReasons.add(problem.getMessage());
      return CompletableFuture.completedFuture(null);
    }
  }
}
