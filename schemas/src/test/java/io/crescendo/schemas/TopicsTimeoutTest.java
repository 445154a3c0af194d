package io.crescendo.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicCollection;
import org.junit.jupiter.api.Test;

class TopicsTimeoutTest {

  @Test
  void isTheClientsAsWell() {
    try (Waiting brokers = new Waiting()) {
      Topics.createMissing(brokers, (short) 1, Duration.ofHours(1));
      assertThat(brokers.waits)
          .hasSizeGreaterThan(2)
          .allSatisfy(ms -> assertThat(ms).isGreaterThan(30 * 60_000));
    }
  }

  /** Brokers that note how long each request may take. */
  private static final class Waiting extends MockAdminClient {

    private static final Node BROKER = new Node(0, "one.example", 9092);

    private final List<Integer> waits = new ArrayList<>();

    Waiting() {
      super(List.of(BROKER), BROKER);
    }

    @Override
    public DescribeTopicsResult describeTopics(
        TopicCollection topics, DescribeTopicsOptions options) {
      waits.add(options.timeoutMs());
      return super.describeTopics(topics, options);
    }

    @Override
    public CreateTopicsResult createTopics(
        Collection<NewTopic> topics, CreateTopicsOptions options) {
      waits.add(options.timeoutMs());
      return super.createTopics(topics, options);
    }
  }
}
