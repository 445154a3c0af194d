package io.crescendo.stack;

import io.crescendo.schemas.Topics;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Types lines as {@code kafka-console-producer} does: no key. */
final class Console {

  private Console() {}

  static void type(Pipeline pipeline, String... lines) {
    Map<String, Object> properties =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, pipeline.stack().bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      for (String line : lines) {
        Future<RecordMetadata> unused =
            producer.send(new ProducerRecord<>(Topics.ARTIST_UPDATES.name(), line));
      }
    }
  }
}
