package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void escapesWhatMovesTheCursorOrTurnsTheDirectionAndLeavesTheRest() {
    assertThat(Terminal.harmless("\"a\u009b2J\u007f\u0085\u202e\u2028\u001b\""))
        .isEqualTo("\"a\\u009b2J\\u007f\\u0085\\u202e\\u2028\\u001b\"");
    assertThat(Terminal.harmless("\u00e9 \\n \ud83d\ude00")).isEqualTo("\u00e9 \\n \ud83d\ude00");
  }
}
