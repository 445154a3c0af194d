package io.crescendo.schemas;

import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The brokers did not create a topic that the pipeline needs, or do not know it in time. */
public final class TopicCreationException extends RuntimeException {

  TopicCreationException(String topic, Throwable cause) {
    super(
        cause instanceof UnknownTopicOrPartitionException
            ? "Topic '%s' exists, but the broker that answers does not know it yet: %s"
                .formatted(topic, cause)
            : "Topic '%s' could not be created or described: %s".formatted(topic, cause),
        cause);
  }
}
