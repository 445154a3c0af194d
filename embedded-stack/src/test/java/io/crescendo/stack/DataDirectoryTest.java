package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
  void sendsNobodyToThePortsOfAnEarlierStartWhileItStarts() {
    try (DataDirectory earlier = DataDirectory.take(dir)) {
      earlier.announce(ENDPOINTS);
    }
    try (DataDirectory starting = DataDirectory.take(dir)) {
      assertThat(DataDirectory.endpoints(dir)).isEmpty();
      starting.announce(ENDPOINTS);
      assertThat(DataDirectory.endpoints(dir)).contains(ENDPOINTS);
    }
  }

  @Test
  @Timeout(60)
  void isTakenWhenSomebodyHasLookedMeanwhile() throws Exception {
    DataDirectory.take(dir).close();
    try (FileChannel looking = FileChannel.open(dir.resolve("lock"), StandardOpenOption.READ)) {
      FileLock look = looking.lock(0, Long.MAX_VALUE, true);
      FutureTask<DataDirectory> taking = new FutureTask<>(() -> DataDirectory.take(dir));
      Thread taker = new Thread(taking);
      taker.start();
      while (taker.getState() != Thread.State.TIMED_WAITING && taker.isAlive()) {
        Thread.onSpinWait();
      }
      look.release();
      taking.get().close();
    }
  }

  @Test
  void knowsOfNoStackInADirectoryThatIsNotThere() {
    assertThat(DataDirectory.endpoints(dir.resolve("absent"))).isEmpty();
  }
}
