/**
 * What the CSV producer publishes in a second, against Kafka's own measure of a producer.
 *
 * <p>Start at {@link io.crescendo.benchmarks.csv.CsvBenchmark}.
 */
package io.crescendo.benchmarks.csv;
