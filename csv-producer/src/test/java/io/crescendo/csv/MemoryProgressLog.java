package io.crescendo.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;

/** Reads what producers have committed. */
final class MemoryProgressLog implements ProgressLog {

  private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
  private final Map<String, Checkpoint> entries = new HashMap<>();

  void follow(MockProducer<byte[], byte[]> producer) {
    producers.add(producer);
  }

  /** Keys of what was committed to a topic. */
  List<String> keys(String topic) {
    return producers.stream()
        .flatMap(producer -> producer.history().stream())
        .filter(item -> item.topic().equals(topic))
        .map(item -> new String(item.key(), StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public Optional<Checkpoint> latest(String identity) {
    producers.stream()
        .flatMap(producer -> producer.history().stream())
        .filter(item -> item.topic().equals(TOPIC))
        .forEach(
            item ->
                entries.put(
                    new String(item.key(), StandardCharsets.UTF_8),
                    Checkpoint.fromJson(item.value())));
    return Optional.ofNullable(entries.get(identity));
  }

  @Override
  public void wakeUp() {}

  @Override
  public void close() {}
}
