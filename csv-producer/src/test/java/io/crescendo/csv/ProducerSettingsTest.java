package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ProducerSettingsTest {

  @Test
  void writesExactlyOnceByDefault() {
    Map<String, Object> all =
        new ProducerSettings(Map.of("bootstrap.servers", "127.0.0.1:9092")).with("id-1");
    assertThat(all)
        .containsEntry("enable.idempotence", "true")
        .containsEntry("acks", "all")
        .containsEntry("transactional.id", "id-1")
        .containsEntry("compression.type", "lz4")
        .containsEntry("batch.size", 256 * 1024)
        .containsEntry("linger.ms", 50)
        .containsEntry("buffer.memory", 16L * 1024 * 1024)
        .containsEntry("max.block.ms", 30_000)
        .containsEntry("transaction.timeout.ms", 30_000);
  }

  @Test
  void letsTheUserTune() {
    Map<String, Object> all =
        new ProducerSettings(
                Map.of("bootstrap.servers", "a:1", "linger.ms", "5", "compression.type", "zstd"))
            .with("id-1");
    assertThat(all).containsEntry("linger.ms", "5").containsEntry("compression.type", "zstd");
  }

  @Test
  void passesOverPropertiesOfOtherClients() {
    Map<String, Object> all =
        new ProducerSettings(Map.of("bootstrap.servers", "a:1", "group.id", "g")).with("id-1");
    assertThat(all).doesNotContainKey("group.id");
  }

  @Test
  void namesEveryProblemAtOnce() {
    assertThatThrownBy(
            () ->
                new ProducerSettings(
                    Map.of("acks", "1", "lingerms", "5", "transactional.id", "mine")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Kafka properties: 'bootstrap.servers' is missing; 'acks' is always 'all' here, got '1';"
                + " 'lingerms' is no Kafka client property; did you mean 'linger.ms'?;"
                + " 'transactional.id' follows from the source and cannot be set");
  }

  @Test
  void takesAFixedValueThatIsRepeated() {
    Map<String, Object> all =
        new ProducerSettings(Map.of("bootstrap.servers", "a:1", "acks", "all")).with("id-1");
    assertThat(all).containsEntry("acks", "all");
  }

  @Test
  void showsNoValues() {
    ProducerSettings settings =
        new ProducerSettings(Map.of("bootstrap.servers", "a:1", "sasl.jaas.config", "hunter2"));
    assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("hunter2");
  }
}
