package io.crescendo.stack.cli;

import io.crescendo.stack.Endpoints;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/** Runs commands as the launcher does while a stack runs, in this JVM. */
public final class CommandLines {

  private CommandLines() {}

  /**
   * What the command printed.
   *
   * @throws AssertionError if it ends with another code than 0
   */
  public static String run(Endpoints running, String... arguments) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    int code =
        Crescendo.commandLine(Optional.of(new RunningStackDefaults(running, true)))
            .setOut(out)
            .setErr(out)
            .execute(arguments);
    if (code != 0) {
      throw new AssertionError("ended with %d: %s".formatted(code, said));
    }
    return said.toString();
  }
}
