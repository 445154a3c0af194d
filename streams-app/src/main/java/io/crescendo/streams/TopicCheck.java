package io.crescendo.streams;

import io.crescendo.schemas.TopicCreationException;
import io.crescendo.schemas.TopicDefinition;
import io.crescendo.schemas.Topics;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Sees to it before the start that the topics are there and cut as the state is. */
final class TopicCheck {

  private TopicCheck() {}

  /**
   * Creates the missing topics, and checks the partitions of {@code artist-updates} and of the
   * state.
   *
   * @throws StreamsStartException if the brokers do not answer or refuse
   * @throws InvalidSettingsException if the partitions are not as many as the settings say
   */
  static void run(Admin admin, StreamsSettings settings) {
    String updates = Topics.ARTIST_UPDATES.name();
    try {
      Topics.createMissing(
          admin, wanted(settings), settings.replicationFactor(), settings.startTimeout());
      int partitions = partitions(admin, settings, updates);
      if (partitions != settings.partitions()) {
        throw new InvalidSettingsException(
            List.of(
                "%s must be the partitions of topic '%s', which has %s, got %s"
                    .formatted(
                        Setting.PARTITIONS.key(), updates, partitions, settings.partitions())));
      }
      for (String topic : ArtistTopology.repartitionTopics(settings.applicationId())) {
        checkState(admin, settings, topic);
      }
    } catch (TopicCreationException e) {
      throw failed(settings, e.getMessage(), e);
    } catch (ExecutionException e) {
      throw failed(settings, e.getCause().toString(), e.getCause());
    } catch (TimeoutException e) {
      throw failed(settings, "no answer within " + settings.startTimeout(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(settings, "interrupted", e);
    }
  }

  /** Else Kafka Streams finds out itself, and threads die of it until the app gives up. */
  private static void checkState(Admin admin, StreamsSettings settings, String topic)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      int partitions = partitions(admin, settings, topic);
      if (partitions != settings.partitions()) {
        throw new InvalidSettingsException(
            List.of(
                "%s must be those of the state, of which topic '%s' has %s, got %s; another number needs a reset, see docs/streams-app.md"
                    .formatted(
                        Setting.PARTITIONS.key(), topic, partitions, settings.partitions())));
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
      // An app that has no state yet makes it as the settings say.
    }
  }

  private static int partitions(Admin admin, StreamsSettings settings, String topic)
      throws ExecutionException, InterruptedException, TimeoutException {
    int timeout = (int) settings.startTimeout().toMillis();
    return admin
        .describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(timeout))
        .topicNameValues()
        .get(topic)
        .get(timeout, TimeUnit.MILLISECONDS)
        .partitions()
        .size();
  }

  /** Those that the app reads and writes. */
  private static List<TopicDefinition> wanted(StreamsSettings settings) {
    return List.of(
        Topics.ARTIST_UPDATES.withPartitions(settings.partitions()),
        Topics.ARTIST_REJECTS,
        Topics.ARTISTS,
        Topics.GENRE_FOLLOWERS);
  }

  private static StreamsStartException failed(
      StreamsSettings settings, String why, Throwable cause) {
    return new StreamsStartException(
        "Topics at %s could not be checked: %s; the streams app was not started"
            .formatted(settings.bootstrapServers(), why),
        cause);
  }
}
