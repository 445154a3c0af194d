package io.crescendo.csv;

import io.crescendo.schemas.TopicCreationException;
import io.crescendo.schemas.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Creates the topics of the pipeline where they are missing. Connects when it is first used. */
final class NeededTopics implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Map<String, Object> properties;
  private Admin admin;

  /**
   * Topics of a cluster.
   *
   * @param properties properties of Kafka clients
   */
  NeededTopics(Map<String, Object> properties) {
    this.properties = properties;
  }

  /** The client that it uses, for others to use too; closed here. */
  Admin admin() {
    if (admin == null) {
      Map<String, Object> known = new HashMap<>(properties);
      known.keySet().retainAll(AdminClientConfig.configNames());
      known.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
      known.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
      admin = Admin.create(known);
    }
    return admin;
  }

  /**
   * Creates them.
   *
   * @param told told if somebody else has to create them
   * @throws KafkaException if no broker answers
   */
  void create(PrintWriter told) {
    try {
      Topics.createMissing(admin(), (short) -1, TIMEOUT);
    } catch (TopicCreationException e) {
      boolean ours = e.getCause() instanceof TimeoutException;
      if (ours || e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw new KafkaException(
            "%s did not answer in time; nothing was published"
                .formatted(properties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)),
            e);
      }
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
      // Common where somebody else owns the topics; if they are missing, publishing says so.
      told.println(e.getMessage() + "; going on with the topics that exist");
    } catch (KafkaException e) {
      throw e.getCause() instanceof ConfigException config ? config : e;
    }
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
