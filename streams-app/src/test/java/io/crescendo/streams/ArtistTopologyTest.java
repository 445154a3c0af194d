package io.crescendo.streams;

import static io.crescendo.streams.Flow.START;
import static io.crescendo.streams.UpdateText.T1;
import static io.crescendo.streams.UpdateText.T2;
import static io.crescendo.streams.UpdateText.T3;
import static io.crescendo.streams.UpdateText.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.GenreFollowers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtistTopologyTest {

  @AutoClose private Flow flow;

  @BeforeEach
  void start(@TempDir Path dir) {
    flow = new Flow(dir);
  }

  @Test
  void enrichesAnUpdate() {
    flow.send(
        "x1", json("x1", "X", "[\"Dance Pop\",\"rock\"]", 1_500, 40, T1), START.plusMillis(7));
    TestRecord<String, Artist> record = flow.artistRecords().get(0);
    assertThat(record.key()).isEqualTo("x1");
    assertThat(record.timestamp()).isEqualTo(START.plusMillis(7).toEpochMilli());
    assertThat(record.value())
        .isEqualTo(
            Artist.newBuilder()
                .setId("x1")
                .setName("X")
                .setGenres(List.of("dance pop", "rock"))
                .setPrimaryGenre("dance pop")
                .setGenreFamily("pop")
                .setFollowers(1_500)
                .setPopularity(40)
                .setFollowerTier("developing")
                .setFirstSeenAt(T1)
                .setObservedAt(T1)
                .setIngestedAt(START.plusMillis(7))
                .setUpdateNumber(1)
                .setLate(false)
                .setDeleted(false)
                .setSource("artists.csv:2")
                .build());
  }

  @Test
  void tellsWhatAnUpdateChanged() {
    flow.send("x1", json("x1", "X", "[]", 5, 40, T1));
    flow.send("x1", json("x1", "X", "[]", 12, 40, T2));
    Artist second = flow.artists().get(1);
    assertThat(second.getPreviousFollowers()).isEqualTo(5);
    assertThat(second.getFollowersDelta()).isEqualTo(7);
    assertThat(second.getFirstSeenAt()).isEqualTo(T1);
    assertThat(second.getUpdateNumber()).isEqualTo(2);
    assertThat(second.getPrimaryGenre()).isNull();
  }

  @Test
  void changesNothingWhenAFileIsPublishedAgain() {
    for (int publishing = 0; publishing < 3; publishing++) {
      Instant at = START.plusSeconds(publishing);
      flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T1), at);
      flow.send("b", json("b", "B", "[\"pop\"]", 32, 43, T1), at);
    }
    assertThat(flow.commit()).hasSize(1);
    assertThat(flow.genre("pop").getFollowers()).isEqualTo(42);
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T1));
    assertThat(flow.commit()).isEmpty();
    assertThat(flow.artists())
        .extracting(Artist::getLate)
        .containsExactly(false, false, true, true, true, true, true);
  }

  @Test
  void marksAnOlderObservationLateAndLeavesTheTotals() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, null, T2));
    flow.send("a", json("a", "Old", "[\"rock\"]", 99, null, T1));
    assertThat(flow.commit()).extracting(GenreFollowers::getGenre).containsExactly("pop");
    Artist late = flow.artists().get(1);
    assertThat(late.getLate()).isTrue();
    assertThat(late.getFollowers()).isEqualTo(99);
    assertThat(late.getPreviousFollowers()).isNull();
    assertThat(late.getFollowersDelta()).isNull();
    assertThat(late.getUpdateNumber()).isEqualTo(2);
    flow.send("a", json("a", "A", "[\"pop\"]", 11, null, T3));
    Artist third = flow.artists().get(0);
    assertThat(third.getPreviousFollowers()).isEqualTo(10);
    assertThat(third.getUpdateNumber()).isEqualTo(3);
  }

  @Test
  void letsTheLaterOfTwoLinesWithinAMillisecondWinWhenNoTimeIsStated() {
    flow.send(null, "{\"id\":\"x1\",\"name\":\"X\",\"genres\":[\"pop\"],\"followers\":5}");
    flow.send(null, "{\"id\":\"x1\",\"name\":\"X\",\"genres\":[\"pop\"],\"followers\":7}");
    flow.commit();
    assertThat(flow.genre("pop").getFollowers()).isEqualTo(7);
    assertThat(flow.artists()).extracting(Artist::getLate).containsExactly(false, false);
  }

  @Test
  void givesTheSameTotalsHoweverRecordsAreKeyed() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T1));
    flow.send(null, json("a", "A", "[\"pop\"]", 11, 40, T2));
    flow.send("", json("b", "B", "[\"pop\"]", 3, 40, T1));
    flow.send(" b ", json("b", "B", "[\"pop\"]", 4, 40, T2));
    flow.send("b", json("b", "B", "[\"pop\"]", 5, 40, T3));
    flow.commit();
    assertThat(flow.genre("pop").getFollowers()).isEqualTo(16);
    assertThat(flow.scrape())
        .contains("crescendo_placements_total{placement=\"home\"} 2.0")
        .contains("crescendo_placements_total{placement=\"repartitioned\"} 3.0");
    assertThat(flow.artistRecords())
        .extracting(TestRecord::key)
        .containsExactly("a", "a", "b", "b", "b");
  }

  @Test
  void countsRecordsWithFieldsThatItIgnores() {
    flow.send("a", "{\"id\":\"a\",\"name\":\"A\",\"followers\":1,\"x\":1,\"y\":{\"z\":2}}");
    assertThat(flow.scrape()).contains("crescendo_unknown_fields_total 1.0");
  }

  @Test
  void measuresWhatItDoesForPrometheus() {
    flow.send("a", json("a", "A", "[\"pop\"]", 1, null, T2), START.minusSeconds(3));
    flow.send(null, json("a", "A", "[\"pop\"]", 1, null, T1));
    flow.send("a", "x");
    flow.commit();
    assertThat(flow.scrape())
        .contains("crescendo_updates_total{outcome=\"accepted\"} 1.0")
        .contains("crescendo_updates_total{outcome=\"late\"} 1.0")
        .contains("crescendo_rejects_total{reason=\"not_json\"} 1.0")
        .contains("crescendo_placements_total{placement=\"repartitioned\"} 1.0")
        .contains("crescendo_latency_seconds_bucket{output=\"artists\",le=\"2.5\"} 1")
        .contains("crescendo_latency_seconds_bucket{output=\"artists\",le=\"5.0\"} 2")
        .contains("crescendo_latency_seconds_count{output=\"genre-followers\"} 1");
  }
}
