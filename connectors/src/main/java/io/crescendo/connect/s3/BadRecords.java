package io.crescendo.connect.s3;

import io.crescendo.connect.s3.metrics.TaskMetrics;
import io.crescendo.connect.s3.parquet.BadRowException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of records that cannot be rows: Connect's dead letter queue and log, or they are
 * passed over, or the task stops.
 */
final class BadRecords {

  private static final Logger LOG = LoggerFactory.getLogger(BadRecords.class);

  private static final String TOLERANCE = "errors.tolerance";

  private final ErrantRecordReporter reporter;
  private final boolean tolerant;
  private final TaskMetrics metrics;

  /**
   * @param reporter null where the connector has neither a dead letter queue nor errors in its log
   * @param tolerant whether bad records are passed over where nobody takes them
   */
  BadRecords(ErrantRecordReporter reporter, boolean tolerant, TaskMetrics metrics) {
    this.reporter = reporter;
    this.tolerant = tolerant;
    this.metrics = metrics;
  }

  /** As the connector is configured. */
  static BadRecords of(SinkTaskContext context, TaskMetrics metrics) {
    return new BadRecords(
        context.errantRecordReporter(),
        "all".equalsIgnoreCase(context.configs().get(TOLERANCE)),
        metrics);
  }

  /**
   * Reports the record, so that it is passed over.
   *
   * @throws ConnectException if bad records are not tolerated
   */
  void reject(SinkRecord record, BadRowException problem) {
    String what =
        "%s-%s offset %s: %s"
            .formatted(
                record.originalTopic(),
                record.originalKafkaPartition(),
                record.originalKafkaOffset(),
                problem.getMessage());
    if (reporter != null) {
      reporter.report(record, new DataException(what + "; record not landed", problem));
    } else if (tolerant) {
      // Connect hands out no reporter where it would neither send nor log what is reported.
      LOG.warn("{}; record not landed, and kept nowhere else (errors.tolerance=all)", what);
    } else {
      throw new ConnectException(
          what + "; the task stops, as the connector does not have errors.tolerance=all", problem);
    }
    metrics.rejected();
  }
}
