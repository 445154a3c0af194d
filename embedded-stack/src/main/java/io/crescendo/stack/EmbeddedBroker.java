package io.crescendo.stack;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka node, broker and KRaft controller at once, on loopback. Data stays in its directory
 * from one start to the next.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final String CONTROLLER_LISTENER = "CONTROLLER";

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a node and returns when it serves.
   *
   * @param dir directory of its logs; formatted when empty
   * @param port port for clients, free on loopback
   * @throws StackException if the directory cannot be used or the node does not start
   */
  public static EmbeddedBroker start(Path dir, int port) {
    return start(dir, port, Map.of());
  }

  /**
   * Starts a node with broker settings of its own on top of the defaults here.
   *
   * @param overrides broker configuration, such as {@code message.max.bytes}
   */
  public static EmbeddedBroker start(Path dir, int port, Map<String, String> overrides) {
    Properties properties = properties(dir, port, Ports.free());
    properties.putAll(overrides);
    try {
      format(dir);
      if (KilledBroker.wasHere(dir)) {
        KilledBroker.fence(controller(dir, port));
      }
      KafkaRaftServer server =
          new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
      startUp(server);
      return new EmbeddedBroker(server, "127.0.0.1:" + port);
    } catch (Exception e) {
      throw new StackException(
          "The Kafka broker did not start on 127.0.0.1:%s with data in %s: %s"
              .formatted(port, dir, e.getMessage()),
          e);
    }
  }

  /** Address for clients: {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void startUp(KafkaRaftServer server) {
    try {
      server.startup();
    } catch (RuntimeException e) {
      // the controller may run although the broker does not
      server.shutdown();
      throw e;
    }
  }

  private static void format(Path dir) throws Exception {
    if (Files.exists(dir.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(dir);
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .setDirectories(List.of(dir.toString()))
        .setControllerListenerName(CONTROLLER_LISTENER)
        .setMetadataLogDirectory(dir.toString())
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }

  /** The node without its broker. */
  private static Properties controller(Path dir, int port) {
    int controllerPort = Ports.free();
    Properties p = properties(dir, port, controllerPort);
    p.put("process.roles", "controller");
    p.put("listeners", "%s://127.0.0.1:%s".formatted(CONTROLLER_LISTENER, controllerPort));
    return p;
  }

  private static Properties properties(Path dir, int port, int controllerPort) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    p.put("controller.listener.names", CONTROLLER_LISTENER);
    p.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%s,%s://127.0.0.1:%s"
            .formatted(port, CONTROLLER_LISTENER, controllerPort));
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("log.dirs", dir.toString());
    p.put("auto.create.topics.enable", "false");

    // one node: nothing to replicate to
    p.put("default.replication.factor", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");

    // one machine: few threads and partitions, small buffers
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("num.recovery.threads.per.data.dir", "2");
    p.put("offsets.topic.num.partitions", "4");
    p.put("transaction.state.log.num.partitions", "4");
    p.put("log.cleaner.dedupe.buffer.size", "2097152");
    p.put("log.index.size.max.bytes", "1048576");

    // a person waits: no pause for further members, and a short one after an unclean stop
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("group.streams.min.heartbeat.interval.ms", "300");
    p.put("group.streams.heartbeat.interval.ms", "300");
    p.put("group.streams.initial.rebalance.delay.ms", "0");
    p.put("broker.heartbeat.interval.ms", "500");
    p.put("broker.session.timeout.ms", "3000");
    return p;
  }
}
