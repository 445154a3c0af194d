package io.crescendo.stack;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Connect worker that runs in a JVM of its own.
 *
 * @param lib directory with the jars of Connect, and nothing else: its class path
 * @param plugins directory whose subdirectories are the plugins
 * @param bootstrapServers Kafka brokers
 * @param port port of the REST API, free on loopback
 * @param dir directory for its configuration and its log
 * @param jvmOptions such as {@code -Xmx512m}
 * @param properties worker configuration on top of what is here, such as {@code plugin.discovery}
 */
public record WorkerSettings(
    Path lib,
    Path plugins,
    String bootstrapServers,
    int port,
    Path dir,
    List<String> jvmOptions,
    Map<String, String> properties) {

  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  /** Makes the collections unmodifiable. */
  public WorkerSettings {
    jvmOptions = List.copyOf(jvmOptions);
    properties = Map.copyOf(properties);
  }

  /** The whole worker configuration. */
  Map<String, String> worker() {
    Map<String, String> p = new HashMap<>();
    p.put("bootstrap.servers", bootstrapServers);
    p.put("group.id", "connect-process");
    p.put("listeners", "http://127.0.0.1:" + port);
    p.put("rest.advertised.host.name", "127.0.0.1");
    p.put("key.converter", BYTES);
    p.put("value.converter", BYTES);
    for (String topic : new String[] {"config", "offset", "status"}) {
      p.put(topic + ".storage.topic", "connect-process-" + topic);
      p.put(topic + ".storage.replication.factor", "1");
    }
    p.put("offset.storage.partitions", "1");
    p.put("status.storage.partitions", "1");
    p.put("plugin.path", plugins.toAbsolutePath().toString());
    p.put("scheduled.rebalance.max.delay.ms", "0");
    p.putAll(properties);
    return p;
  }
}
