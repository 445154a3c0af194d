package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReturnOnExitTest {

  @TempDir private Path directory;

  /** A run in a program of its own, whose crawl does not end. */
  private Process run(TestStore store, ScriptedAws aws) throws Exception {
    aws.glue.looks = Integer.MAX_VALUE;
    return start(
        store,
        "run",
        "--services=aws",
        "--glue-endpoint=" + aws.endpoint(),
        "--glue-crawler-role=crawler");
  }

  private Process start(TestStore store, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Daws.accessKeyId=" + TestStore.KEY,
                "-Daws.secretAccessKey=" + TestStore.SECRET,
                "-cp",
                System.getProperty("java.class.path"),
                RefreshCommand.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--s3-endpoint=" + store.endpoint(), "--work-dir=" + directory));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile());
    return builder.start();
  }

  @Test
  void givesTheLeaseBackWhenTheProgramIsToldToStop() throws Exception {
    try (TestStore store = new TestStore(directory);
        ScriptedAws aws = new ScriptedAws()) {
      Process program = run(store, aws);
      try {
        while (aws.calls("glue:StartCrawler").isEmpty() && program.isAlive()) {
          LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        Lease lease =
            new Lease(new ResultsBucket(store.client(), "results"), "other", Clock.systemUTC());
        assertThat(lease.holder()).isPresent();

        program.destroy();

        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(lease.holder()).isEmpty();
      } finally {
        program.destroyForcibly();
      }
    }
  }

  @Test
  void takesWordOfTheNextRunBackWhenTheScheduleIsToldToStop() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      ResultsBucket results = new ResultsBucket(store.client(), "results");
      Process program = start(store, "schedule", "--cron=0 0 29 2 *");
      try {
        while (results.get(NextRun.KEY).isEmpty() && program.isAlive()) {
          LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        assertThat(results.get(NextRun.KEY)).isPresent();

        program.destroy();

        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(results.get(NextRun.KEY)).isEmpty();
      } finally {
        program.destroyForcibly();
      }
    }
  }
}
