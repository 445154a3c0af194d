package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TransactionsTest {

  private final AtomicLong nanos = new AtomicLong();
  private final MockProducer<byte[], byte[]> producer = producer();
  private final Transactions transactions =
      new Transactions(producer, new CommitLimits(3, Duration.ofSeconds(1)), nanos::get);

  @Test
  void isDueAfterSoManyRecords() {
    transactions.send(item());
    transactions.send(item());
    assertThat(transactions.due()).isFalse();
    transactions.send(item());
    assertThat(transactions.due()).isTrue();
  }

  @Test
  void isDueSoLongAfterItsFirstRecord() {
    nanos.set(Duration.ofMinutes(5).toNanos());
    assertThat(transactions.due()).isFalse();
    transactions.send(item());
    nanos.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(transactions.due()).isFalse();
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(transactions.due()).isTrue();
  }

  @Test
  void looksAtTheClockOnlyAfterSomeRecords() {
    Transactions many =
        new Transactions(producer(), new CommitLimits(1_000, Duration.ofSeconds(1)), nanos::get);
    many.send(item());
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(many.dueAfterRecord()).isFalse();
    for (int records = 1; records < 64; records++) {
      many.send(item());
    }
    assertThat(many.dueAfterRecord()).isTrue();
  }

  @Test
  void saysWhatARecordMetWithRatherThanThatTheCommitFailed() {
    RecordTooLargeException cause = new RecordTooLargeException("2 MB");
    MockProducer<byte[], byte[]> failing =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public void commitTransaction() {
            errorNext(cause);
            throw new KafkaException("in an error state");
          }
        };
    Transactions transactions =
        new Transactions(failing, new CommitLimits(3, Duration.ofSeconds(1)), nanos::get);
    transactions.send(item());
    assertThatThrownBy(transactions::commit).isSameAs(cause);
  }

  @Test
  void beginsAnewAfterACommit() {
    transactions.send(item());
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    transactions.commit();
    assertThat(transactions.due()).isFalse();
    assertThat(producer.history()).hasSize(1);
    assertThat(producer.transactionInFlight()).isFalse();
  }

  @Test
  void showsNothingBeforeTheCommit() {
    transactions.send(item());
    producer.completeNext();
    assertThat(producer.history()).isEmpty();
    transactions.abort();
    assertThat(producer.history()).isEmpty();
    assertThat(producer.transactionAborted()).isTrue();
  }

  @Test
  void doesNotCommitWhenABrokerTurnedARecordDown() {
    transactions.send(item());
    producer.errorNext(new RecordTooLargeException("2 MB"));
    assertThatThrownBy(transactions::commit)
        .isInstanceOf(RecordTooLargeException.class)
        .hasMessage("2 MB");
    assertThat(producer.commitCount()).isZero();
  }

  @Test
  void commitsAndAbortsNothingWhenNothingWasSent() {
    transactions.commit();
    transactions.abort();
    assertThat(producer.commitCount()).isZero();
    assertThat(producer.transactionAborted()).isFalse();
  }

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static ProducerRecord<byte[], byte[]> item() {
    return new ProducerRecord<>("artist-updates", new byte[] {1});
  }
}
