package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeNumberTest {

  @Property
  void readsEveryLong(@ForAll long number) {
    assertThat(WholeNumber.isOne(Long.toString(number))).isTrue();
    assertThat(WholeNumber.parse(Long.toString(number))).hasValue(number);
    assertThat(WholeNumber.parse(number + ".0")).hasValue(number);
  }

  @Test
  void takesAFractionOfZeros() {
    assertThat(WholeNumber.isOne("12.000")).isTrue();
    assertThat(WholeNumber.parse("12.000")).hasValue(12);
  }

  @Test
  void saysWhenANumberDoesNotFit() {
    assertThat(WholeNumber.isOne("9223372036854775808")).isTrue();
    assertThat(WholeNumber.parse("9223372036854775808")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        ".0",
        "12.",
        "12.5",
        "12.0.0",
        "12,50",
        "1,234",
        "1e3",
        "1.16E+08",
        "+5",
        "None",
        "NaN",
        "٣",
        "1_000",
        "0x1F",
        "12 ",
        "--1",
        "12.0a"
      })
  void refusesEverythingElse(String text) {
    assertThat(WholeNumber.isOne(text)).isFalse();
  }

  @Property
  void neverTakesWhatItCannotRead(@ForAll String text) {
    if (WholeNumber.isOne(text)) {
      assertThat(text).matches("-?[0-9]+(\\.0+)?");
    }
  }
}
