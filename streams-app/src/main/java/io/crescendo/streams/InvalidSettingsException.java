package io.crescendo.streams;

import java.util.List;

/** Settings that break rules; the message lists every one. */
public final class InvalidSettingsException extends IllegalArgumentException {

  private final transient List<String> problems;

  InvalidSettingsException(List<String> problems) {
    super(
        "Nothing was started, because of %s bad setting%s:%n  %s"
            .formatted(
                problems.size(),
                problems.size() == 1 ? "" : "s",
                String.join(System.lineSeparator() + "  ", problems)));
    this.problems = List.copyOf(problems);
  }

  /** The problems, one sentence each. */
  public List<String> problems() {
    return problems;
  }
}
