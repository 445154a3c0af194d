package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/**
 * Names of stores and internal topics hold state. Whoever changes one makes every user's app start
 * from nothing.
 */
class TopologyNamesTest {

  private final String description =
      ArtistTopology.of(StreamsSettings.of(Map.of()), GenreFamilies.shipped())
          .describe()
          .toString();

  @Test
  void areThoseThatStateIsKeptUnder() {
    assertThat(description)
        .contains("topics: [artist-updates]")
        .contains("topics: [artist-placement-repartition]")
        .contains("topics: [genre-parts-repartition]")
        .contains("stores: [artist-deletions, artist-state]")
        .contains("stores: [genre-parts, genre-reports]");
    assertThat(ArtistTopology.repartitionTopics("mine"))
        .containsExactly("mine-artist-placement-repartition", "mine-genre-parts-repartition");
  }

  @Test
  void areGivenToEveryOperator() {
    assertThat(description).doesNotContainPattern("(KSTREAM|KTABLE)-[A-Z-]+-\\d");
  }

  @Test
  void leaveTwoSubTopologies() {
    Topology topology = ArtistTopology.of(StreamsSettings.of(Map.of()), GenreFamilies.shipped());
    assertThat(topology.describe().subtopologies()).hasSize(2);
  }
}
