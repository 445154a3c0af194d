package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PublicationTest {

  private static final String HEADER = "id,name,genres,followers\n";

  @TempDir private Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final MemoryProgressLog log = new MemoryProgressLog();
  private final List<String> ids = new ArrayList<>();
  private final MemoryS3 s3 = new MemoryS3();
  private int failures;

  @AfterEach
  void beInterruptedNoMore() {
    Thread.interrupted();
  }

  @Test
  void publishesTheFilesThatFollowOneWithTooManyBadRows() throws IOException {
    List<Source> sources =
        List.of(file("bad.csv", "b1,Ben,[],x\n"), file("good.csv", "a1,Ada,[],1\n"));
    Publication publication = publication(0.1);
    assertThat(publication.publish(sources)).isEqualTo(3);
    assertThat(published()).containsExactly("a1");
    assertThat(err.toString()).contains("bad.csv: 1 of 1 rows break a rule");
    assertThat(publication.outcomes())
        .extracting(outcome -> outcome.report() == null)
        .containsExactly(true, false);
  }

  @Test
  void endsWithTheGravestFailure() throws IOException {
    List<Source> sources =
        List.of(file("bad.csv", "b1,Ben,[],x\n"), new TextSource("no,artist,file\n1,2,3\n"));
    assertThat(publication(0.1).publish(sources)).isEqualTo(2);
  }

  @Test
  void namesWhatItDidNotTryBecauseKafkaFailed() throws IOException {
    failures = 1;
    Publication publication = publication(1);
    List<Source> sources = List.of(file("a.csv", "a1,Ada,[],1\n"), file("b.csv", "b1,Ben,[],1\n"));
    assertThat(publication.publish(sources)).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "a.csv: no broker; 0 rows were published, the rest was not: run it again, it goes on"
                + " behind them",
            "not tried: b.csv");
    assertThat(publication.outcomes())
        .extracting(Outcome::source, Outcome::committed)
        .containsExactly(tuple("a.csv", 0L), tuple("b.csv", 0L));
  }

  @Test
  void watchesOnAfterAFileWithTooManyBadRowsAndLosesNoneOfItsBatch() throws IOException {
    file("a.csv", "a1,Ada,[],1\n");
    file("bad.csv", "b1,Ben,[],x\n");
    file("c.csv", "c1,Cem,[],1\n");
    Publication publication = publication(0.1);
    watch(publication, 1, dir.toString());
    assertThat(published()).containsExactly("a1", "c1");
    assertThat(publication.outcomes()).hasSize(3);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("bad.csv: 1 of 1 rows break a rule");
  }

  @Test
  void watchesOnAndTriesAgainWhatFailed() throws IOException {
    file("a.csv", "a1,Ada,[],1\n");
    failures = 2;
    Publication publication = publication(1);
    watch(publication, 3, dir.toString());
    assertThat(published()).containsExactly("a1");
    assertThat(err.toString().lines()).hasSize(1); // said once
    assertThat(publication.outcomes()).singleElement().extracting(Outcome::failure).isNull();
  }

  @Test
  void watchesWhatCanBeReadBesideWhatCannot() throws IOException {
    file("a.csv", "a1,Ada,[],1\n");
    s3.put("in/bad.csv", HEADER, Map.of("observed-at", "last week"));
    s3.put("in/good.csv", HEADER + "g1,Gil,[],1\n", Map.of());
    watch(
        publication(1), 1, dir.toString(), dir.resolve("gone.csv").toString(), "s3://staging/in/");
    assertThat(published()).containsExactlyInAnyOrder("a1", "g1");
    assertThat(err.toString())
        .contains("gone.csv: no such file", "s3://staging/in/bad.csv: metadata 'observed-at'");
  }

  /** Until so many looks have found something to publish. */
  private void watch(Publication publication, int rounds, String... arguments) {
    int[] left = {rounds};
    try (SourceArguments sources = new SourceArguments(() -> s3)) {
      publication.watch(
          sources,
          Arrays.asList(arguments),
          Duration.ZERO,
          () -> {
            if (--left[0] == 0) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }

  @Test
  void keepsNoOutcomeThatNobodyAsksFor() throws IOException {
    Publication publication = publication(1, false);
    assertThat(publication.publish(List.of(file("a.csv", "a1,Ada,[],1\n")))).isZero();
    assertThat(published()).containsExactly("a1");
    assertThat(publication.outcomes()).isEmpty();
  }

  private Publication publication(double maxRejectRate) {
    return publication(maxRejectRate, true);
  }

  private Publication publication(double maxRejectRate, boolean keeping) {
    PublishDisplay display = new PublishDisplay(new PrintWriter(out), source -> Meter.none());
    CsvPublisher publisher =
        new CsvPublisher(
            id -> producer(), () -> log, new CommitLimits(100, Duration.ofHours(1)), display);
    return new Publication(
        publisher,
        display,
        new PublishOptions(ReadingOptions.AUTOMATIC, false, 0, maxRejectRate),
        null,
        keeping,
        new PrintWriter(out),
        new PrintWriter(err, true));
  }

  private MockProducer<byte[], byte[]> producer() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    if (failures-- > 0) {
      producer.initTransactionException = new KafkaException("no broker");
    }
    log.follow(producer);
    return producer;
  }

  private List<String> published() {
    return log.keys("artist-updates");
  }

  private Source file(String name, String rows) throws IOException {
    Path file = Files.writeString(dir.resolve(name), HEADER + rows);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    return Source.file(file);
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }
}
