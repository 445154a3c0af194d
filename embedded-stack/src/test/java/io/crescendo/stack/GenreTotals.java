package io.crescendo.stack;

import io.crescendo.schemas.AvroSerde;
import io.crescendo.schemas.GenreFollowers;
import io.crescendo.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topic {@code genre-followers} from its start. */
final class GenreTotals {

  private GenreTotals() {}

  /**
   * Reads until the genre has that many followers.
   *
   * @param client how to reach Kafka
   * @return the followers it has
   */
  static long until(String genre, long followers, Map<String, Object> client) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put("group.id", UUID.randomUUID().toString());
    properties.put("auto.offset.reset", "earliest");
    properties.put("isolation.level", "read_committed");
    Map<String, Long> totals = new HashMap<>();
    try (KafkaConsumer<String, GenreFollowers> consumer =
        new KafkaConsumer<>(
            properties,
            new StringDeserializer(),
            AvroSerde.of(GenreFollowers.class).deserializer())) {
      consumer.subscribe(List.of(Topics.GENRE_FOLLOWERS.name()));
      Until.reached(
          () -> {
            consumer
                .poll(Duration.ofMillis(200))
                .forEach(r -> totals.put(r.key(), r.value().getFollowers()));
            return totals.getOrDefault(genre, 0L) == followers;
          });
    }
    return totals.get(genre);
  }
}
