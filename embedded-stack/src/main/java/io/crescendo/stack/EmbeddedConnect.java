package io.crescendo.stack;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;

/** A distributed Kafka Connect worker with its REST API on loopback. */
public final class EmbeddedConnect implements AutoCloseable {

  /**
   * How long stopping waits for a task in the middle of an upload, which the next start repeats.
   */
  static final Duration TASK_STOP = Duration.ofSeconds(2);

  private final Connect<?> connect;
  private final URI url;

  private EmbeddedConnect(Connect<?> connect, URI url) {
    this.connect = connect;
    this.url = url;
  }

  /**
   * Starts a worker; its REST API answers when this returns, while the worker still joins its
   * group.
   *
   * @param bootstrapServers Kafka brokers
   * @param port port of the REST API, free on loopback
   * @param variables what {@code ${env:NAME}} stands for in connector configurations; see {@link
   *     StackVariables}
   * @throws StackException if it does not start
   */
  public static EmbeddedConnect start(
      String bootstrapServers, int port, Map<String, String> variables) {
    URI url = URI.create("http://127.0.0.1:" + port);
    try {
      Connect<?> connect =
          new ConnectDistributed().startConnect(properties(bootstrapServers, url, variables));
      return new EmbeddedConnect(connect, url);
    } catch (RuntimeException e) {
      throw new StackException(
          "The Connect worker did not start on %s: %s".formatted(url, e.getMessage()), e);
    }
  }

  /** Address of the REST API, such as {@code http://127.0.0.1:8083}. */
  public URI url() {
    return url;
  }

  @Override
  public void close() {
    connect.stop();
    connect.awaitStop();
  }

  static Map<String, String> properties(
      String bootstrapServers, URI url, Map<String, String> variables) {
    Map<String, String> p = new HashMap<>();
    p.put("bootstrap.servers", bootstrapServers);
    p.put("group.id", "crescendo-connect");
    p.put("listeners", url.toString());
    p.put("rest.advertised.host.name", "127.0.0.1");
    p.put("rest.extension.classes", LoopbackRest.class.getName());
    p.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    p.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    for (String topic : new String[] {"config", "offset", "status"}) {
      p.put(topic + ".storage.topic", "crescendo-connect-" + topic);
      p.put(topic + ".storage.replication.factor", "1");
    }
    p.put("offset.storage.partitions", "1");
    p.put("status.storage.partitions", "1");
    p.put("scheduled.rebalance.max.delay.ms", "0");
    p.put("task.shutdown.graceful.timeout.ms", Long.toString(TASK_STOP.toMillis()));
    // after a kill, whoever starts again need not wait long for the dead worker and its consumers
    p.put("session.timeout.ms", "6000");
    p.put("heartbeat.interval.ms", "1500");
    p.put("consumer.session.timeout.ms", "6000");
    p.put("consumer.heartbeat.interval.ms", "1500");
    // scanning the class path for plugins takes longer than everything else together
    p.put("plugin.discovery", "service_load");
    p.put("config.providers", "env");
    p.put("config.providers.env.class", StackVariables.class.getName());
    variables.forEach((name, value) -> p.put("config.providers.env.param." + name, value));
    return p;
  }
}
