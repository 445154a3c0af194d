package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

class S3ParquetSinkConnectorTest {

  @Test
  void isFoundByServiceLoading() {
    assertThat(ServiceLoader.load(SinkConnector.class))
        .hasAtLeastOneElementOfType(S3ParquetSinkConnector.class);
  }

  @Test
  void knowsTheVersionItWasBuiltAs() {
    assertThat(new S3ParquetSinkConnector().version()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(new S3ParquetSinkTask().version()).isEqualTo(new S3ParquetSinkConnector().version());
  }

  @Test
  void warnsOfKeysOfConfluentsSinkThatHaveNoEffect() {
    try (LogLines log = new LogLines(S3ParquetSinkConnector.class)) {
      new S3ParquetSinkConnector()
          .start(
              Map.of(
                  "s3.bucket.name", "b",
                  "flush.size", "5",
                  "schema.cache.size", "7",
                  "connect.meta.data", "false"));
      assertThat(log.lines())
          .containsExactly(
              "WARN Keys of Confluent's sink that have no effect here: [connect.meta.data,"
                  + " schema.cache.size]");
    }
  }

  @Test
  void givesEveryTaskTheWholeConfigurationAndItsNumber() {
    S3ParquetSinkConnector connector = new S3ParquetSinkConnector();
    Map<String, String> properties = Map.of("s3.bucket.name", "b", "flush.size", "5");
    connector.start(properties);
    assertThat(connector.taskConfigs(2))
        .hasSize(2)
        .allSatisfy(config -> assertThat(config).containsAllEntriesOf(properties))
        .extracting(config -> config.get(S3ParquetSinkTask.NUMBER))
        .containsExactly("0", "1");
    assertThat(connector.taskClass()).isEqualTo(S3ParquetSinkTask.class);
  }

  @Test
  void warnsOnceAtItsStartOfWhatIsLostWithoutConditionalWrites() {
    Map<String, String> properties = Map.of("s3.bucket.name", "b", "flush.size", "5");
    Map<String, String> overwriting = new HashMap<>(properties);
    overwriting.put("s3.conditional.writes", "false");
    try (LogLines log = new LogLines(S3ParquetSinkConnector.class)) {
      new S3ParquetSinkConnector().start(properties);
      assertThat(log.lines()).isEmpty();
      new S3ParquetSinkConnector().start(overwriting);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARN s3.conditional.writes=false: objects are overwritten by key")
          .contains("exactly once is lost")
          .contains("may land rows twice");
    }
  }

  @Test
  void doesNotStartWithABadConfiguration() {
    assertThatThrownBy(() -> new S3ParquetSinkConnector().start(Map.of("flush.size", "5")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("s3.bucket.name");
  }
}
