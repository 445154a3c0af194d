/**
 * The refresh job and its page on one machine. Start at {@link
 * io.crescendo.benchmarks.refresh.RefreshBenchmark}.
 */
package io.crescendo.benchmarks.refresh;
