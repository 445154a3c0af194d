package io.crescendo.csv;

import io.crescendo.schemas.Terminal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A source is not there, or is not an artist file. Nothing of it was published. The message says
 * what was found and what was needed, and is safe to print.
 */
public final class UnusableSourceException extends RuntimeException {

  UnusableSourceException(String message) {
    this(message, null);
  }

  UnusableSourceException(String message, Throwable cause) {
    super(Terminal.harmless(message), cause);
  }

  /** Several of them, each on a line of its own. */
  UnusableSourceException(List<String> problems) {
    super(
        problems.stream()
            .map(Terminal::harmless)
            .collect(Collectors.joining(System.lineSeparator())));
  }
}
