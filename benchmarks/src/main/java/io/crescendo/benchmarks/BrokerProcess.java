package io.crescendo.benchmarks;

import io.crescendo.schemas.Topics;
import io.crescendo.stack.EmbeddedBroker;
import io.crescendo.stack.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * A broker in a JVM of its own, so that what a client takes is told apart from what the broker
 * takes; with the topics of the pipeline.
 */
public final class BrokerProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);

  private final Process process;
  private final String bootstrapServers;

  private BrokerProcess(Process process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and returns when it has the topics.
   *
   * @param dir where it keeps its data and its log
   * @param wrapper what the command begins with, such as {@code taskset -c 1}; may be empty
   */
  public static BrokerProcess start(Path dir, List<String> wrapper) throws IOException {
    int port = Ports.anyFree().kafka();
    Files.createDirectories(dir);
    Path log = dir.resolve("broker.log");
    Process process =
        new ProcessBuilder(
                ChildJvm.command(
                    wrapper,
                    List.of("-Xmx1g"),
                    BrokerProcess.class,
                    List.of(dir.resolve("data").toString(), Integer.toString(port))))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    BrokerProcess broker = new BrokerProcess(process, "127.0.0.1:" + port);
    try (Admin admin = broker.admin()) {
      Topics.createMissing(admin, (short) 1, START);
      return broker;
    } catch (RuntimeException e) {
      broker.close();
      throw new IOException("The broker did not start; see " + log, e);
    }
  }

  /** Address for clients. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** A new client for administration. */
  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The process: runs a broker until it is told to end, or until nobody is there any more. */
  public static void main(String[] args) throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
    System.exit(0);
  }
}
