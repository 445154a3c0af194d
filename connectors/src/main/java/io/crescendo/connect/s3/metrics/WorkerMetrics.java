package io.crescendo.connect.s3.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Metrics that Connect publishes, with the tags of the task: {@code
 * kafka.connect:type=plugins,connector=...,task=...}.
 *
 * <p>The only class that names types of Connect 4.1 and later, so that the others load without.
 */
final class WorkerMetrics {

  private WorkerMetrics() {}

  /**
   * @throws IllegalArgumentException if the worker has metrics of those names
   * @throws NoSuchMethodError or NoClassDefFoundError if the worker is older
   */
  static PublishedMetrics publish(TaskMetrics metrics, SinkTaskContext context) {
    PluginMetrics worker = context.pluginMetrics();
    List<MetricName> names = new ArrayList<>();
    PublishedMetrics published = () -> names.forEach(worker::removeMetric);
    try {
      for (Metric metric : metrics.all()) {
        MetricName name =
            worker.metricName(metric.name(), metric.description(), new LinkedHashMap<>());
        worker.addMetric(name, (Gauge<Long>) (config, now) -> metric.value().getAsLong());
        names.add(name);
      }
    } catch (RuntimeException e) {
      published.close();
      throw e;
    }
    return published;
  }
}
