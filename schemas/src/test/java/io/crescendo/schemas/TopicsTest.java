package io.crescendo.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void findsATopicByItsName() {
    assertThat(Topics.named("genre-followers")).isSameAs(Topics.GENRE_FOLLOWERS);
  }

  @Test
  void listsTheTopicsWhenThereIsNoneOfThatName() {
    assertThatThrownBy(() -> Topics.named("artist"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "No topic 'artist' in the pipeline; its topics are"
                + " csv-progress, artist-updates, artist-rejects, artists, genre-followers");
  }

  @Test
  void keepsTotalsByGenreAndProgressOfFilesAndOnlyThoseForEver() {
    assertThat(Topics.ALL)
        .filteredOn(t -> t.config().get("cleanup.policy").equals("compact"))
        .containsExactly(Topics.CSV_PROGRESS, Topics.GENRE_FOLLOWERS);
  }

  @Test
  void returnsWhenTheBrokersKnowTheTopicsThatItCreated() throws Exception {
    try (MockAdminClient brokers = MockAdminClient.create().numBrokers(1).build()) {
      List<TopicDefinition> wanted = List.of(Topics.ARTISTS, Topics.GENRE_FOLLOWERS);
      brokers.createTopics(List.of(Topics.GENRE_FOLLOWERS.newTopic((short) 1)));
      brokers.setFetchesRemainingUntilVisible("genre-followers", 3);

      assertThat(Topics.createMissing(brokers, wanted, (short) 1, Duration.ofSeconds(30)))
          .containsExactly("artists");
      assertThat(brokers.describeTopics(List.of("genre-followers")).allTopicNames().get())
          .containsKey("genre-followers");
    }
  }

  @Test
  void asksForNothingWhereEveryTopicExists() {
    List<TopicDefinition> wanted = List.of(Topics.ARTISTS, Topics.GENRE_FOLLOWERS);
    try (Admin brokers = new OnlyExisting(wanted)) {
      assertThat(Topics.createMissing(brokers, wanted, (short) 1, Duration.ofSeconds(30)))
          .isEmpty();
    }
  }

  @Test
  void createsATopicWithThePartitionsThatAreWanted() throws Exception {
    try (MockAdminClient brokers = MockAdminClient.create().numBrokers(1).build()) {
      List<TopicDefinition> wanted = List.of(Topics.ARTIST_UPDATES.withPartitions(8));
      Topics.createMissing(brokers, wanted, (short) 1, Duration.ofSeconds(30));
      assertThat(
              brokers
                  .describeTopics(List.of("artist-updates"))
                  .allTopicNames()
                  .get()
                  .get("artist-updates")
                  .partitions())
          .hasSize(8);
    }
  }

  @Test
  void saysThatBrokersDoNotAnswerRatherThanThatATopicIsRefused() {
    try (MockAdminClient brokers = MockAdminClient.create().numBrokers(1).build()) {
      brokers.timeoutNextRequest(1);

      assertThatThrownBy(
              () ->
                  Topics.createMissing(
                      brokers, List.of(Topics.ARTISTS), (short) 1, Duration.ofSeconds(5)))
          .isInstanceOf(TopicCreationException.class)
          .hasMessage("The brokers did not answer in time, asked for topic 'artists'");
    }
  }

  @Test
  void saysWhichTopicTheBrokersDoNotKnowInTime() {
    try (MockAdminClient brokers = MockAdminClient.create().numBrokers(1).build()) {
      brokers.createTopics(List.of(Topics.ARTISTS.newTopic((short) 1)));
      brokers.setFetchesRemainingUntilVisible("artists", Integer.MAX_VALUE);

      assertThatThrownBy(
              () ->
                  Topics.createMissing(
                      brokers, List.of(Topics.ARTISTS), (short) 1, Duration.ofMillis(200)))
          .isInstanceOf(TopicCreationException.class)
          .hasMessageStartingWith("Topic 'artists' exists, but the broker that answers")
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  /** Brokers that have some topics, and let nobody create one. */
  private static final class OnlyExisting extends MockAdminClient {

    private static final Node BROKER = new Node(0, "one.example", 9092);

    OnlyExisting(List<TopicDefinition> topics) {
      super(List.of(BROKER), BROKER);
      super.createTopics(
          topics.stream().map(t -> t.newTopic((short) 1)).toList(), new CreateTopicsOptions());
    }

    @Override
    public CreateTopicsResult createTopics(
        Collection<NewTopic> topics, CreateTopicsOptions options) {
      throw new AssertionError("asked to create " + topics);
    }
  }
}
