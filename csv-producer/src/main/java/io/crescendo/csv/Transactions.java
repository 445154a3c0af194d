package io.crescendo.csv;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Sends records in transactions that follow one another, beginning each with its first record.
 *
 * <p>Whatever else must become visible together with the records belongs into {@link #commit}.
 *
 * <p>Not thread-safe.
 */
final class Transactions {

  private static final int RECORDS_PER_LOOK = 64;

  private final Producer<byte[], byte[]> producer;
  private final CommitLimits limits;
  private final LongSupplier nanoTime;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Callback onSent =
      (metadata, exception) -> {
        if (exception != null) {
          failure.compareAndSet(null, exception);
        }
      };

  private int records;
  private long begunAt;

  /**
   * Fences every earlier producer that has the same transactional id, and ends what it left open.
   *
   * @param nanoTime such as {@link System#nanoTime}
   */
  Transactions(Producer<byte[], byte[]> producer, CommitLimits limits, LongSupplier nanoTime) {
    this.producer = producer;
    this.limits = limits;
    this.nanoTime = nanoTime;
    producer.initTransactions();
  }

  /**
   * Sends a record in the open transaction.
   *
   * @throws KafkaException if this record or an earlier one cannot be sent
   */
  void send(ProducerRecord<byte[], byte[]> item) {
    if (records == 0) {
      producer.beginTransaction();
      begunAt = nanoTime.getAsLong();
    }
    records++;
    Future<RecordMetadata> unused = // what it would say, the callback hears first
        producer.send(item, onSent);
    throwFailure();
  }

  /** Whether the open transaction has reached a limit. */
  boolean due() {
    return records >= limits.records()
        || (records > 0 && nanoTime.getAsLong() - begunAt >= limits.age().toNanos());
  }

  /**
   * As {@link #due}, to be asked after every record: looks at the clock after some only, which is
   * late by as long as these take.
   */
  boolean dueAfterRecord() {
    return records % RECORDS_PER_LOOK == 0 ? due() : records >= limits.records();
  }

  /**
   * Waits until every record is acknowledged, and makes them visible. Does nothing without an open
   * transaction.
   *
   * @throws KafkaException if it cannot; the transaction is then still open
   */
  void commit() {
    if (records == 0) {
      return;
    }
    throwFailure();
    try {
      producer.commitTransaction();
    } catch (KafkaException e) {
      throwFailure(); // what a record met with says more than that there was something
      throw e;
    }
    records = 0;
  }

  /** Takes back what was sent since the last commit. */
  void abort() {
    if (records > 0) {
      records = 0;
      producer.abortTransaction();
    }
  }

  private void throwFailure() {
    Exception first = failure.get();
    if (first instanceof KafkaException kafka) {
      throw kafka;
    }
    if (first != null) {
      throw new KafkaException(first);
    }
  }
}
