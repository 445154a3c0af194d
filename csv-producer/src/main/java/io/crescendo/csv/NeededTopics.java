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

/** Creates the topics of the pipeline where they are missing. */
final class NeededTopics {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private NeededTopics() {}

  /**
   * Creates them.
   *
   * @param err told if somebody else has to create them
   * @throws KafkaException if no broker answers
   */
  static void create(Map<String, Object> properties, PrintWriter err) {
    Map<String, Object> admin = new HashMap<>(properties);
    admin.keySet().retainAll(AdminClientConfig.configNames());
    admin.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    admin.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    try (Admin client = Admin.create(admin)) {
      Topics.createMissing(client, (short) -1, TIMEOUT);
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
      err.println(e.getMessage() + "; going on with the topics that exist");
    } catch (KafkaException e) {
      throw e.getCause() instanceof ConfigException config ? config : e;
    }
  }
}
