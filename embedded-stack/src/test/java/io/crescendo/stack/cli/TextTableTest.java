package io.crescendo.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void setsWordsLeftAndNumbersRight() {
    String text =
        new TextTable("genre", "followers", "mean")
            .row("pop", 2_606_797_252L, 75.25)
            .row("dance pop", 5L, null)
            .render();
    assertThat(text.lines())
        .containsExactly(
            "  genre          followers  mean",
            "  pop        2,606,797,252  75.3",
            "  dance pop              5");
  }

  @Test
  void replacesWhatWouldSteerTheTerminal() {
    String text = new TextTable("artist").row("A\u001b[2J\r\n🎵\u202e").render();
    assertThat(text.lines()).containsExactly("  artist", "  A\\u001b[2J\\u000d\\u000a🎵\\u202e");
  }
}
