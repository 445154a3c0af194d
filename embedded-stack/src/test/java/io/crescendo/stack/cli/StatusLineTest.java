package io.crescendo.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StatusLineTest {

  private final StringWriter screen = new StringWriter();

  private StatusLine on(int columns) {
    return new StatusLine(new PrintWriter(screen), true, () -> columns);
  }

  @Test
  void isCutWhereItWouldWrap() {
    StatusLine line = on(12);
    line.show("published 10   enriched 9");
    line.show("published 11   enriched 10");

    assertThat(screen.toString()).isEqualTo("\rpublished 10\rpublished 11");
  }

  @Test
  void takesWhatStoodBeforeOffTheScreen() {
    StatusLine line = on(80);
    line.show("published");
    line.show("done");

    assertThat(screen.toString()).isEqualTo("\rpublished\rdone     ");
  }

  @Test
  void standsInFullInTheEnd() {
    StatusLine line = on(12);
    line.show("published 10   enriched 9");
    line.end("published 10   enriched 10");

    assertThat(screen.toString())
        .isEqualToNormalizingNewlines("\rpublished 10\rpublished 10   enriched 10\n");
  }
}
