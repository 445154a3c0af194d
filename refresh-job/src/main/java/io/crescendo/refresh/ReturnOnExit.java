package io.crescendo.refresh;

/**
 * Has the JVM give back a job's lease when it is told to stop in the middle of a run, as by
 * SIGTERM. The run ends with the JVM, a moment later.
 */
final class ReturnOnExit implements AutoCloseable {

  private final Thread hook;

  ReturnOnExit(RefreshJob job) {
    hook = new Thread(job::giveBack, "lease-return");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is stopping, and the hook runs
    }
  }
}
