package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:00:00Z,2026-01-31T12:00:00Z",
    "2026-01-31t12:00:00z,2026-01-31T12:00:00Z",
    "2026-01-31T12:00Z,2026-01-31T12:00:00Z",
    "2026-01-31T12Z,2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.123456Z,2026-01-31T12:00:00.123456Z",
    "2026-01-31T12:00:00+01:00,2026-01-31T11:00:00Z",
    "2026-01-31T12:00:00-03:30,2026-01-31T15:30:00Z",
    "20260131T120000Z,2026-01-31T12:00:00Z",
    "20260131T120000.5+0100,2026-01-31T11:00:00.500Z",
    "20260131T1200+01,2026-01-31T11:00:00Z",
    "20260131T12Z,2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00+0100,2026-01-31T11:00:00Z",
    "2026-01-31T12:00:00+01,2026-01-31T11:00:00Z",
    "2024-02-29T00:00:00-0030,2024-02-29T00:30:00Z"
  })
  void readsExtendedAndBasicForms(String text, Instant instant) {
    assertThat(IsoTime.parse(text)).isEqualTo(instant);
  }

  /** As Python's {@code datetime.isoformat()} writes it, for one. */
  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:00:00,2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.123456,2026-01-31T12:00:00.123456Z",
    "'2026-01-31T12:00:00,123',2026-01-31T12:00:00.123Z",
    "2026-01-31T12:00,2026-01-31T12:00:00Z",
    "20260131T120000,2026-01-31T12:00:00Z",
    "2026-01-31,2026-01-31T00:00:00Z",
    "20260131,2026-01-31T00:00:00Z"
  })
  void takesUtcAndMidnightForWhatIsNotStated(String text, Instant instant) {
    assertThat(IsoTime.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026",
        "2026-01",
        "202601",
        "2026-1-31",
        "2026-02-30",
        "20260230",
        "2026-01-31Z",
        "2026-01-31T",
        "20260131T",
        "2026-01-31T25:00:00Z",
        "2026-01-31T12:00:00ZZ",
        "2026-01-31T12:00:00+1",
        "2026-01-31T12:00:00+010",
        "2026-01-31T12:00:00+01:",
        "2026-01-31T12:00:00+19:00",
        "2026-01-31T1200",
        "20260131T12:00",
        "20260131T120000.",
        "2026-01-31T12:00:00,Z",
        "2026-01-31T12:00:00 rubbish",
        "1700000000",
        "1700000000000"
      })
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> IsoTime.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
