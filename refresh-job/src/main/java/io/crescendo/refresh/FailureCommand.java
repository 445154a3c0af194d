package io.crescendo.refresh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a command when a run failed, with the run's record as JSON on its standard input, and {@code
 * CRESCENDO_RUN}, {@code CRESCENDO_OUTCOME}, {@code CRESCENDO_STEP} and {@code CRESCENDO_REASON} in
 * its environment. Nothing of the record becomes a part of the command. It has one minute; if it
 * fails, the log says so, and the run's outcome stays what it was.
 */
final class FailureCommand implements Consumer<RunRecord> {

  private static final Logger LOG = LoggerFactory.getLogger(FailureCommand.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String command;
  private final Duration patience;

  FailureCommand(String command) {
    this(command, PATIENCE);
  }

  FailureCommand(String command, Duration patience) {
    this.command = command;
    this.patience = patience;
  }

  @Override
  public void accept(RunRecord run) {
    ProcessBuilder shell =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = shell.environment();
    environment.put("CRESCENDO_RUN", run.run());
    environment.put("CRESCENDO_OUTCOME", run.outcome().name().toLowerCase(java.util.Locale.ROOT));
    if (run.failure() != null) {
      environment.put("CRESCENDO_STEP", run.failure().step());
      environment.put("CRESCENDO_REASON", run.failure().reason().replace("\0", ""));
    }
    try {
      Process process = shell.start();
      give(process, Json.text(run));
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        LOG.error("The command for failures still ran after {} and was killed", patience);
      } else if (process.exitValue() != 0) {
        LOG.error("The command for failures ended with exit code {}", process.exitValue());
      }
    } catch (IOException e) {
      LOG.error("The command for failures could not be started: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void give(Process process, String record) {
    try (OutputStream input = process.getOutputStream()) {
      input.write(record.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.debug("The command for failures did not read the record: {}", e.getMessage());
    }
  }
}
