package io.crescendo.csv;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishers without a broker: give them sources, see what they sent and what they said. */
final class Publishing {

  static final String HEADER = "id,name,genres,followers\n";
  static final CommitLimits TWO_AT_A_TIME = new CommitLimits(2, Duration.ofHours(1));
  static final CommitLimits MANY_AT_A_TIME = new CommitLimits(10_000, Duration.ofHours(1));

  /** Rows of a file that {@link BreakingSource} breaks off behind 30,000 of them. */
  static final int MANY = 40_000;

  private MockProducer<byte[], byte[]> producer = newProducer();
  private final MemoryProgressLog log = new MemoryProgressLog();
  private final List<String> heard = new ArrayList<>();
  private final Progress progress =
      new Progress() {
        @Override
        public void published(Source source, long rows, long bytes) {
          heard.add("%s %d %d".formatted(source.name(), rows, bytes));
        }

        @Override
        public void noticed(String message) {
          heard.add(message);
        }

        @Override
        public void rejected(String message) {
          heard.add(message);
        }
      };

  PublishReport publish(CommitLimits limits, Source source) {
    return publish(limits, source, PublishOptions.DEFAULT);
  }

  PublishReport publish(CommitLimits limits, Source source, PublishOptions options) {
    try (CsvPublisher publisher = publisher(limits)) {
      return publisher.publish(source, options);
    }
  }

  CsvPublisher publisher(CommitLimits limits) {
    return publisher(limits, progress);
  }

  CsvPublisher publisher(CommitLimits limits, Progress listener) {
    return new CsvPublisher(id -> nextProducer(), () -> log, limits, listener);
  }

  /** The producer of the latest publisher, or the one that the first is going to have. */
  MockProducer<byte[], byte[]> producer() {
    return producer;
  }

  /** For a test that prepares it: the producer that the next publishing is going to have. */
  MockProducer<byte[], byte[]> nextToBeMade() {
    producer = newProducer();
    return producer;
  }

  MemoryProgressLog log() {
    return log;
  }

  /** What the listener was told. */
  List<String> heard() {
    return heard;
  }

  /** Topic and key of every record that was committed. */
  List<String> sent() {
    return producer.history().stream().map(Publishing::describe).toList();
  }

  /** As {@link #sent}, without what is noted of the progress. */
  List<String> rowsSent() {
    return sent().stream().filter(item -> !item.startsWith("csv-progress")).toList();
  }

  String firstValue() {
    return new String(producer.history().get(0).value(), StandardCharsets.UTF_8);
  }

  static String rows(int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      rows.append("a%d,Ada,[],%d\n".formatted(i, i));
    }
    return rows.toString();
  }

  /** A new one, unless the test has prepared one that is still open. */
  private MockProducer<byte[], byte[]> nextProducer() {
    if (producer.closed()) {
      producer = newProducer();
    }
    log.follow(producer);
    return producer;
  }

  private static MockProducer<byte[], byte[]> newProducer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static String describe(ProducerRecord<byte[], byte[]> item) {
    return item.topic()
        + " "
        + (item.key() == null ? null : new String(item.key(), StandardCharsets.UTF_8));
  }
}
