package io.crescendo.csv;

import static io.crescendo.csv.ReadRows.HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of followers with a point in them. */
class FollowerCellTest {

  @ParameterizedTest
  @ValueSource(strings = {"10.000", "1.000", "999.000", "{'total': 10.000}"})
  void isRefusedWhereThePointMayPartThousands(String cell) throws IOException {
    assertThat(ReadRows.rejections(HEADER + "a1,Ada,1,[]," + cell + "\n"))
        .extracting(Rejection::message)
        .containsExactly(
            ("artists.csv:2: column 'followers' must be a whole number without a point that may part"
                    + " thousands, got '%s'; row sent to artist-rejects")
                .formatted(cell));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0,10",
    "10.00,10",
    "10.0000,10",
    "0.000,0",
    "1250.000,1250",
    "1.250.000,1250000",
    "'1,250.000',1250"
  })
  void isReadWhereThePointCanOnlyBeOne(String cell, long followers) throws IOException {
    assertThat(ReadRows.artists(HEADER + "a1,Ada,1,[],\"" + cell + "\"\n"))
        .extracting(ArtistRow::followers)
        .containsExactly(followers);
  }
}
