package io.crescendo.stack;

import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A distributed Connect worker in a JVM of its own: one that can be killed, measured, or be of
 * another version of Kafka than this JVM's. Its connectors come from {@code plugin.path} alone.
 */
public final class ConnectProcess implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final long STOP_SECONDS = 30;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI url;
  private final Path log;

  private ConnectProcess(Process process, URI url, Path log) {
    this.process = process;
    this.url = url;
    this.log = log;
  }

  /**
   * Starts a worker; its REST API answers when this returns, while the worker still joins its
   * group.
   *
   * @throws StackException if it does not start; the message names its log
   */
  public static ConnectProcess start(WorkerSettings settings) {
    Path log = settings.dir().resolve("connect.log");
    try {
      Files.createDirectories(settings.dir());
      Process process =
          new ProcessBuilder(command(settings))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start();
      // whoever stops this JVM means the worker, too
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      ConnectProcess worker =
          new ConnectProcess(process, URI.create("http://127.0.0.1:" + settings.port()), log);
      worker.awaitAnswer();
      return worker;
    } catch (IOException e) {
      throw new StackException("The Connect worker could not be started: " + e.getMessage(), e);
    }
  }

  /** Address of the REST API. */
  public URI url() {
    return url;
  }

  /** Process number, for tools that look into a JVM. */
  public long pid() {
    return process.pid();
  }

  /** Processor time that it has used so far. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** SIGKILL: no hook runs, nothing is committed, nobody is told. */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  @Override
  public void close() {
    process.destroy();
    if (!await()) {
      kill();
    }
  }

  private static List<String> command(WorkerSettings settings) throws IOException {
    Path file = settings.dir().resolve("connect.properties");
    Properties properties = new Properties();
    properties.putAll(settings.worker());
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlog4j2.level=INFO");
    command.addAll(settings.jvmOptions());
    command.addAll(List.of("-cp", settings.lib().toAbsolutePath() + "/*"));
    command.add("org.apache.kafka.connect.cli.ConnectDistributed");
    command.add(file.toString());
    return command;
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        String fate = process.isAlive() ? "does not answer" : "ended with " + process.exitValue();
        kill();
        throw new StackException(
            "The Connect worker on %s %s; its log is %s".formatted(url, fate, log));
      }
    }
  }

  private boolean answers() {
    try {
      return http.send(
                  HttpRequest.newBuilder(url.resolve("/connectors"))
                      .timeout(Duration.ofSeconds(5))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      pause();
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while waiting for Connect on " + url, e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean await() {
    try {
      return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
