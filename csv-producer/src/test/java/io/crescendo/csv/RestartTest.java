package io.crescendo.csv;

import static io.crescendo.csv.Publishing.HEADER;
import static io.crescendo.csv.Publishing.MANY;
import static io.crescendo.csv.Publishing.MANY_AT_A_TIME;
import static io.crescendo.csv.Publishing.TWO_AT_A_TIME;
import static io.crescendo.csv.Publishing.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a run makes of what an earlier one has published. */
class RestartTest {

  private final Publishing publishing = new Publishing();

  @Test
  void goesOnBehindTheRowsThatAnEarlierRunPublished() {
    breakOff();
    PublishReport report =
        publishing.publish(MANY_AT_A_TIME, new TextSource(HEADER + rows(MANY) + "x,Ada,[],x\n"));
    assertThat(publishing.rowsSent())
        .hasSize(10_001)
        .startsWith("artist-updates a30001", "artist-updates a30002")
        .endsWith("artist-updates a40000", "artist-rejects x");
    assertThat(report.rows()).isEqualTo(40_001);
    assertThat(report.accepted()).isEqualTo(40_000);
    assertThat(report.rowsBefore()).isEqualTo(30_000);
  }

  @Test
  void publishesAFinishedFileOnlyWhenToldTo() {
    Source source = new TextSource(HEADER + rows(3));
    publishing.publish(TWO_AT_A_TIME, source);
    PublishReport second = publishing.publish(TWO_AT_A_TIME, source);
    assertThat(publishing.producer().history()).isEmpty();
    assertThat(second.alreadyPublished()).isTrue();
    assertThat(second.rows()).isEqualTo(3);
    PublishReport third = publishing.publish(TWO_AT_A_TIME, source, PublishOptions.AGAIN);
    assertThat(third.alreadyPublished()).isFalse();
    assertThat(third.rowsBefore()).isZero();
    assertThat(publishing.producer().history()).hasSize(5);
  }

  @Test
  void keepsTheTimeOfObservationOfTheRunThatItGoesOnFrom() {
    breakOff();
    publishing.publish(
        MANY_AT_A_TIME, new TextSource(HEADER + rows(MANY)).withObservedAt(Instant.EPOCH));
    assertThat(publishing.firstValue())
        .contains("\"observed_at\":%d,".formatted(TextSource.OBSERVED_AT.toEpochMilli()));
  }

  @Test
  void refusesToGoOnInAFileThatIsCutInAnotherWayNow() {
    breakOff();
    String other = "id,name,genres,followers,x\n" + rows(MANY).replace("\n", ",\n");
    assertThatThrownBy(() -> publishing.publish(MANY_AT_A_TIME, new TextSource(other)))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessageStartingWith("artists.csv: an earlier run published 30000 rows of it");
    assertThat(publishing.rowsSent()).isEmpty();
  }

  private void breakOff() {
    Source cut = new BreakingSource(new TextSource(HEADER + rows(MANY)));
    assertThatThrownBy(() -> publishing.publish(MANY_AT_A_TIME, cut))
        .isInstanceOf(PublishException.class);
  }
}
