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

/** Sees to it before the start that the topics are there and cut as the state is. */
final class TopicCheck {

  private TopicCheck() {}

  /**
   * Creates the missing topics, and checks the partitions of {@code artist-updates}.
   *
   * @throws StreamsStartException if the brokers do not answer or refuse
   * @throws InvalidSettingsException if the partitions are not as many as the settings say
   */
  static void run(Admin admin, StreamsSettings settings) {
    String updates = Topics.ARTIST_UPDATES.name();
    try {
      Topics.createMissing(
          admin, wanted(settings), settings.replicationFactor(), settings.startTimeout());
      int partitions =
          admin
              .describeTopics(
                  List.of(updates),
                  new DescribeTopicsOptions().timeoutMs((int) settings.startTimeout().toMillis()))
              .topicNameValues()
              .get(updates)
              .get(settings.startTimeout().toMillis(), TimeUnit.MILLISECONDS)
              .partitions()
              .size();
      if (partitions != settings.partitions()) {
        throw new InvalidSettingsException(
            List.of(
                "%s must be the partitions of topic '%s', which has %s, got %s"
                    .formatted(
                        Setting.PARTITIONS.key(), updates, partitions, settings.partitions())));
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
