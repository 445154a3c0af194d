/**
 * What a task tells about itself. {@link io.crescendo.connect.s3.metrics.TaskMetrics} holds the
 * figures and names them, {@link io.crescendo.connect.s3.metrics.PublishedMetrics} makes them
 * visible in JMX: through Connect where the worker takes a plugin's metrics, else by itself.
 */
package io.crescendo.connect.s3.metrics;
