package io.crescendo.streams;

import static io.crescendo.streams.Flow.START;
import static io.crescendo.streams.UpdateText.T1;
import static io.crescendo.streams.UpdateText.T2;
import static io.crescendo.streams.UpdateText.deletion;
import static io.crescendo.streams.UpdateText.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.GenreFollowers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of genres that the whole topology writes, and when. */
class GenreTotalsTest {

  @AutoClose private Flow flow;

  @BeforeEach
  void start(@TempDir Path dir) {
    flow = new Flow(dir);
  }

  @Test
  void totalsAGenre() {
    flow.send("a", json("a", "A", "[\"pop\",\"rock\"]", 10, 40, T1), START);
    flow.send("b", json("b", "B", "[\"pop\"]", 32, 43, T2), START.plusSeconds(5));
    flow.send("c", json("c", "C", "[\"pop\"]", 1, null, T1), START.plusSeconds(3));
    flow.advanceOneCommit();
    List<TestRecord<String, GenreFollowers>> records = flow.genreRecords();
    assertThat(records).extracting(TestRecord::key).containsExactlyInAnyOrder("pop", "rock");
    TestRecord<String, GenreFollowers> pop =
        records.stream().filter(r -> r.key().equals("pop")).findFirst().orElseThrow();
    assertThat(pop.timestamp()).isEqualTo(START.plusSeconds(5).toEpochMilli());
    assertThat(pop.value())
        .isEqualTo(
            GenreFollowers.newBuilder()
                .setGenre("pop")
                .setGenreFamily("pop")
                .setArtists(3)
                .setFollowers(43)
                .setAveragePopularity(41.5)
                .setTopArtistId("b")
                .setTopArtistName("B")
                .setTopArtistFollowers(32L)
                .setAsOf(T2)
                .setReportedAt(START.plus(Flow.UNTIL_REPORTED))
                .build());
  }

  @Test
  void writesAGenreOncePerCommitHoweverManyOfItsArtistsChange() {
    for (int i = 0; i < 50; i++) {
      flow.send("a" + i, json("a" + i, "A", "[\"pop\"]", i, null, T1));
    }
    assertThat(flow.commit()).hasSize(1);
    assertThat(flow.genre("pop").getArtists()).isEqualTo(50);
    assertThat(flow.commit()).isEmpty();
  }

  @Test
  void writesAGenreAtMostOnceWithinALongerIntervalWhileItsArtistsChange(@TempDir Path dir) {
    flow.close();
    flow = new Flow(dir, Map.of("commit.interval", "PT10S"));
    Duration half = Duration.ofMillis(500);
    for (int i = 0; i < 40; i++) {
      flow.send("a" + i, json("a" + i, "A", "[\"pop\"]", i, null, T1));
      flow.advance(half);
    }
    assertThat(flow.genreRecords()).hasSize(2);
    for (int i = 0; i < 10; i++) {
      flow.advance(half);
    }
    assertThat(flow.genreRecords()).as("when updates pause").hasSize(1);
  }

  @Test
  void writesNoGenreThatANewObservationLeavesAsItWas() {
    flow.send("a", json("a", "A", "[\"pop\",\"rock\"]", 10, 40, T1));
    flow.commit();
    flow.send("a", json("a", "A", "[\"rock\",\"pop\"]", 10, 40, T2));
    assertThat(flow.commit()).isEmpty();
    assertThat(flow.artists()).extracting(Artist::getLate).containsExactly(false, false);
  }

  @Test
  void movesAnArtistBetweenGenres() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T1));
    flow.send("b", json("b", "B", "[\"pop\"]", 3, 20, T1));
    flow.commit();
    flow.send("a", json("a", "A", "[\"rock\"]", 11, 50, T2));
    flow.commit();
    assertThat(flow.genre("pop").getFollowers()).isEqualTo(3);
    assertThat(flow.genre("pop").getTopArtistId()).isEqualTo("b");
    assertThat(flow.genre("pop").getAveragePopularity()).isEqualTo(20);
    assertThat(flow.genre("pop").getAsOf()).isEqualTo(T2);
    assertThat(flow.genre("rock").getFollowers()).isEqualTo(11);
  }

  @Test
  void followsTheNameOfTheTopArtist() {
    flow.send("a", json("a", "Prince", "[\"pop\"]", 10, 40, T1));
    flow.commit();
    flow.send("a", json("a", "The Artist", "[\"pop\"]", 10, 40, T2));
    flow.commit();
    assertThat(flow.genre("pop").getTopArtistName()).isEqualTo("The Artist");
  }

  @Test
  void putsTheSmallerIdFirstAmongEqualArtists() {
    for (String id : List.of("b", "a", "c")) {
      flow.send(id, json(id, id, "[\"pop\"]", 10, null, T1));
    }
    flow.commit();
    assertThat(flow.genre("pop").getTopArtistId()).isEqualTo("a");
  }

  @Test
  void ordersTheRowsOfAGenreThatHaveTheSameAsOf() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T2));
    flow.commit();
    Instant first = flow.genre("pop").getReportedAt();
    flow.send("b", json("b", "B", "[\"pop\"]", 10, 40, T1));
    flow.commit();
    assertThat(flow.genre("pop").getAsOf()).isEqualTo(T2);
    assertThat(flow.genre("pop").getReportedAt()).isAfter(first);
  }

  @Test
  void reportsAnEmptiedGenreOnceAndForgetsIt() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T1));
    flow.commit();
    flow.send("a", deletion("a", T2));
    assertThat(flow.commit())
        .containsExactly(
            GenreFollowers.newBuilder()
                .setGenre("pop")
                .setGenreFamily("pop")
                .setArtists(0)
                .setFollowers(0)
                .setAsOf(T2)
                .setReportedAt(START.plus(Flow.COMMIT).plus(Flow.UNTIL_REPORTED))
                .build());
    assertThat(flow.commit()).isEmpty();
    assertThat(flow.store(GenreProcessor.REPORTS).get("pop")).isNull();
    assertThat(flow.store(GenreProcessor.PARTS).get(new KeptPart.Key("pop", 0).bytes())).isNull();
  }

  @Test
  void saysNothingOfAGenreThatCameAndWentBetweenTwoCommits() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T1));
    flow.send("a", json("a", "A", "[\"rock\"]", 10, 40, T2));
    assertThat(flow.commit()).extracting(GenreFollowers::getGenre).containsExactly("rock");
    assertThat(flow.store(GenreProcessor.REPORTS).get("pop")).isNull();
  }
}
