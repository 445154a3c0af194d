package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefreshSettingsTest {

  private static final Path WORK = Path.of("work");

  @Test
  void hasADefaultForEverythingButTheWorkDirectory() {
    RefreshSettings settings = RefreshSettings.defaults(WORK);

    assertThat(settings.warehouseBucket()).isEqualTo("warehouse");
    assertThat(settings.tablesPrefix()).isEqualTo("tables");
    assertThat(settings.resultsBucket()).isEqualTo("results");
    assertThat(settings.workDirectory()).isEqualTo(WORK);
    assertThat(settings.deadline()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.memoryMegabytes()).isEqualTo(256);
    assertThat(settings.threads()).isEqualTo(2);
    assertThat(settings.owner()).contains("@");
  }

  @Test
  void changesOneSettingAtATime() {
    RefreshSettings settings =
        RefreshSettings.defaults(WORK)
            .withBuckets("lake", "answers")
            .withTablesPrefix("a/b")
            .withDeadline(Duration.ofSeconds(90))
            .withOwner("demo")
            .withEngine(512, 4);

    assertThat(settings)
        .isEqualTo(
            new RefreshSettings(
                "lake", "a/b", "answers", WORK, Duration.ofSeconds(90), "demo", 512, 4));
  }

  @Test
  void namesEveryProblemAtOnce() {
    assertThatThrownBy(
            () -> new RefreshSettings("Lake", "/t", "x", null, Duration.ZERO, " ", 63, 0))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("8 problems:")
        .hasMessageContaining("warehouse bucket must be an S3 bucket name")
        .hasMessageContaining("got 'Lake'")
        .hasMessageContaining("results bucket must be an S3 bucket name")
        .hasMessageContaining("got 'x'")
        .hasMessageContaining("tables prefix must be a folder without '/' at either end, got '/t'")
        .hasMessageContaining("work directory must be given")
        .hasMessageContaining("deadline must be longer than nothing, got PT0S")
        .hasMessageContaining("owner must not be blank")
        .hasMessageContaining("memory must be at least 64 MB, got 63")
        .hasMessageContaining("threads must be 1 to 256, got 0");
  }

  @Test
  void keepsResultsOutOfTheWarehouse() {
    assertThatThrownBy(() -> RefreshSettings.defaults(WORK).withBuckets("lake", "lake"))
        .hasMessage("results bucket must not be the warehouse bucket, got 'lake' for both");
  }
}
