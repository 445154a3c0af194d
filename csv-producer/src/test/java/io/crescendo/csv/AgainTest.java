package io.crescendo.csv;

import static io.crescendo.csv.Publishing.HEADER;
import static io.crescendo.csv.Publishing.MANY;
import static io.crescendo.csv.Publishing.MANY_AT_A_TIME;
import static io.crescendo.csv.Publishing.TWO_AT_A_TIME;
import static io.crescendo.csv.Publishing.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Publishing from the first row, whatever was published before, where that fails in between. */
class AgainTest {

  private final Publishing publishing = new Publishing();

  @Test
  void goesOnBehindTheRowsThatTheSamePublisherHasPublishedAgain() {
    Source whole = new TextSource(HEADER + rows(MANY));
    publishing.publish(MANY_AT_A_TIME, whole);
    try (CsvPublisher publisher = publishing.publisher(MANY_AT_A_TIME)) {
      assertThatThrownBy(() -> publisher.publish(new BreakingSource(whole), PublishOptions.AGAIN))
          .isInstanceOf(PublishException.class);
      assertThat(publisher.publish(whole, PublishOptions.AGAIN).rowsBefore()).isEqualTo(30_000);
      assertThat(publishing.rowsSent()).hasSize(10_000).startsWith("artist-updates a30001");
      assertThat(publisher.publish(whole, PublishOptions.AGAIN).rowsBefore()).isZero();
    }
  }

  @Test
  void startsAnewWhereNoneOfItWasPublishedAgain() {
    Source source = new TextSource(HEADER + rows(3));
    publishing.publish(TWO_AT_A_TIME, source);
    publishing.nextToBeMade().commitTransactionException = new TimeoutException("late");
    try (CsvPublisher publisher = publishing.publisher(TWO_AT_A_TIME)) {
      assertThatThrownBy(() -> publisher.publish(source, PublishOptions.AGAIN))
          .isInstanceOf(PublishException.class)
          .hasMessage("artists.csv: late; 0 rows were published, the rest was not: run it again");
      assertThat(publisher.publish(source, PublishOptions.AGAIN).alreadyPublished()).isFalse();
    }
  }

  @Test
  void isNotToBeSaidAgainWhereTheNextRunIsToGoOn() {
    CsvPublisher publisher =
        publishing.publisher(
            TWO_AT_A_TIME,
            (source, rows, bytes) ->
                publishing.producer().sendException = new KafkaException("the disk is full"));
    try (publisher) {
      assertThatThrownBy(
              () -> publisher.publish(new TextSource(HEADER + rows(3)), PublishOptions.AGAIN))
          .hasMessage(
              "artists.csv: the disk is full; 2 rows were published, the rest was not: run it again"
                  + " without --again, it goes on behind them");
    }
  }
}
