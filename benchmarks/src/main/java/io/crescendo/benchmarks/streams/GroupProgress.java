package io.crescendo.benchmarks.streams;

import io.crescendo.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a Kafka Streams application has come, told from offsets. */
final class GroupProgress {

  /** Two commit intervals, and some. */
  private static final Duration QUIET = Duration.ofMillis(2_500);

  /** Of the streams app; what else writes to them has ended. */
  private static final Set<String> OUTPUTS =
      Set.of(Topics.ARTISTS.name(), Topics.GENRE_FOLLOWERS.name());

  private final Admin admin;
  private final String application;

  GroupProgress(Admin admin, String application) {
    this.admin = admin;
    this.application = application;
  }

  /**
   * Waits until all updates, and all that was repartitioned, are processed and committed, and
   * nothing more comes of them.
   *
   * @param atEnd called when it is so, and again where something did come after all
   */
  void awaitEnd(Runnable atEnd) throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> endsThen = Map.of();
    long then = System.nanoTime();
    while (endsThen.isEmpty() || System.nanoTime() - then < QUIET.toNanos()) {
      Map<TopicPartition, Long> ends = ends();
      if (!ends.equals(endsThen)) {
        endsThen = Map.of();
        if (isAt(ends)) {
          atEnd.run();
          endsThen = ends;
          then = System.nanoTime();
        }
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean isAt(Map<TopicPartition, Long> ends)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get();
    return ends.entrySet().stream()
        .filter(end -> !OUTPUTS.contains(end.getKey().topic()))
        .allMatch(
            end -> {
              OffsetAndMetadata offset = committed.get(end.getKey());
              return end.getValue() <= (offset == null ? 0 : offset.offset());
            });
  }

  private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    List<String> topics =
        admin.listTopics().names().get().stream()
            .filter(
                name ->
                    name.equals(Topics.ARTIST_UPDATES.name())
                        || OUTPUTS.contains(name)
                        || (name.startsWith(application + "-") && name.endsWith("-repartition")))
            .toList();
    List<TopicPartition> partitions = new ArrayList<>();
    for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
    }
    return admin
        .listOffsets(
            partitions.stream()
                .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest())))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
  }
}
