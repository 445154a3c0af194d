package io.crescendo.stack.cli;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * One line that says how far something has come: rewritten in place on a terminal, printed anew
 * every two seconds elsewhere.
 *
 * <p>Not thread-safe.
 */
final class StatusLine {

  private static final long PLAIN_INTERVAL = Duration.ofSeconds(2).toNanos();

  private final PrintWriter out;
  private final boolean terminal;
  private long lastPlain = System.nanoTime();
  private int width;

  StatusLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows the present state. */
  void show(String text) {
    if (terminal) {
      out.print("\r" + padded(text));
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

  private String padded(String text) {
    String padded = text + " ".repeat(Math.max(0, width - text.length()));
    width = text.length();
    return padded;
  }
}
