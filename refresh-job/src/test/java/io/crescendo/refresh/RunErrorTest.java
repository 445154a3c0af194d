package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunErrorTest {

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

  private List<RunRecord> history() {
    return new RunHistory(store.client(), store.settings()).latest(10);
  }

  @Test
  void leavesARecordAndGivesTheLeaseBack() {
    TestServices services = new TestServices(clock);
    services.during =
        () -> {
          throw new StackOverflowError("too deep");
        };
    RefreshJob job =
        new RefreshJob(
            store.client(), store.settings(), services.all(), List.of(), RunPlan.ALL, clock);

    assertThatThrownBy(job::run).isInstanceOf(StackOverflowError.class);

    assertThat(history())
        .extracting(RunRecord::failure)
        .containsExactly(new RunRecord.Failure("crawl", "too deep"));
    assertThat(new Lease(new ResultsBucket(store.client(), "results"), "other", clock).holder())
        .isEmpty();
  }

  /** A run in a program of its own, because a library is loaded once. */
  @Test
  void saysWhereTheLibraryCannotBeUnpacked() throws Exception {
    Path missing = directory.resolve("missing");
    Path log = directory.resolve("log");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + missing,
                "-Daws.accessKeyId=" + TestStore.KEY,
                "-Daws.secretAccessKey=" + TestStore.SECRET,
                "-cp",
                System.getProperty("java.class.path"),
                RefreshCommand.class.getName(),
                "run",
                "--s3-endpoint=" + store.endpoint(),
                "--work-dir=" + directory.resolve("work"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      program.destroyForcibly();
    }

    assertThat(program.exitValue()).as(Files.readString(log)).isEqualTo(4);
    assertThat(history().get(0).failure().reason())
        .startsWith(
            "DuckDB's library could not be unpacked into '%s' (java.io.tmpdir) or loaded: "
                .formatted(missing));
  }
}
