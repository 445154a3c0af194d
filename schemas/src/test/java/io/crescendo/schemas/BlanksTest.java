package io.crescendo.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlanksTest {

  private static final String ALL = " \t\u00a0\u2007\u202f\u200b\ufeff\u0000";

  @Test
  void areWhatAReaderSeesNothingOf() {
    assertThat(Blanks.are(ALL)).isTrue();
    assertThat(Blanks.are("")).isTrue();
    assertThat(Blanks.are(ALL + "a")).isFalse();
  }

  @Test
  void areStrippedAtBothEnds() {
    assertThat(Blanks.strip(ALL + "a b" + ALL)).isEqualTo("a b");
    assertThat(Blanks.strip(ALL)).isEmpty();
    assertThat(Blanks.strip("a")).isEqualTo("a");
  }
}
