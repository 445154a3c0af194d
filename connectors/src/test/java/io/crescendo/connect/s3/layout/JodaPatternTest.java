package io.crescendo.connect.s3.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JodaPatternTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "'dt'=yyyy-MM-dd, dt=2027-01-01",
        "'year'=YYYY/'month'=MM/'day'=dd/'hour'=HH, year=2027/month=01/day=01/hour=05",
        "xxxx-'W'ww-e, 2026-W53-5",
        "yyyy'o''clock'HH, 2027o'clock05",
        "'{dt}'{yyyy}, {dt}{2027}",
        "EEE MMM ZZ, Fri Jan +01:00",
        "Z, +0100",
        "MMMMM EEEEE, January Friday",
        "xx YY yy, 26 27 27",
      })
  void rendersWhatJodaTimeRenders(String pattern, String expected) {
    ZonedDateTime newYear = ZonedDateTime.parse("2027-01-01T05:06:07+01:00[Europe/Berlin]");
    assertThat(JodaPattern.formatter(pattern, Locale.ENGLISH).format(newYear)).isEqualTo(expected);
  }

  /** Such as the years of microseconds that are taken for milliseconds. */
  @ParameterizedTest
  @CsvSource({"yyyy, 55840", "YYYY, 55840", "y, 55840", "xxxx, 55840"})
  void rendersYearsBeyond9999WithoutASign(String pattern, String expected) {
    ZonedDateTime far = ZonedDateTime.parse("+55840-06-07T05:06:07Z");
    assertThat(JodaPattern.formatter(pattern, Locale.ENGLISH).format(far)).isEqualTo(expected);
  }

  @Test
  void refusesLettersThatAreNoDateFields() {
    assertThatThrownBy(() -> JodaPattern.formatter("dt=yyyy", Locale.ROOT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'t' is not a date field");
    assertThatThrownBy(() -> JodaPattern.formatter("yyyy'", Locale.ROOT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
