package io.crescendo.refresh;

import java.util.List;

/** Settings that cannot work; nothing was started. */
public final class ConfigurationException extends RuntimeException {

  private final transient List<String> problems;

  /**
   * Reports all problems at once.
   *
   * @param problems one sentence each: which setting, which rule, what came
   */
  public ConfigurationException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.get(0)
            : "%s problems:%n  %s"
                .formatted(problems.size(), String.join("%n  ".formatted(), problems)));
    this.problems = List.copyOf(problems);
  }

  /** The problems, one sentence each. */
  List<String> problems() {
    return problems;
  }
}
