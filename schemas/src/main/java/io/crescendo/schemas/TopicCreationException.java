package io.crescendo.schemas;

import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The brokers did not create a topic that the pipeline needs, or do not know it in time. */
public final class TopicCreationException extends RuntimeException {

  TopicCreationException(String topic, Throwable cause) {
    super(message(topic, cause), cause);
  }

  private static String message(String topic, Throwable cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return "Topic '%s' exists, but the broker that answers does not know it yet: %s"
          .formatted(topic, cause);
    }
    if (cause instanceof TimeoutException
        || cause instanceof org.apache.kafka.common.errors.TimeoutException) {
      return "The brokers did not answer in time, asked for topic '%s'".formatted(topic);
    }
    return "Topic '%s' could not be created or described: %s".formatted(topic, cause);
  }
}
