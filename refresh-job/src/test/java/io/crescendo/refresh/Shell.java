package io.crescendo.refresh;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs commands as somebody types them, and keeps what the last one printed. */
final class Shell {

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  /** Gives the exit code. */
  int execute(Object command, String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    return new CommandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
