package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lease that a program gives back which is told to stop in the middle of claiming it. */
class LeaseReleaseTest {

  private static final Duration TIME = Duration.ofMinutes(5);

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private TestStore store;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private Lease lease(String owner) {
    return new Lease(new ResultsBucket(store.client(), "results"), owner, clock);
  }

  @Test
  void isLostWhereItWasGivenBackBeforeItWasWritten() {
    Lease lease = lease("a");

    assertThat(lease.claim("run-1", TIME, lease::release).mine()).isFalse();

    assertThat(lease("b").holder()).isEmpty();
    assertThat(lease("b").claim("run-2", TIME, claim -> {}).mine()).isTrue();
  }

  @Test
  void leavesTheLeaseOfAnotherThatWasFaster() {
    Lease lease = lease("a");

    Lease.Claim claim =
        lease.claim(
            "run-1",
            TIME,
            begun -> {
              lease("b").claim("run-2", TIME, other -> {});
              lease.release(begun);
            });

    assertThat(claim.mine()).isFalse();
    assertThat(lease("c").holder()).get().extracting(Lease.Document::run).isEqualTo("run-2");
  }
}
