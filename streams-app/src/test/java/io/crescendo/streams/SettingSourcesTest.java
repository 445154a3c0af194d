package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingSourcesTest {

  @TempDir private Path dir;

  @Test
  void letTheLaterSourceWin() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("app.properties"), "threads=2\ncommit.interval=PT2S\npartitions=2\n");
    StreamsSettings settings =
        new SettingSources()
            .file(file)
            .environment(
                Map.of(
                    "CRESCENDO_STREAMS_THREADS", "3",
                    "CRESCENDO_STREAMS_COMMIT_INTERVAL", "PT3S",
                    "HOME", "/"))
            .set("threads", "4")
            .orElse(Setting.PARTITIONS, "9")
            .settings();
    assertThat(settings.threads()).isEqualTo(4);
    assertThat(settings.commitInterval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.partitions()).isEqualTo(2);
  }

  @Test
  void takeKafkaPropertiesAsKafkasOwnToolsDo() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("client.properties"), "bootstrap.servers=k:1\nsecurity.protocol=SSL\n");
    StreamsSettings settings =
        new SettingSources()
            .kafkaFile(file)
            .kafkaProperty("ssl.protocol", "TLSv1.3")
            .environment(Map.of("CRESCENDO_STREAMS_KAFKA_CLIENT_RACK", "a"))
            .settings();
    assertThat(settings.bootstrapServers()).isEqualTo("k:1");
    assertThat(settings.kafka())
        .isEqualTo(
            Map.of("security.protocol", "SSL", "ssl.protocol", "TLSv1.3", "client.rack", "a"));
  }

  @Test
  void sayWhichFileCannotBeRead() {
    Path none = dir.resolve("none.properties");
    assertThatThrownBy(() -> new SettingSources().file(none))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("file '" + none + "' cannot be read:");
  }
}
