package io.crescendo.benchmarks.streams;

import io.crescendo.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a Kafka Streams application has come, told from its committed offsets. */
final class GroupProgress {

  private final Admin admin;
  private final String application;

  GroupProgress(Admin admin, String application) {
    this.admin = admin;
    this.application = application;
  }

  /** Waits until all updates, and all that was repartitioned, are processed and committed. */
  void awaitEnd() throws ExecutionException, InterruptedException {
    while (!atEnd()) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean atEnd() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get();
    for (Map.Entry<TopicPartition, Long> end : ends().entrySet()) {
      OffsetAndMetadata offset = committed.get(end.getKey());
      if (end.getValue() > (offset == null ? 0 : offset.offset())) {
        return false;
      }
    }
    return true;
  }

  private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    List<String> topics =
        admin.listTopics().names().get().stream()
            .filter(
                name ->
                    name.equals(Topics.ARTIST_UPDATES.name())
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
