package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Daws.accessKeyId=" + TestStore.KEY,
                "-Daws.secretAccessKey=" + TestStore.SECRET,
                "-cp",
                System.getProperty("java.class.path"),
                RefreshCommand.class.getName(),
                "run",
                "--services=aws",
                "--s3-endpoint=" + store.endpoint(),
                "--glue-endpoint=" + aws.endpoint(),
                "--glue-crawler-role=crawler",
                "--work-dir=" + directory));
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
}
