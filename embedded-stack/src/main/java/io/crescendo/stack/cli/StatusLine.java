package io.crescendo.stack.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/**
 * One line that says how far something has come: rewritten in place on a terminal, printed anew
 * every two seconds elsewhere. On a terminal it is cut where it would wrap: only the last of
 * several lines could be rewritten.
 *
 * <p>Not thread-safe.
 */
final class StatusLine {

  private static final long PLAIN_INTERVAL = Duration.ofSeconds(2).toNanos();

  private final PrintWriter out;
  private final boolean terminal;
  private final IntSupplier columns;
  private long lastPlain = System.nanoTime();
  private int width;

  StatusLine(PrintWriter out, boolean terminal) {
    this(out, terminal, new ConsoleProgressBarConsumer(System.out)::getMaxRenderedLength);
  }

  /**
   * As {@link #StatusLine(PrintWriter, boolean)}, on another terminal.
   *
   * @param columns how many it has for a line
   */
  StatusLine(PrintWriter out, boolean terminal, IntSupplier columns) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
  }

  /** Shows the present state. */
  void show(String text) {
    if (terminal) {
      out.print("\r" + cut(padded(cut(text))));
      out.flush();
    } else if (System.nanoTime() - lastPlain > PLAIN_INTERVAL) {
      lastPlain = System.nanoTime();
      out.println(text);
      out.flush();
    }
  }

  /** Shows the final state, and leaves it standing. */
  void end(String text) {
    out.println(terminal ? "\r" + padded(text) : text);
    out.flush();
    width = 0;
  }

  private String cut(String text) {
    int most = Math.max(1, columns.getAsInt());
    return text.length() <= most ? text : text.substring(0, most);
  }

  private String padded(String text) {
    String padded = text + " ".repeat(Math.max(0, width - text.length()));
    width = text.length();
    return padded;
  }
}
