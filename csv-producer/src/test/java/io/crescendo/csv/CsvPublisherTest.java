package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class CsvPublisherTest {

  private static final String HEADER = "id,name,genres,followers\n";
  private static final CommitLimits TWO_AT_A_TIME = new CommitLimits(2, Duration.ofHours(1));

  private static final CommitLimits MANY_AT_A_TIME = new CommitLimits(10_000, Duration.ofHours(1));
  private static final int MANY = 40_000;

  /** Breaks off behind the beginning that the shape is guessed from. */
  private static final int BREAK = 600_000;

  private MockProducer<byte[], byte[]> producer = producer();
  private final MemoryProgressLog log = new MemoryProgressLog();
  private final List<String> heard = new ArrayList<>();
  private final Progress progress =
      new Progress() {
        @Override
        public void published(Source source, long rows, long bytes) {
          heard.add("%s %d %d".formatted(source.name(), rows, bytes));
        }

        @Override
        public void noticed(String message) {
          heard.add(message);
        }

        @Override
        public void rejected(String message) {
          heard.add(message);
        }
      };

  @Test
  void publishesArtistsByIdAndRejectsWithTheRule() {
    PublishReport report =
        publish(TWO_AT_A_TIME, new TextSource(HEADER + "a1,Ada,[],5\na2,Ben,[],x\n,Cem,[],7\n"));
    assertThat(producer.history())
        .extracting(CsvPublisherTest::describe)
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
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void saysWhereAndWhenEachRowWasTrue() {
    publish(TWO_AT_A_TIME, new TextSource(HEADER + "a1,Ada,[],5\n"));
    assertThat(new String(producer.history().get(0).value(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"id\":\"a1\",\"name\":\"Ada\",\"genres\":[],\"followers\":5,"
                + "\"observed_at\":%d,\"source\":\"artists.csv:2\"}"
                    .formatted(TextSource.OBSERVED_AT.toEpochMilli()));
    assertThat(producer.history().get(0).timestamp()).isNull();
  }

  @Test
  void takesTheTimeOfObservationThatItIsTold() {
    Source source =
        new TextSource(HEADER + "a1,Ada,[],5\n").withObservedAt(Instant.ofEpochMilli(9));
    publish(TWO_AT_A_TIME, source);
    assertThat(new String(producer.history().get(0).value(), StandardCharsets.UTF_8))
        .contains("\"observed_at\":9,");
  }

  @Test
  void commitsAsSoonAsATransactionIsFullAndAtTheEnd() {
    publish(TWO_AT_A_TIME, new TextSource(HEADER + rows(5)));
    assertThat(producer.commitCount()).isEqualTo(3);
    assertThat(heard).containsExactly("artists.csv 2 49", "artists.csv 4 73", "artists.csv 5 85");
  }

  @Test
  void tellsOfRejectedRows() {
    publish(TWO_AT_A_TIME, new TextSource(HEADER + "a1,Ada,[],x\n"));
    assertThat(heard)
        .containsExactly(
            "artists.csv:2: column 'followers' must be a whole number, got 'x'; row sent to"
                + " artist-rejects",
            "artists.csv 1 37");
  }

  @Test
  void publishesNothingOfAFileWithoutRows() {
    PublishReport report = publish(TWO_AT_A_TIME, new TextSource(HEADER));
    assertThat(report.rows()).isZero();
    assertThat(producer.history())
        .extracting(CsvPublisherTest::describe)
        .containsExactly("csv-progress text:artists.csv");
    assertThat(producer.transactionInFlight()).isFalse();
  }

  @Test
  void doesNotEvenConnectForAFileThatIsNoArtistFile() {
    assertThatThrownBy(() -> publish(TWO_AT_A_TIME, new TextSource("a,b\n1,2\n")))
        .isInstanceOf(UnusableSourceException.class);
    assertThat(producer.transactionInitialized()).isFalse();
  }

  @Test
  void takesBackTheOpenTransactionWhenTheSourceFails() {
    Source broken = new BreakingSource(HEADER + rows(MANY), BREAK);
    assertThatThrownBy(() -> publish(MANY_AT_A_TIME, broken))
        .isInstanceOf(PublishException.class)
        .hasMessage(
            "artists.csv: cannot be read to its end (connection reset); 30000 rows were published,"
                + " the rest was not")
        .hasCauseInstanceOf(IOException.class);
    assertThat(rowsSent()).hasSize(30_000);
    assertThat(producer.transactionAborted()).isTrue();
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void takesBackTheOpenTransactionWhenASendFails() {
    producer.sendException = new KafkaException("the disk is full");
    assertThatThrownBy(() -> publish(TWO_AT_A_TIME, new TextSource(HEADER + rows(1))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith("artists.csv: the disk is full; 0 rows were published");
    assertThat(producer.transactionAborted()).isTrue();
  }

  @Test
  void takesBackTheOpenTransactionWhenItCannotBeCommitted() {
    producer.commitTransactionException = new TimeoutException("no answer in 30000ms");
    assertThatThrownBy(() -> publish(TWO_AT_A_TIME, new TextSource(HEADER + rows(2))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith("artists.csv: no answer in 30000ms; 0 rows were published");
    assertThat(producer.transactionAborted()).isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void takesBackTheOpenTransactionWhenAListenerFails() {
    CsvPublisher publisher =
        new CsvPublisher(
            id -> nextProducer(),
            () -> log,
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
    assertThat(producer.transactionAborted()).isTrue();
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void saysWhenAnotherRunTookOver() {
    producer.initTransactions();
    producer.fenceProducer();
    CsvPublisher publisher = publisher(TWO_AT_A_TIME);
    assertThatThrownBy(() -> publisher.publish(new TextSource(HEADER + rows(1))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith(
            "artists.csv: another run took it over, or this one stood still for longer than"
                + " transaction.timeout.ms; 0 rows were published, the rest was not")
        .hasMessageEndingWith("the rest was not");
  }

  @Test
  void saysWhenAnotherRunTookOverBetweenTwoCommits() {
    producer.sendException =
        new KafkaException("in an error state", new InvalidProducerEpochException("old epoch"));
    assertThatThrownBy(() -> publish(TWO_AT_A_TIME, new TextSource(HEADER + rows(1))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith("artists.csv: another run took it over")
        .hasMessageEndingWith("the rest was not");
  }

  @Test
  void doesNotFinishAFileThatChangesWhileItIsRead() {
    Source changing = new ChangingSource(new TextSource(HEADER + rows(5)), new AtomicInteger(), 2);
    assertThatThrownBy(() -> publish(TWO_AT_A_TIME, changing))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith(
            "artists.csv: changed while it was read; 4 rows were published, the rest was not");
    assertThat(rowsSent()).hasSize(4);
    assertThat(log.latest(changing.identity()).orElseThrow().finished()).isFalse();
  }

  @Test
  void takesTheIdentityOfAFileBeforeItOpensIt() {
    List<String> calls = new ArrayList<>();
    publish(TWO_AT_A_TIME, new RecordedSource(new TextSource(HEADER), calls));
    assertThat(calls).startsWith("identity", "open");
  }

  @Test
  void opensAFileAnewOnceItHasBeenReadForItsRejects() {
    List<String> calls = new ArrayList<>();
    PublishOptions strict = new PublishOptions(ReadingOptions.AUTOMATIC, false, 0, 0.3);
    try (CsvPublisher publisher = publisher(TWO_AT_A_TIME)) {
      publisher.publish(new RecordedSource(new TextSource(HEADER + rows(3)), calls), strict);
    }
    assertThat(calls).containsExactly("identity", "open", "close", "open", "close");
    assertThat(rowsSent()).hasSize(3);
  }

  @Test
  void doesNotKeepRowsFromReadersWhileALiveSourceSaysNothing() throws Exception {
    CountDownLatch committed = new CountDownLatch(1);
    PipedInputStream in = new PipedInputStream(1 << 16);
    try (PipedOutputStream typed = new PipedOutputStream(in);
        CsvPublisher publisher =
            new CsvPublisher(
                id -> nextProducer(),
                () -> log,
                new CommitLimits(1_000, Duration.ofMillis(200)),
                (source, rows, bytes) -> {
                  if (rows == 2) {
                    committed.countDown();
                  }
                })) {
      typed.write((HEADER + rows(2)).getBytes(StandardCharsets.UTF_8));
      CompletableFuture<PublishReport> publishing =
          CompletableFuture.supplyAsync(
              () -> publisher.publish(new StandardInput(in, "stdin:1", TextSource.OBSERVED_AT)));
      assertThat(committed.await(20, TimeUnit.SECONDS)).isTrue();
      typed.write("a3,Ada,[],3\n".getBytes(StandardCharsets.UTF_8));
      typed.close();
      assertThat(publishing.get(20, TimeUnit.SECONDS).rows()).isEqualTo(3);
    }
  }

  @Test
  void endsWhileALiveSourceSaysNothing() throws Exception {
    PipedInputStream in = new PipedInputStream(1 << 16);
    CountDownLatch committed = new CountDownLatch(1);
    try (PipedOutputStream typed = new PipedOutputStream(in)) {
      typed.write((HEADER + rows(1)).getBytes(StandardCharsets.UTF_8));
      CsvPublisher publisher =
          new CsvPublisher(
              id -> nextProducer(),
              () -> log,
              new CommitLimits(1_000, Duration.ofMillis(200)),
              (source, rows, bytes) -> committed.countDown());
      CompletableFuture<PublishReport> publishing =
          CompletableFuture.supplyAsync(
              () -> publisher.publish(new StandardInput(in, "stdin:1", TextSource.OBSERVED_AT)));
      assertThat(committed.await(20, TimeUnit.SECONDS)).isTrue();
      publisher.close();
      assertThatThrownBy(() -> publishing.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(PublishException.class)
          .hasMessageContaining("stdin: was stopped; 1 rows were published");
    }
  }

  @Test
  void saysThatAnEncodingWasGuessed() {
    Source windows =
        new BytesSource(
            "w.csv", (HEADER + "a1,Caf\u00e9,[],1\n").getBytes(StandardCharsets.ISO_8859_1));
    publish(TWO_AT_A_TIME, windows);
    assertThat(heard)
        .contains(
            "w.csv: read as windows-1252 (at its beginning, 1 bytes are not UTF-8); --charset says"
                + " otherwise");
  }

  @Test
  void writesProgressWhereItReadsIt() {
    publish(TWO_AT_A_TIME, new TextSource(HEADER));
    assertThat(producer.history())
        .singleElement()
        .extracting(ProducerRecord::partition)
        .isEqualTo(ProgressLog.PARTITION);
  }

  @Test
  void stopsWhenItIsClosedFromOutside() {
    CsvPublisher[] self = new CsvPublisher[1];
    self[0] =
        new CsvPublisher(
            id -> nextProducer(),
            () -> log,
            TWO_AT_A_TIME,
            (source, rows, bytes) -> self[0].close());
    assertThatThrownBy(() -> self[0].publish(new TextSource(HEADER + rows(5))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith("artists.csv: was stopped; 2 rows were published");
  }

  @Test
  void goesOnBehindTheRowsThatAnEarlierRunPublished() {
    breakOff();
    PublishReport report =
        publish(MANY_AT_A_TIME, new TextSource(HEADER + rows(MANY) + "x,Ada,[],x\n"));
    assertThat(rowsSent())
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
    publish(TWO_AT_A_TIME, source);
    PublishReport second = publish(TWO_AT_A_TIME, source);
    assertThat(producer.history()).isEmpty();
    assertThat(second.alreadyPublished()).isTrue();
    assertThat(second.rows()).isEqualTo(3);
    try (CsvPublisher publisher = publisher(TWO_AT_A_TIME)) {
      PublishReport third = publisher.publish(source, PublishOptions.AGAIN);
      assertThat(third.alreadyPublished()).isFalse();
      assertThat(third.rowsBefore()).isZero();
    }
    assertThat(producer.history()).hasSize(5);
  }

  @Test
  void keepsTheTimeOfObservationOfTheRunThatItGoesOnFrom() {
    breakOff();
    publish(MANY_AT_A_TIME, new TextSource(HEADER + rows(MANY)).withObservedAt(Instant.EPOCH));
    assertThat(new String(producer.history().get(0).value(), StandardCharsets.UTF_8))
        .contains("\"observed_at\":%d,".formatted(TextSource.OBSERVED_AT.toEpochMilli()));
  }

  @Test
  void refusesToGoOnInAFileThatIsCutInAnotherWayNow() {
    breakOff();
    String other = "id,name,genres,followers,x\n" + rows(MANY).replace("\n", ",\n");
    assertThatThrownBy(() -> publish(MANY_AT_A_TIME, new TextSource(other)))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessageStartingWith("artists.csv: an earlier run published 30000 rows of it");
    assertThat(rowsSent()).isEmpty();
  }

  @Test
  void publishesNothingOfAFileWithTooManyBadRows() {
    PublishOptions strict = new PublishOptions(ReadingOptions.AUTOMATIC, false, 0, 0.3);
    try (CsvPublisher publisher = publisher(TWO_AT_A_TIME)) {
      assertThatThrownBy(
              () -> publisher.publish(new TextSource(HEADER + rows(1) + "a2,Ben,[],x\n"), strict))
          .isInstanceOf(TooManyRejectsException.class)
          .hasMessage(
              "artists.csv: 1 of 2 rows break a rule (50.00%), at most 30.00% may; nothing was"
                  + " published; the first: artists.csv:3: column 'followers' must be a whole"
                  + " number, got 'x'");
      assertThat(producer.history()).isEmpty();
      assertThat(publisher.publish(new TextSource(HEADER + rows(9) + "b,B,[],x\n"), strict).rows())
          .isEqualTo(10);
    }
  }

  @Test
  void stopsInTheMiddleOfAStreamWithTooManyBadRows() {
    PublishOptions strict = new PublishOptions(ReadingOptions.AUTOMATIC, false, 0, 0.3);
    byte[] text = (HEADER + rows(2) + "c,C,[],x\nd,D,[],x\n").getBytes(StandardCharsets.UTF_8);
    Source stream =
        new StandardInput(new ByteArrayInputStream(text), "stdin:1", TextSource.OBSERVED_AT);
    try (CsvPublisher publisher = publisher(TWO_AT_A_TIME)) {
      assertThatThrownBy(() -> publisher.publish(stream, strict))
          .isInstanceOf(TooManyRejectsException.class)
          .hasMessageEndingWith("2 rows were published before");
    }
    assertThat(producer.history())
        .extracting(CsvPublisherTest::describe)
        .containsExactly("artist-updates a1", "artist-updates a2");
  }

  @Test
  void keepsThePaceThatItIsTold() {
    long begun = System.nanoTime();
    try (CsvPublisher publisher = publisher(TWO_AT_A_TIME)) {
      publisher.publish(
          new TextSource(HEADER + rows(5)),
          new PublishOptions(ReadingOptions.AUTOMATIC, false, 100, 1));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(49));
  }

  @Test
  void usesOneTransactionalIdForOneFileAndAnotherForAnother() {
    List<String> ids = new ArrayList<>();
    CsvPublisher publisher =
        new CsvPublisher(
            id -> {
              ids.add(id);
              return producer;
            },
            () -> log,
            TWO_AT_A_TIME,
            Progress.NONE);
    try (publisher) {
      publisher.publish(new TextSource(HEADER));
    }
    assertThat(ids).containsExactly(CsvPublisher.transactionalId("text:artists.csv"));
    assertThat(ids.get(0)).matches("crescendo-csv-[0-9a-f]{16}");
    assertThat(CsvPublisher.transactionalId("breaking:artists.csv")).isNotEqualTo(ids.get(0));
  }

  private void breakOff() {
    Source cut = new CutSource(HEADER + rows(MANY), BREAK);
    assertThatThrownBy(() -> publish(MANY_AT_A_TIME, cut)).isInstanceOf(PublishException.class);
  }

  private PublishReport publish(CommitLimits limits, Source source) {
    try (CsvPublisher publisher = publisher(limits)) {
      return publisher.publish(source);
    }
  }

  private CsvPublisher publisher(CommitLimits limits) {
    return new CsvPublisher(id -> nextProducer(), () -> log, limits, progress);
  }

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A new one, unless the test has prepared one that is still open. */
  private MockProducer<byte[], byte[]> nextProducer() {
    if (producer.closed()) {
      producer = producer();
    }
    log.follow(producer);
    return producer;
  }

  private List<String> rowsSent() {
    return producer.history().stream()
        .map(CsvPublisherTest::describe)
        .filter(item -> !item.startsWith("csv-progress"))
        .toList();
  }

  private static String rows(int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      rows.append("a%d,Ada,[],%d\n".formatted(i, i));
    }
    return rows.toString();
  }

  private static String describe(ProducerRecord<byte[], byte[]> item) {
    return item.topic()
        + " "
        + (item.key() == null ? null : new String(item.key(), StandardCharsets.UTF_8));
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

  /** {@link TextSource} on a line that breaks off after some bytes. */
  private record CutSource(String text, int bytes) implements Source {

    @Override
    public String name() {
      return "artists.csv";
    }

    @Override
    public String identity() {
      return new TextSource(text).identity();
    }

    @Override
    public long size() {
      return text.length();
    }

    @Override
    public Instant observedAt() {
      return TextSource.OBSERVED_AT;
    }

    @Override
    public InputStream open() {
      return new BreakingSource(text, bytes).open();
    }
  }

  /** Breaks off after some bytes. */
  private record BreakingSource(String text, int bytes) implements Source {

    @Override
    public String name() {
      return "artists.csv";
    }

    @Override
    public String identity() {
      return "breaking:artists.csv";
    }

    @Override
    public long size() {
      return text.length();
    }

    @Override
    public Instant observedAt() {
      return TextSource.OBSERVED_AT;
    }

    @Override
    public InputStream open() {
      byte[] whole = text.getBytes(StandardCharsets.UTF_8);
      return new FilterInputStream(new ByteArrayInputStream(whole, 0, bytes)) {
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          int read = super.read(target, offset, length);
          if (read < 0) {
            throw new IOException("connection reset");
          }
          return read;
        }
      };
    }
  }
}
