/**
 * Repeatable measurements. A figure is a ratio to a named alternative or a floor of the same run,
 * for the machines it is taken on are shared and noisy.
 *
 * <p>Start at {@link io.crescendo.benchmarks.Benchmarks}, which lists them; {@link
 * io.crescendo.benchmarks.Comparison} takes turns between contenders and compares their medians.
 */
package io.crescendo.benchmarks;
