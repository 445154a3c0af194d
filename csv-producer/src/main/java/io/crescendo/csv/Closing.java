package io.crescendo.csv;

/**
 * Closes a publisher when the program is told to end, so that its open transaction is taken back at
 * once instead of holding up readers until it times out.
 */
final class Closing implements AutoCloseable {

  private final Thread hook;

  Closing(CsvPublisher publisher) {
    hook = new Thread(publisher::close, "close-csv-publisher");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending already, and the hook is at work.
    }
  }
}
