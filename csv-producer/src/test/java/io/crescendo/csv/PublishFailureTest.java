package io.crescendo.csv;

import static io.crescendo.csv.Publishing.HEADER;
import static io.crescendo.csv.Publishing.MANY;
import static io.crescendo.csv.Publishing.MANY_AT_A_TIME;
import static io.crescendo.csv.Publishing.TWO_AT_A_TIME;
import static io.crescendo.csv.Publishing.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** What is taken back, kept and said when a file cannot be published to its end. */
class PublishFailureTest {

  private final Publishing publishing = new Publishing();

  @Test
  void takesBackTheOpenTransactionWhenTheSourceFails() {
    Source broken = new BreakingSource(new TextSource(HEADER + rows(MANY)));
    assertThatThrownBy(() -> publishing.publish(MANY_AT_A_TIME, broken))
        .isInstanceOf(PublishException.class)
        .hasMessage(
            "artists.csv: cannot be read to its end (connection reset); 30000 rows were published,"
                + " the rest was not")
        .hasCauseInstanceOf(IOException.class);
    assertThat(publishing.rowsSent()).hasSize(30_000);
    assertThat(publishing.producer().transactionAborted()).isTrue();
    assertThat(publishing.producer().closed()).isTrue();
  }

  @Test
  void takesBackTheOpenTransactionWhenASendFails() {
    publishing.producer().sendException = new KafkaException("the disk is full");
    assertThatThrownBy(() -> publishing.publish(TWO_AT_A_TIME, new TextSource(HEADER + rows(1))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith("artists.csv: the disk is full; 0 rows were published");
    assertThat(publishing.producer().transactionAborted()).isTrue();
  }

  @Test
  void takesBackTheOpenTransactionWhenItCannotBeCommitted() {
    publishing.producer().commitTransactionException = new TimeoutException("no answer in 30000ms");
    assertThatThrownBy(() -> publishing.publish(TWO_AT_A_TIME, new TextSource(HEADER + rows(2))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith("artists.csv: no answer in 30000ms; 0 rows were published");
    assertThat(publishing.producer().transactionAborted()).isTrue();
    assertThat(publishing.heard()).isEmpty();
  }

  @Test
  void takesBackTheOpenTransactionWhenAListenerFails() {
    CsvPublisher publisher =
        publishing.publisher(
            new CommitLimits(10, Duration.ofHours(1)),
            new Progress() {
              @Override
              public void published(Source source, long rows, long bytes) {}

              @Override
              public void rejected(String message) {
                throw new IllegalArgumentException("a listener's own mistake");
              }
            });
    try (publisher) {
      assertThatThrownBy(
              () -> publisher.publish(new TextSource(HEADER + "a1,Ada,[],1\na2,Ben,[],x\n")))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(publishing.producer().transactionAborted()).isTrue();
    assertThat(publishing.producer().closed()).isTrue();
  }

  @Test
  void saysWhenAnotherRunTookOver() {
    publishing.producer().initTransactions();
    publishing.producer().fenceProducer();
    CsvPublisher publisher = publishing.publisher(TWO_AT_A_TIME);
    assertThatThrownBy(() -> publisher.publish(new TextSource(HEADER + rows(1))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith(
            "artists.csv: another run took it over, or this one stood still for longer than"
                + " transaction.timeout.ms; 0 rows were published, the rest was not")
        .hasMessageEndingWith("the rest was not");
  }

  @Test
  void saysWhenAnotherRunTookOverBetweenTwoCommits() {
    publishing.producer().sendException =
        new KafkaException("in an error state", new InvalidProducerEpochException("old epoch"));
    assertThatThrownBy(() -> publishing.publish(TWO_AT_A_TIME, new TextSource(HEADER + rows(1))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith("artists.csv: another run took it over")
        .hasMessageEndingWith("the rest was not");
  }

  @Test
  void doesNotFinishAFileThatChangesWhileItIsRead() {
    Source changing = new ChangingSource(new TextSource(HEADER + rows(5)), new AtomicInteger(), 2);
    assertThatThrownBy(() -> publishing.publish(TWO_AT_A_TIME, changing))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith(
            "artists.csv: changed while it was read; 4 rows were published, the rest was not");
    assertThat(publishing.rowsSent()).hasSize(4);
    assertThat(publishing.log().latest(changing.identity()).orElseThrow().finished()).isFalse();
  }

  @Test
  void stopsWhenItIsClosedFromOutside() {
    CsvPublisher[] self = new CsvPublisher[1];
    self[0] = publishing.publisher(TWO_AT_A_TIME, (source, rows, bytes) -> self[0].close());
    assertThatThrownBy(() -> self[0].publish(new TextSource(HEADER + rows(5))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith("artists.csv: was stopped; 2 rows were published");
  }

  @Test
  void stopsWhenItIsClosedWhileItsProducerIsMade() {
    CsvPublisher[] self = new CsvPublisher[1];
    self[0] =
        new CsvPublisher(
            id -> {
              self[0].close();
              return publishing.producer();
            },
            publishing::log,
            TWO_AT_A_TIME,
            Progress.NONE);
    assertThatThrownBy(() -> self[0].publish(new TextSource(HEADER + rows(5))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith("artists.csv: was stopped; 0 rows were published");
    assertThat(publishing.producer().history()).isEmpty();
    assertThat(publishing.producer().closed()).isTrue();
  }

  @Test
  void publishesNothingOnceItIsClosed() {
    CsvPublisher publisher = publishing.publisher(TWO_AT_A_TIME);
    publisher.close();
    assertThatThrownBy(() -> publisher.publish(new TextSource(HEADER + rows(5))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith("artists.csv: was stopped; 0 rows were published");
  }

  /** Has changed after so many commits. */
  private record ChangingSource(Source source, AtomicInteger commits, int last)
      implements DelegatingSource {

    @Override
    public void requireUnchanged() throws IOException {
      if (commits.incrementAndGet() > last) {
        throw new ChangedException();
      }
    }
  }
}
