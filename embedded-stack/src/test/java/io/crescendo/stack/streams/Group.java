package io.crescendo.stack.streams;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ClassicGroupState;
import org.apache.kafka.common.TopicPartition;

/** What the broker says of two instances of an app, each with one thread. */
final class Group implements AutoCloseable {

  private final Admin admin;
  private final String application;

  Group(String bootstrapServers, String application) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.application = application;
  }

  /** Whether both are members with partitions, and no dead one is. */
  boolean bothWork() {
    Set<String> groups =
        answer(() -> admin.listGroups().all().get()).stream()
            .map(GroupListing::groupId)
            .collect(toSet());
    if (!groups.contains(application)) {
      return false;
    }
    ClassicGroupDescription group =
        answer(() -> admin.describeClassicGroups(List.of(application)).all().get())
            .get(application);
    return group.state() == ClassicGroupState.STABLE
        && group.members().size() == 2
        && group.members().stream()
            .noneMatch(member -> member.assignment().topicPartitions().isEmpty());
  }

  /** Updates that no transaction has committed yet. */
  long unprocessed() {
    Map<TopicPartition, OffsetAndMetadata> committed =
        answer(
            () ->
                admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get());
    Map<TopicPartition, OffsetSpec> latest =
        committed.keySet().stream()
            .filter(partition -> partition.topic().equals("artist-updates"))
            .collect(toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return answer(() -> admin.listOffsets(latest).all().get()).entrySet().stream()
        .mapToLong(end -> end.getValue().offset() - committed.get(end.getKey()).offset())
        .sum();
  }

  private interface Question<T> {

    T ask() throws ExecutionException, InterruptedException;
  }

  private static <T> T answer(Question<T> question) {
    try {
      return question.ask();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
