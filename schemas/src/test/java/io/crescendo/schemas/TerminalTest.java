package io.crescendo.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void escapesWhatMovesTheCursorOrTurnsTheDirectionAndLeavesTheRest() {
    assertThat(Terminal.harmless("\"a\u009b2J\u007f\u0085\u202e\u2028\u061c\u001b\""))
        .isEqualTo("\"a\\u009b2J\\u007f\\u0085\\u202e\\u2028\\u061c\\u001b\"");
    String joined = "\u00e9 \\n \ud83d\udc69\u200d\ud83c\udfa4";
    assertThat(Terminal.harmless(joined)).isEqualTo(joined);
  }
}
