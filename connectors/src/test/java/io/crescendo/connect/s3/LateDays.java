package io.crescendo.connect.s3;

import io.crescendo.connect.s3.store.InMemoryObjectStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.kafka.common.TopicPartition;

/** Records of today and of the days before, landed each minute, files of late ones later. */
abstract class LateDays {

  static final TopicPartition ZERO = new TopicPartition("t", 0);
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration DAY = Duration.ofDays(1);

  final InMemoryObjectStore store = new InMemoryObjectStore();
  final ManualClock clock = new ManualClock();
  long produced;

  final LocalWorker worker(String... more) {
    return worker(new SameThread(), more);
  }

  final LocalWorker worker(ExecutorService threads, String... more) {
    Map<String, String> properties =
        Landed.properties(
            "partitioner.class",
            "DailyPartitioner",
            "rotate.schedule.interval.ms",
            "60000",
            "late.data.delay.ms",
            "600000");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return new LocalWorker(properties, store, threads, clock, false);
  }

  final void produce(LocalWorker worker, Duration age) {
    worker.produce(Landed.record(0, produced++, "pop", clock.instant().minus(age).toEpochMilli()));
  }

  /** What was produced is read, and a minute passes, which ends the batch. */
  final void rotate(LocalWorker worker) {
    worker.pollAll(10);
    clock.advance(MINUTE);
    worker.poll(10);
    worker.poll(10);
  }

  /** The newest record is of today. */
  final void begin(LocalWorker worker) {
    produce(worker, Duration.ZERO);
    worker.start();
  }

  /** A minute in which records of today come, and one of yesterday, and then a rotation. */
  final void passMinute(LocalWorker worker) {
    produce(worker, Duration.ZERO);
    produce(worker, DAY);
    produce(worker, Duration.ZERO);
    rotate(worker);
  }

  final long objects(String day) {
    return store.objects().keySet().stream().filter(key -> key.contains("day=" + day)).count();
  }
}
