package io.crescendo.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/**
 * What one round took.
 *
 * @param units rows, records or whatever else was worked through
 * @param seconds by the wall clock
 * @param cpuSeconds of all threads of the processes that did the work
 */
public record Measured(long units, double seconds, double cpuSeconds) {

  /** Units per second by the wall clock. */
  public double rate() {
    return units / seconds;
  }

  /** Processor seconds for a million units. */
  public double cpuPerMillion() {
    return cpuSeconds * 1e6 / units;
  }

  /**
   * Measures work in this JVM.
   *
   * @param work returns the units that it worked through
   */
  public static Measured here(Callable<Long> work) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    long units = work.call();
    return new Measured(
        units, (System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
  }
}
