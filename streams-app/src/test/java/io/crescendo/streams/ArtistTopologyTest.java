package io.crescendo.streams;

import static io.crescendo.streams.Flow.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.AvroSerde;
import io.crescendo.schemas.GenreFollowers;
import io.crescendo.schemas.Reject;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtistTopologyTest {

  private static final Instant T1 = Instant.parse("2025-06-01T00:00:00Z");
  private static final Instant T2 = T1.plusSeconds(60);
  private static final Instant T3 = T2.plusSeconds(60);

  @TempDir private Path dir;
  private Flow flow;

  @BeforeEach
  void start() {
    flow = new Flow(dir);
  }

  @AfterEach
  void stop() {
    flow.close();
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
  void totalsAGenre() {
    flow.send("a", json("a", "A", "[\"pop\",\"rock\"]", 10, 40, T1), START);
    flow.send("b", json("b", "B", "[\"pop\"]", 32, 43, T2), START.plusSeconds(5));
    flow.send("c", json("c", "C", "[\"pop\"]", 1, null, T1), START.plusSeconds(3));
    flow.advance(Flow.COMMIT);
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
                .setReportedAt(START.plus(Flow.COMMIT))
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
  void writesNoGenreThatANewObservationLeavesAsItWas() {
    flow.send("a", json("a", "A", "[\"pop\",\"rock\"]", 10, 40, T1));
    flow.commit();
    flow.send("a", json("a", "A", "[\"rock\",\"pop\"]", 10, 40, T2));
    assertThat(flow.commit()).isEmpty();
    assertThat(flow.artists()).extracting(Artist::getLate).containsExactly(false, false);
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
  void reportsAnEmptiedGenreOnceAndForgetsIt() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T1));
    flow.commit();
    flow.send("a", "{\"id\":\"a\",\"deleted\":true,\"observed_at\":\"%s\"}".formatted(T2));
    assertThat(flow.commit())
        .containsExactly(
            GenreFollowers.newBuilder()
                .setGenre("pop")
                .setGenreFamily("pop")
                .setArtists(0)
                .setFollowers(0)
                .setAsOf(T2)
                .setReportedAt(START.plus(Flow.COMMIT.multipliedBy(2)))
                .build());
    assertThat(flow.commit()).isEmpty();
    assertThat(flow.store(GenreProcessor.TOTALS).get("pop")).isNull();
    try (var rows = flow.store(GenreProcessor.RANKING).all()) {
      assertThat(rows).isExhausted();
    }
  }

  @Test
  void saysNothingOfAGenreThatCameAndWentBetweenTwoCommits() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T1));
    flow.send("a", json("a", "A", "[\"rock\"]", 10, 40, T2));
    assertThat(flow.commit()).extracting(GenreFollowers::getGenre).containsExactly("rock");
    assertThat(flow.store(GenreProcessor.TOTALS).get("pop")).isNull();
  }

  @Test
  void takesADeletedArtistOutAndBackIn() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T1));
    flow.send("b", json("b", "B", "[\"pop\"]", 5, 40, T1));
    flow.send("a", null, START);
    flow.commit();
    assertThat(flow.genre("pop").getArtists()).isEqualTo(1);
    Artist gone = flow.artists().get(2);
    assertThat(gone.getDeleted()).isTrue();
    assertThat(gone.getName()).isEqualTo("A");
    assertThat(gone.getFollowers()).isEqualTo(10);
    assertThat(gone.getGenres()).containsExactly("pop");
    assertThat(gone.getFollowersDelta()).isZero();
    flow.send("a", json("a", "A", "[\"pop\"]", 12, 40, START.plusSeconds(1)));
    flow.commit();
    assertThat(flow.genre("pop").getFollowers()).isEqualTo(17);
    Artist back = flow.artists().get(0);
    assertThat(back.getDeleted()).isFalse();
    assertThat(back.getFirstSeenAt()).isEqualTo(T1);
    assertThat(back.getUpdateNumber()).isEqualTo(3);
    assertThat(back.getFollowersDelta()).isEqualTo(2);
  }

  @Test
  void doesNotLetALateUpdateReviveADeletedArtist() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T1));
    flow.send("a", "{\"id\":\"a\",\"deleted\":true,\"observed_at\":\"%s\"}".formatted(T3));
    flow.send("a", json("a", "A", "[\"pop\"]", 11, 40, T2));
    flow.commit();
    assertThat(flow.genre("pop")).isNull();
    Artist late = flow.artists().get(2);
    assertThat(late.getLate()).isTrue();
    assertThat(late.getDeleted()).isFalse();
  }

  @Test
  void takesALateDeletionForLate() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T2));
    flow.send("a", "{\"id\":\"a\",\"deleted\":true,\"observed_at\":\"%s\"}".formatted(T1));
    flow.commit();
    assertThat(flow.genre("pop").getArtists()).isEqualTo(1);
    Artist late = flow.artists().get(1);
    assertThat(late.getLate()).isTrue();
    assertThat(late.getDeleted()).isTrue();
  }

  @Test
  void forgetsADeletedArtistAfterTheHorizon() {
    flow.send("a", json("a", "A", "[]", 10, 40, T2));
    flow.send("a", null);
    flow.send("b", json("b", "B", "[]", 10, 40, T2));
    flow.send("b", null);
    flow.send("b", json("b", "B", "[]", 10, 40, START.plusSeconds(1)));
    flow.artists();
    flow.advance(Duration.ofDays(30).minusMinutes(10));
    flow.send("a", json("a", "A", "[]", 11, 40, T1));
    assertThat(flow.artists().get(0).getLate()).isTrue();
    flow.advance(Duration.ofMinutes(20));
    flow.send("a", json("a", "A", "[]", 11, 40, T1));
    assertThat(flow.artists().get(0).getUpdateNumber()).isEqualTo(1);
    flow.send("b", json("b", "B", "[]", 11, 40, START.plusSeconds(2)));
    assertThat(flow.artists().get(0).getUpdateNumber()).isEqualTo(4);
    try (var markers = flow.store(ArtistProcessor.MARKERS).all()) {
      assertThat(markers).isExhausted();
    }
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
  void sendsWhatBreaksARuleToTheRejectsAndGoesOn() {
    flow.send("k", "garbage", START.plusSeconds(9));
    flow.send(
        "x1", "{\"id\":\"x1\",\"name\":\"X\",\"followers\":\"12,50\",\"source\":\"a.csv:118\"}");
    flow.send(null, null);
    flow.send("x1", json("x1", "X", "[]", 1, null, T1));
    List<TestRecord<byte[], Reject>> rejects = flow.rejectRecords();
    TestRecord<byte[], Reject> garbage = rejects.get(0);
    assertThat(garbage.key()).isEqualTo("k".getBytes(UTF_8));
    assertThat(garbage.timestamp()).isEqualTo(START.plusSeconds(9).toEpochMilli());
    assertThat(garbage.value())
        .isEqualTo(
            Reject.newBuilder()
                .setReason("not_json")
                .setValue("garbage")
                .setMessage(
                    "artist-updates[0]@0: the value must be one JSON object, got 'garbage';"
                        + " record sent to artist-rejects")
                .setRawKey(bytes("k"))
                .setRawValue(bytes("garbage"))
                .setTopic("artist-updates")
                .setKafkaPartition(0)
                .setKafkaOffset(0L)
                .setRejectedAt(START)
                .build());
    Reject number = rejects.get(1).value();
    assertThat(number.getMessage())
        .isEqualTo(
            "artist-updates[0]@1: field 'followers' must be a whole number, got '12,50';"
                + " record sent to artist-rejects");
    assertThat(number.getField()).isEqualTo("followers");
    assertThat(number.getSource()).isEqualTo("a.csv:118");
    assertThat(rejects.get(2).value().getMessage())
        .isEqualTo(
            "artist-updates[0]@2: a record without a value deletes the artist in its key, got no"
                + " key; record sent to artist-rejects");
    assertThat(rejects).hasSize(3);
    assertThat(flow.artists()).hasSize(1);
    assertThat(flow.scrape()).contains("crescendo_rejects_total{reason=\"not_json\"} 1.0");
  }

  @Test
  void rejectsTheDeletionOfAnArtistThatItDoesNotKnow() {
    flow.send("x1", null);
    String line = "{\"id\":\"x2\",\"deleted\":true}";
    flow.send(null, line);
    List<Reject> rejects = flow.rejects();
    assertThat(rejects).extracting(Reject::getReason).containsOnly("unknown_artist_deleted");
    assertThat(rejects.get(0).getMessage())
        .isEqualTo(
            "artist-updates[0]@0: artist 'x1' must be known to be deleted, got an unknown one;"
                + " record sent to artist-rejects");
    assertThat(rejects.get(0).getRawKey()).isEqualTo(bytes("x1"));
    assertThat(rejects.get(0).getRawValue()).isNull();
    assertThat(rejects.get(1).getKafkaOffset()).isEqualTo(1);
    assertThat(rejects.get(1).getRawKey()).isNull();
    assertThat(rejects.get(1).getRawValue()).isEqualTo(bytes(line));
    assertThat(flow.artists()).isEmpty();
  }

  @Test
  void doesNotReviveAnArtistWhoseDeletionOvertookItsFigures() {
    String created = "{\"id\":\"a\",\"name\":\"A\",\"genres\":[\"pop\"],\"followers\":5}";
    flow.send("a", null, START.plusSeconds(2));
    flow.send(null, created, START.plusSeconds(1));
    assertThat(flow.commit()).isEmpty();
    assertThat(flow.rejects()).extracting(Reject::getReason).containsOnly("unknown_artist_deleted");
    Artist late = flow.artists().get(0);
    assertThat(late.getLate()).isTrue();
    assertThat(late.getUpdateNumber()).isEqualTo(1);
    assertThat(late.getFirstSeenAt()).isEqualTo(START.plusSeconds(1));
    flow.send(null, created, START.plusSeconds(3));
    flow.commit();
    assertThat(flow.genre("pop").getArtists()).isEqualTo(1);
    Artist back = flow.artists().get(0);
    assertThat(back.getLate()).isFalse();
    assertThat(back.getUpdateNumber()).isEqualTo(2);
    assertThat(back.getPreviousFollowers()).isNull();
  }

  @Test
  void forgetsTheDeletionOfAnUnknownArtistAfterTheHorizon() {
    flow.send("a", null);
    flow.advance(Duration.ofDays(31));
    flow.send("a", json("a", "A", "[]", 10, 40, T1));
    assertThat(flow.artists().get(0).getLate()).isFalse();
    try (var markers = flow.store(ArtistProcessor.MARKERS).all()) {
      assertThat(markers).isExhausted();
    }
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
  void cutsARejectThatNoBrokerWouldTake() {
    flow.send("k", "x".repeat(1_000_000));
    Reject reject = flow.rejects().get(0);
    assertThat(reject.getReason()).isEqualTo("too_long");
    assertThat(reject.getRawKey().remaining() + reject.getRawValue().remaining())
        .isEqualTo(900_000);
    assertThat(reject.getMessage())
        .endsWith("got 1000000; record sent to artist-rejects, cut to 900000 bytes");
  }

  /** Brokers and producers take a megabyte by default, key and value together. */
  @Test
  void keepsARejectBelowWhatBrokersTakeHoweverLargeItsKey() {
    flow.send("k".repeat(200_000), "x".repeat(800_000));
    TestRecord<byte[], Reject> reject = flow.rejectRecords().get(0);
    byte[] value =
        AvroSerde.of(Reject.class).serializer().serialize("artist-rejects", reject.value());
    int key = reject.key() == null ? 0 : reject.key().length;
    assertThat(key + value.length).isLessThan(1_000_000);
    assertThat(reject.value().getRawKey().remaining()).isEqualTo(200_000);
  }

  @Test
  void sendsTheRejectOfADeletionUnderNoKeyThatIsTooLarge() {
    flow.send(" ".repeat(10_000) + "x1", null);
    flow.send("x2", null);
    List<TestRecord<byte[], Reject>> rejects = flow.rejectRecords();
    assertThat(rejects.get(0).key()).isNull();
    assertThat(rejects.get(0).value().getRawKey().remaining()).isEqualTo(10_002);
    assertThat(rejects.get(1).key()).isEqualTo("x2".getBytes(UTF_8));
  }

  @Test
  void goesOnAfterADeletionOfADeletedArtist() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T1));
    flow.send("a", null, START);
    flow.send("a", null, START.plusSeconds(1));
    flow.commit();
    assertThat(flow.rejects()).isEmpty();
    assertThat(flow.artists()).extracting(Artist::getUpdateNumber).containsExactly(1L, 2L, 3L);
    assertThat(flow.genre("pop")).isNull();
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

  @Test
  void writesAGenreAtMostOnceWithinALongerInterval() {
    flow.close();
    flow = new Flow(dir, Map.of("commit.interval", "PT10S"));
    flow.send("a", json("a", "A", "[\"pop\"]", 1, null, T1));
    flow.advance(Duration.ofSeconds(5));
    assertThat(flow.genreRecords()).hasSize(1);
    flow.send("b", json("b", "B", "[\"pop\"]", 2, null, T1));
    flow.advance(Duration.ofSeconds(9));
    assertThat(flow.genreRecords()).isEmpty();
    flow.advance(Duration.ofSeconds(1));
    assertThat(flow.genreRecords()).hasSize(1);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static String json(
      String id, String name, String genres, long followers, Integer popularity, Instant at) {
    return """
        {"id":"%s","name":"%s","genres":%s,"followers":%d,"popularity":%d,"observed_at":"%s",
         "source":"artists.csv:2"}"""
        .formatted(id, name, genres, followers, popularity, at);
  }
}
