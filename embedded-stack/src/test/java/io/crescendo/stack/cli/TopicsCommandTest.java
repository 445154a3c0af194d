package io.crescendo.stack.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.stack.StackException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

class TopicsCommandTest {

  @Test
  void saysThatTheBrokersHaveNoSuchTopicYet() {
    try (MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest")) {
      assertThatThrownBy(() -> TopicsCommand.partitions(consumer, "artists"))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("no topic 'artists'");
    }
  }
}
