package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  private static final Endpoints ENDPOINTS = Endpoints.on(new Ports(1, 2, 3, 4));

  @TempDir private Path dir;

  @Test
  void tellsOthersWhereItsStackListensWhileItRuns() {
    try (DataDirectory taken = DataDirectory.take(dir)) {
      taken.announce(ENDPOINTS);
      assertThat(DataDirectory.endpoints(dir)).contains(ENDPOINTS);
    }
    assertThat(DataDirectory.endpoints(dir)).isEmpty();
  }

  @Test
  void refusesASecondStack() {
    try (DataDirectory taken = DataDirectory.take(dir)) {
      taken.announce(ENDPOINTS);
      assertThatThrownBy(() -> DataDirectory.take(dir))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("Another Crescendo runs with the data directory " + dir)
          .hasMessageContaining("--data-dir");
    }
    DataDirectory.take(dir).close();
  }

  @Test
  void knowsOfNoStackInADirectoryThatIsNotThere() {
    assertThat(DataDirectory.endpoints(dir.resolve("absent"))).isEmpty();
  }
}
