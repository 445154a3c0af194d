/**
 * The S3 sink end to end, against a sink that does nothing and against the Iceberg sink, and its
 * encoder alone.
 *
 * <p>Start at {@link io.crescendo.benchmarks.sink.SinkBenchmark}.
 */
package io.crescendo.benchmarks.sink;
