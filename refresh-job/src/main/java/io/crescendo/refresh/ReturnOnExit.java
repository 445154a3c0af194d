package io.crescendo.refresh;

/**
 * Has the JVM give back what others go by when it is told to stop, as by SIGTERM: the lease of a
 * run that is going on, word of the next one. The run ends with the JVM, a moment later.
 */
final class ReturnOnExit implements AutoCloseable {

  private final Thread hook;

  ReturnOnExit(Runnable giveBack) {
    hook = new Thread(giveBack, "give-back");
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
