package io.crescendo.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of the pipeline: definitions, and their creation. */
public final class Topics {

  private static final int PARTITIONS = 4;
  private static final Duration VISIBLE_POLL = Duration.ofMillis(50);

  /**
   * Updates as clients send them: JSON, see {@link UpdateFields}. A null value says that the artist
   * is gone.
   */
  public static final TopicDefinition ARTIST_UPDATES =
      new TopicDefinition(
          "artist-updates",
          "artist updates as JSON, from files, consoles and other clients",
          "artist id, may be missing",
          null,
          PARTITIONS,
          Map.of("cleanup.policy", "delete", "retention.ms", days(7)));

  /** Records and CSV rows that broke a rule. */
  public static final TopicDefinition ARTIST_REJECTS =
      new TopicDefinition(
          "artist-rejects",
          "records and rows that broke a rule, as received, with the reason",
          "as received",
          Reject.getClassSchema(),
          PARTITIONS,
          Map.of("cleanup.policy", "delete", "retention.ms", days(30)));

  /** Every accepted update, enriched. */
  public static final TopicDefinition ARTISTS =
      new TopicDefinition(
          "artists",
          "every accepted update, enriched",
          "artist id",
          Artist.getClassSchema(),
          PARTITIONS,
          Map.of("cleanup.policy", "delete", "retention.ms", days(30)));

  /** Running totals by genre. */
  public static final TopicDefinition GENRE_FOLLOWERS =
      new TopicDefinition(
          "genre-followers",
          "running totals by genre",
          "genre",
          GenreFollowers.getClassSchema(),
          PARTITIONS,
          Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", days(1)));

  /**
   * How far the CSV producer has come with each file. One partition, so that its end is one offset.
   */
  public static final TopicDefinition CSV_PROGRESS =
      new TopicDefinition(
          "csv-progress",
          "how far each file is published, written with its rows",
          "identity of the file",
          null,
          1,
          Map.of("cleanup.policy", "compact"));

  /** All of them, in the order of the flow. */
  public static final List<TopicDefinition> ALL =
      List.of(CSV_PROGRESS, ARTIST_UPDATES, ARTIST_REJECTS, ARTISTS, GENRE_FOLLOWERS);

  private Topics() {}

  /**
   * Creates the topics that do not exist yet; leaves the others as they are, and needs no right to
   * create where all exist. Safe to call from several programs at once. Returns when the broker
   * that answers knows all of them: a topic is created by the controller, and brokers hear of it a
   * little later.
   *
   * @param replicationFactor replicas of each new topic, or -1 for the broker's default
   * @param timeout how long to wait for the brokers
   * @return names of the topics that this call created
   * @throws TopicCreationException if the brokers refuse, or do not answer in time
   */
  public static List<String> createMissing(Admin admin, short replicationFactor, Duration timeout) {
    return createMissing(admin, ALL, replicationFactor, timeout);
  }

  /** As {@link #createMissing(Admin, short, Duration)}, but only some of the topics. */
  public static List<String> createMissing(
      Admin admin, List<TopicDefinition> wanted, short replicationFactor, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    List<TopicDefinition> missing = missing(admin, wanted, deadline);
    if (missing.isEmpty()) {
      return List.of();
    }
    List<String> created = new ArrayList<>();
    Map<String, KafkaFuture<Void>> results =
        admin
            .createTopics(
                missing.stream().map(t -> t.newTopic(replicationFactor)).toList(),
                new CreateTopicsOptions().timeoutMs(millisUntil(deadline)))
            .values();
    for (TopicDefinition topic : missing) {
      try {
        get(topic, results.get(topic.name()), deadline);
        created.add(topic.name());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new TopicCreationException(topic.name(), e.getCause());
        }
      }
    }
    awaitVisible(admin, missing, deadline);
    return created;
  }

  private static List<TopicDefinition> missing(
      Admin admin, List<TopicDefinition> wanted, long deadline) {
    Map<String, KafkaFuture<TopicDescription>> described =
        admin
            .describeTopics(
                wanted.stream().map(TopicDefinition::name).toList(),
                new DescribeTopicsOptions().timeoutMs(millisUntil(deadline)))
            .topicNameValues();
    return wanted.stream().filter(t -> !exists(t, described.get(t.name()), deadline)).toList();
  }

  private static boolean exists(
      TopicDefinition topic, KafkaFuture<TopicDescription> described, long deadline) {
    try {
      get(topic, described, deadline);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw new TopicCreationException(topic.name(), e.getCause());
    }
  }

  private static void awaitVisible(Admin admin, List<TopicDefinition> topics, long deadline) {
    List<TopicDefinition> unknown = missing(admin, topics, deadline);
    while (!unknown.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new TopicCreationException(
            unknown.get(0).name(),
            new UnknownTopicOrPartitionException("created, but not known yet"));
      }
      LockSupport.parkNanos(VISIBLE_POLL.toNanos());
      unknown = missing(admin, unknown, deadline);
    }
  }

  /** For the client as well, which would else give up after its own time, by default a minute. */
  private static int millisUntil(long deadline) {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    return (int) Math.max(0, Math.min(left, Integer.MAX_VALUE));
  }

  private static <T> void get(TopicDefinition topic, KafkaFuture<T> future, long deadline)
      throws ExecutionException {
    try {
      future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new TopicCreationException(topic.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicCreationException(topic.name(), e);
    }
  }

  /**
   * The definition of a topic.
   *
   * @throws IllegalArgumentException if the pipeline has no such topic; the message lists those it
   *     has
   */
  public static TopicDefinition named(String name) {
    return ALL.stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No topic '%s' in the pipeline; its topics are %s"
                        .formatted(
                            name,
                            ALL.stream()
                                .map(TopicDefinition::name)
                                .collect(Collectors.joining(", ")))));
  }

  private static String days(int days) {
    return Long.toString(Duration.ofDays(days).toMillis());
  }
}
