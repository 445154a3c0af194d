package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicCollection;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

  /** Left to itself, the client gives up after its own minute. */
  @Test
  void letsTheClientWaitForAllOfTheStartTimeout() {
    List<Integer> waits = new ArrayList<>();
    Node broker = new Node(0, "one.example", 9092);
    Admin brokers =
        new MockAdminClient(List.of(broker), broker) {
          @Override
          public DescribeTopicsResult describeTopics(
              TopicCollection topics, DescribeTopicsOptions options) {
            waits.add(options.timeoutMs());
            return super.describeTopics(topics, options);
          }
        };
    try (brokers) {
      TopicCheck.run(
          brokers, StreamsSettings.of(Map.of("start.timeout", "PT1H", "replication.factor", "1")));
    }
    assertThat(waits).isNotEmpty().allSatisfy(ms -> assertThat(ms).isGreaterThan(30 * 60_000));
  }

  /** Kafka Streams would say so, too, after threads had died of it for a minute. */
  @Test
  void refusesOtherPartitionsThanTheStateHas() {
    Node broker = new Node(0, "one.example", 9092);
    StreamsSettings settings =
        StreamsSettings.of(Map.of("partitions", "8", "replication.factor", "1"));
    try (Admin brokers = new MockAdminClient(List.of(broker), broker)) {
      TopicCheck.run(brokers, settings);
      brokers.createTopics(
          List.of(
              new NewTopic(
                  "crescendo-streams-genre-parts-repartition",
                  Optional.of(4),
                  Optional.of((short) 1))));
      assertThatThrownBy(() -> TopicCheck.run(brokers, settings))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining(
              "partitions must be those of the state, of which topic"
                  + " 'crescendo-streams-genre-parts-repartition' has 4, got 8; another number"
                  + " needs a reset, see docs/streams-app.md");
    }
  }
}
