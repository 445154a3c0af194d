package io.crescendo.streams;

import static io.crescendo.streams.Flow.START;
import static io.crescendo.streams.UpdateText.T1;
import static io.crescendo.streams.UpdateText.T2;
import static io.crescendo.streams.UpdateText.T3;
import static io.crescendo.streams.UpdateText.deletion;
import static io.crescendo.streams.UpdateText.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.Reject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a deletion does to an artist and its genres, whenever it comes. */
class DeletedArtistsTest {

  @AutoClose private Flow flow;

  @BeforeEach
  void start(@TempDir Path dir) {
    flow = new Flow(dir);
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
  void doesNotLetALateUpdateReviveADeletedArtist() {
    flow.send("a", json("a", "A", "[\"pop\"]", 10, 40, T1));
    flow.send("a", deletion("a", T3));
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
    flow.send("a", deletion("a", T1));
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
    assertThat(rejects.get(0).getRawKey()).isEqualTo(UpdateText.bytes("x1"));
    assertThat(rejects.get(0).getRawValue()).isNull();
    assertThat(rejects.get(1).getKafkaOffset()).isEqualTo(1);
    assertThat(rejects.get(1).getRawKey()).isNull();
    assertThat(rejects.get(1).getRawValue()).isEqualTo(UpdateText.bytes(line));
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
}
