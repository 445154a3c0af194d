package io.crescendo.csv;

import static io.crescendo.csv.Publishing.HEADER;
import static io.crescendo.csv.Publishing.TWO_AT_A_TIME;
import static io.crescendo.csv.Publishing.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the figures of a file were true, as its store says. */
class ObservationTimeTest {

  private final Publishing publishing = new Publishing();

  @ParameterizedTest
  @ValueSource(strings = {"1969-12-31T23:59:59Z", "+1000000000-12-31T00:00:00Z"})
  void isRefusedWhereNoReaderWouldTakeItAndMayBeSaidOtherwise(String time) {
    Source source = new TextSource(HEADER + rows(1));
    assertThatThrownBy(
            () -> publishing.publish(TWO_AT_A_TIME, source.withObservedAt(Instant.parse(time))))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            "artists.csv: its figures must have been true in the years 1970 to 9999, got %s; say when"
                    .formatted(time)
                + " with --observed-at; nothing was published");
    assertThat(publishing.producer().history()).isEmpty();
    Source redated = source.withObservedAt(Instant.parse(time)).withObservedAt(Instant.EPOCH);
    assertThat(publishing.publish(TWO_AT_A_TIME, redated).accepted()).isEqualTo(1);
  }
}
