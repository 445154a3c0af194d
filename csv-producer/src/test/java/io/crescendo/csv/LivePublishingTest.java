package io.crescendo.csv;

import static io.crescendo.csv.Publishing.HEADER;
import static io.crescendo.csv.Publishing.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Standard input that somebody still types into. */
class LivePublishingTest {

  private final Publishing publishing = new Publishing();

  @Test
  void doesNotKeepRowsFromReadersWhileALiveSourceSaysNothing() throws Exception {
    CountDownLatch committed = new CountDownLatch(1);
    PipedInputStream in = new PipedInputStream(1 << 16);
    try (PipedOutputStream typed = new PipedOutputStream(in);
        CsvPublisher publisher =
            publishing.publisher(
                new CommitLimits(1_000, Duration.ofMillis(200)),
                (source, rows, bytes) -> {
                  if (rows == 2) {
                    committed.countDown();
                  }
                })) {
      typed.write((HEADER + rows(2)).getBytes(StandardCharsets.UTF_8));
      CompletableFuture<PublishReport> report =
          CompletableFuture.supplyAsync(
              () -> publisher.publish(new StandardInput(in, "stdin:1", TextSource.OBSERVED_AT)));
      assertThat(committed.await(20, TimeUnit.SECONDS)).isTrue();
      typed.write("a3,Ada,[],3\n".getBytes(StandardCharsets.UTF_8));
      typed.close();
      assertThat(report.get(20, TimeUnit.SECONDS).rows()).isEqualTo(3);
    }
  }

  @Test
  void endsWhileALiveSourceSaysNothing() throws Exception {
    PipedInputStream in = new PipedInputStream(1 << 16);
    CountDownLatch committed = new CountDownLatch(1);
    try (PipedOutputStream typed = new PipedOutputStream(in)) {
      typed.write((HEADER + rows(1)).getBytes(StandardCharsets.UTF_8));
      CsvPublisher publisher =
          publishing.publisher(
              new CommitLimits(1_000, Duration.ofMillis(200)),
              (source, rows, bytes) -> committed.countDown());
      CompletableFuture<PublishReport> report =
          CompletableFuture.supplyAsync(
              () -> publisher.publish(new StandardInput(in, "stdin:1", TextSource.OBSERVED_AT)));
      assertThat(committed.await(20, TimeUnit.SECONDS)).isTrue();
      publisher.close();
      assertThatThrownBy(() -> report.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(PublishException.class)
          .hasMessageContaining("stdin: was stopped; 1 rows were published");
    }
  }
}
