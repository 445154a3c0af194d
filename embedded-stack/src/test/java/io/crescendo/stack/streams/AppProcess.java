package io.crescendo.stack.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The streams app in a JVM of its own, which can be killed. */
final class AppProcess {

  private final Path log;
  private final List<String> arguments;
  private Process process;

  /**
   * Not started yet.
   *
   * @param dir state and log, kept from one start to the next
   */
  AppProcess(Path dir, String bootstrapServers, List<String> settings) {
    this.log = dir.resolveSibling(dir.getFileName() + ".log");
    this.arguments = new ArrayList<>();
    arguments.addAll(List.of("--bootstrap-server", bootstrapServers));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.addAll(List.of("--set", "state.dir=" + dir.resolve("state")));
  }

  void start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.crescendo.streams.StreamsCommand");
    command.addAll(arguments);
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL: no hook runs, nothing is committed, nobody is told. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM; gives the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    return end();
  }

  /** Waits until it ends by itself, and gives the exit code. */
  int end() throws InterruptedException {
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    if (!ended) {
      kill();
    }
    assertThat(ended).as("ended within two minutes: %s", log()).isTrue();
    return process.exitValue();
  }

  /** What it has said so far, in all its lives. */
  String log() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
