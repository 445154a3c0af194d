package io.crescendo.stack.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where commands print what other programs read. In UTF-8 whatever the locale: under the plain one
 * that cron gives, Java would write a question mark for every letter beyond ASCII. And with a
 * memory of what could not be written, of which a {@link PrintWriter} tells nobody.
 *
 * <p>Not over {@code System.out}, which keeps failures from a writer around it.
 */
final class StandardOutput extends FilterOutputStream {

  private static final String READER_GONE = "Broken pipe";

  private volatile IOException failure;

  StandardOutput(OutputStream out) {
    super(out);
  }

  PrintWriter writer() {
    return new PrintWriter(this, true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * What is missing of what was printed; empty where nothing is, and where whoever read it has gone
   * away, as {@code head} does.
   */
  Optional<String> problem() {
    return Optional.ofNullable(failure)
        .map(IOException::getMessage)
        .filter(message -> !READER_GONE.equals(message))
        .map("Standard output could not be written: %s; what it holds is not whole"::formatted);
  }
}
