package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a locale that writes numbers in digits of its own. */
class DigitsTest {

  private final Locale before = Locale.getDefault();
  @TempDir private Path directory;
  private TestStore store;

  @BeforeEach
  void start() throws Exception {
    store = new TestStore(directory);
    new TestWarehouse(7, 40).land(store, directory);
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    assertThat("%d".formatted(7)).isNotEqualTo("7");
  }

  @AfterEach
  void stop() {
    Locale.setDefault(before);
    store.close();
  }

  @Test
  void aRunReadsTheWarehouse() {
    try (RefreshJob job = new RefreshJob(store.client(), store.settings())) {
      assertThat(job.run().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
  }

  @Test
  void thePageHasAnAddress() {
    try (DashboardServer server =
        DashboardServer.start(store.client(), store.settings(), DashboardServer.DEFAULT_HOST, 0)) {
      assertThat(server.address()).hasPort(server.port());
    }
  }
}
