/**
 * What the streams app does in a second: against a topology that only passes records through, with
 * more or fewer artists in its state, and with or without the repartition hop.
 *
 * <p>Start at {@link io.crescendo.benchmarks.streams.StreamsBenchmark}.
 */
package io.crescendo.benchmarks.streams;
