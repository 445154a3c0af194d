package io.crescendo.schemas;

/** The brokers did not create a topic that the pipeline needs. */
public final class TopicCreationException extends RuntimeException {

  TopicCreationException(String topic, Throwable cause) {
    super("Topic '%s' could not be created: %s".formatted(topic, cause), cause);
  }
}
