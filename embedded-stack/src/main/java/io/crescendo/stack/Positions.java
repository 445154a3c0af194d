package io.crescendo.stack;

import io.crescendo.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the pipeline has come, told from offsets alone: what has been enriched, and what has
 * landed.
 *
 * <p>Not thread-safe.
 */
public final class Positions implements AutoCloseable {

  /** Topics that the sink lands. */
  private static final List<String> LANDED =
      List.of(Topics.ARTISTS.name(), Topics.GENRE_FOLLOWERS.name(), Topics.ARTIST_REJECTS.name());

  private final Admin admin;
  private final TailOffsets tails;
  private final String streamsGroup;
  private final String sinkGroup;
  private final Duration commitInterval;
  private final Watch enriched = new Watch();
  private final Watch landed = new Watch();

  /**
   * Looks at a running pipeline.
   *
   * @param streamsGroup application id of the streams app
   * @param connector name of the sink connector
   * @param commitInterval of the streams app, which holds totals back for some of them
   */
  public Positions(
      EmbeddedStack stack, String streamsGroup, String connector, Duration commitInterval) {
    this.admin = stack.admin();
    this.tails = new TailOffsets(stack.bootstrapServers());
    this.streamsGroup = streamsGroup;
    this.sinkGroup = "connect-" + connector;
    this.commitInterval = commitInterval;
  }

  /** Since when something is as it is. */
  private static final class Watch {

    private Object last;
    private long since;

    boolean unchangedFor(Duration time, Object now) {
      if (!now.equals(last)) {
        last = now;
        since = System.nanoTime();
      }
      return System.nanoTime() - since > time.toNanos();
    }
  }

  /**
   * Whether the streams app has read all updates, and all that lies between its steps, and nothing
   * has moved there for a commit interval: what artists give is told to genres, and reported, a
   * while after it was read. To be asked until it is so.
   */
  public boolean allEnriched() {
    List<String> inputs = new ArrayList<>(steps());
    inputs.add(Topics.ARTIST_UPDATES.name());
    Map<TopicPartition, Long> committed = committed(streamsGroup);
    Map<TopicPartition, Long> ends = ends(inputs);
    return enriched.unchangedFor(commitInterval, List.of(ends, committed))
        && ends.entrySet().stream()
            .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  /** Topics between the steps of the streams app. */
  private List<String> steps() {
    return get(admin.listTopics().names()).stream()
        .filter(topic -> topic.startsWith(streamsGroup + "-") && topic.endsWith("-repartition"))
        .toList();
  }

  /**
   * Whether everything lies in the warehouse: nothing has come to its topics, nor to those between
   * steps, for three commit intervals, and all that is there has landed. To be asked until it is
   * so, after {@link #allEnriched}.
   */
  public boolean allLanded() {
    Map<TopicPartition, Long> committed = committed(sinkGroup);
    Map<TopicPartition, Long> landing = tails.of(LANDED);
    Map<TopicPartition, Long> now = new HashMap<>(landing);
    now.putAll(ends(steps()));
    return landed.unchangedFor(commitInterval.multipliedBy(3), now)
        && landing.entrySet().stream()
            .allMatch(tail -> committed.getOrDefault(tail.getKey(), 0L) >= tail.getValue());
  }

  /**
   * Updates read by the streams app since the topic began, give or take the markers of
   * transactions.
   */
  public long enriched() {
    return sum(committed(streamsGroup), List.of(Topics.ARTIST_UPDATES.name()));
  }

  /** Rows landed since the topics began, give or take the markers of transactions. */
  public long landed() {
    return sum(committed(sinkGroup), LANDED);
  }

  @Override
  public void close() {
    Closing.quietly(tails);
    Closing.quietly(admin);
  }

  private static long sum(Map<TopicPartition, Long> offsets, Collection<String> topics) {
    return offsets.entrySet().stream()
        .filter(e -> topics.contains(e.getKey().topic()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<TopicPartition, Long> committed = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          if (offset != null) {
            committed.put(partition, offset.offset());
          }
        });
    return committed;
  }

  /**
   * Ends of all partitions, transactions that are still open included: the offsets of a transaction
   * can be visible a moment before its records are.
   */
  private Map<TopicPartition, Long> ends(Collection<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (TopicDescription topic : get(admin.describeTopics(topics).allTopicNames()).values()) {
      topic
          .partitions()
          .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
    }
    Map<TopicPartition, OffsetSpec> latest =
        partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
    return get(
            admin
                .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all())
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new StackException("The broker did not answer: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while asking the broker", e);
    }
  }
}
