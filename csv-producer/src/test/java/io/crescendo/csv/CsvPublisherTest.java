package io.crescendo.csv;

import static io.crescendo.csv.Publishing.HEADER;
import static io.crescendo.csv.Publishing.TWO_AT_A_TIME;
import static io.crescendo.csv.Publishing.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class CsvPublisherTest {

  private final Publishing publishing = new Publishing();

  @Test
  void publishesArtistsByIdAndRejectsWithTheRule() {
    PublishReport report =
        publishing.publish(
            TWO_AT_A_TIME, new TextSource(HEADER + "a1,Ada,[],5\na2,Ben,[],x\n,Cem,[],7\n"));
    assertThat(publishing.sent())
        .containsExactly(
            "artist-updates a1",
            "artist-rejects a2",
            "csv-progress text:artists.csv",
            "artist-rejects null",
            "csv-progress text:artists.csv");
    assertThat(report.source()).isEqualTo("artists.csv");
    assertThat(report.rows()).isEqualTo(3);
    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.rejected()).isEqualTo(2);
    assertThat(report.rejectedByReason())
        .containsExactly(Map.entry("blank_field", 1L), Map.entry("not_a_whole_number", 1L));
    assertThat(publishing.producer().closed()).isTrue();
  }

  @Test
  void saysWhereAndWhenEachRowWasTrue() {
    publishing.publish(TWO_AT_A_TIME, new TextSource(HEADER + "a1,Ada,[],5\n"));
    assertThat(publishing.firstValue())
        .isEqualTo(
            "{\"id\":\"a1\",\"name\":\"Ada\",\"genres\":[],\"followers\":5,"
                + "\"observed_at\":%d,\"source\":\"artists.csv:2\"}"
                    .formatted(TextSource.OBSERVED_AT.toEpochMilli()));
    assertThat(publishing.producer().history().get(0).timestamp()).isNull();
  }

  @Test
  void takesTheTimeOfObservationThatItIsTold() {
    Source source =
        new TextSource(HEADER + "a1,Ada,[],5\n")
            .withObservedAt(Instant.ofEpochMilli(1_700_000_000_009L));
    publishing.publish(TWO_AT_A_TIME, source);
    assertThat(publishing.firstValue()).contains("\"observed_at\":1700000000009,");
  }

  @Test
  void commitsAsSoonAsATransactionIsFullAndAtTheEnd() {
    publishing.publish(TWO_AT_A_TIME, new TextSource(HEADER + rows(5)));
    assertThat(publishing.producer().commitCount()).isEqualTo(3);
    assertThat(publishing.heard())
        .containsExactly("artists.csv 2 49", "artists.csv 4 73", "artists.csv 5 85");
  }

  @Test
  void tellsOfRejectedRows() {
    publishing.publish(TWO_AT_A_TIME, new TextSource(HEADER + "a1,Ada,[],x\n"));
    assertThat(publishing.heard())
        .containsExactly(
            "artists.csv:2: column 'followers' must be a whole number, got 'x'; row sent to"
                + " artist-rejects",
            "artists.csv 1 37");
  }

  @Test
  void publishesNothingOfAFileWithoutRows() {
    PublishReport report = publishing.publish(TWO_AT_A_TIME, new TextSource(HEADER));
    assertThat(report.rows()).isZero();
    assertThat(publishing.sent()).containsExactly("csv-progress text:artists.csv");
    assertThat(publishing.producer().transactionInFlight()).isFalse();
  }

  @Test
  void doesNotEvenConnectForAFileThatIsNoArtistFile() {
    assertThatThrownBy(() -> publishing.publish(TWO_AT_A_TIME, new TextSource("a,b\n1,2\n")))
        .isInstanceOf(UnusableSourceException.class);
    assertThat(publishing.producer().transactionInitialized()).isFalse();
  }

  @Test
  void takesTheIdentityOfAFileBeforeItOpensIt() {
    List<String> calls = new ArrayList<>();
    publishing.publish(TWO_AT_A_TIME, new RecordedSource(new TextSource(HEADER), calls));
    assertThat(calls).startsWith("identity", "open");
  }

  @Test
  void opensAFileAnewOnceItHasBeenReadForItsRejects() {
    List<String> calls = new ArrayList<>();
    PublishOptions strict = new PublishOptions(ReadingOptions.AUTOMATIC, false, 0, 0.3);
    publishing.publish(
        TWO_AT_A_TIME, new RecordedSource(new TextSource(HEADER + rows(3)), calls), strict);
    assertThat(calls).containsExactly("identity", "open", "close", "open", "close");
    assertThat(publishing.rowsSent()).hasSize(3);
  }

  @Test
  void saysThatAnEncodingWasGuessed() {
    Source windows =
        new BytesSource(
            "w.csv", (HEADER + "a1,Caf\u00e9,[],1\n").getBytes(StandardCharsets.ISO_8859_1));
    publishing.publish(TWO_AT_A_TIME, windows);
    assertThat(publishing.heard())
        .contains(
            "w.csv: read as windows-1252 (at its beginning, 1 bytes are not UTF-8); --charset says"
                + " otherwise");
  }

  @Test
  void writesProgressWhereItReadsIt() {
    publishing.publish(TWO_AT_A_TIME, new TextSource(HEADER));
    assertThat(publishing.producer().history())
        .singleElement()
        .extracting(ProducerRecord::partition)
        .isEqualTo(ProgressLog.PARTITION);
  }

  @Test
  void keepsThePaceThatItIsTold() {
    long begun = System.nanoTime();
    publishing.publish(
        TWO_AT_A_TIME,
        new TextSource(HEADER + rows(5)),
        new PublishOptions(ReadingOptions.AUTOMATIC, false, 100, 1));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(49));
  }

  @Test
  void usesOneTransactionalIdForOneFileAndAnotherForAnother() {
    List<String> ids = new ArrayList<>();
    CsvPublisher publisher =
        new CsvPublisher(
            id -> {
              ids.add(id);
              return publishing.producer();
            },
            publishing::log,
            TWO_AT_A_TIME,
            Progress.NONE);
    try (publisher) {
      publisher.publish(new TextSource(HEADER));
    }
    assertThat(ids).containsExactly(CsvPublisher.transactionalId("text:artists.csv"));
    assertThat(ids.get(0)).matches("crescendo-csv-[0-9a-f]{16}");
    assertThat(CsvPublisher.transactionalId("breaking:artists.csv")).isNotEqualTo(ids.get(0));
  }

  /** Remembers what it was asked for. */
  private record RecordedSource(Source source, List<String> calls) implements DelegatingSource {

    @Override
    public String identity() {
      calls.add("identity");
      return source.identity();
    }

    @Override
    public InputStream open() throws IOException {
      calls.add("open");
      return new FilterInputStream(source.open()) {
        private boolean closed;

        @Override
        public void close() throws IOException {
          if (!closed) {
            calls.add("close");
          }
          closed = true;
          super.close();
        }
      };
    }
  }
}
