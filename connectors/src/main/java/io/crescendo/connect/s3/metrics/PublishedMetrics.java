package io.crescendo.connect.s3.metrics;

import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.LoggerFactory;

/** Metrics that can be seen in JMX until they are closed. */
@FunctionalInterface
public interface PublishedMetrics extends AutoCloseable {

  @Override
  void close();

  /**
   * Publishes a task's metrics through its worker, or on a worker before 4.1, which takes none
   * (KIP-877), in the platform's MBean server.
   *
   * @param connector name of the connector
   * @param task number of the task
   */
  static PublishedMetrics of(
      TaskMetrics metrics, SinkTaskContext context, String connector, String task) {
    try {
      return WorkerMetrics.publish(metrics, context);
    } catch (NoSuchMethodError | NoClassDefFoundError e) {
      return TaskBean.publish(metrics, connector, task);
    } catch (RuntimeException e) {
      // A task that Connect has given up keeps its metrics, and their names, until its put returns.
      LoggerFactory.getLogger(PublishedMetrics.class)
          .warn("{}-{} has no metrics of its own, and goes on without: {}", connector, task, e);
      return () -> {};
    }
  }
}
