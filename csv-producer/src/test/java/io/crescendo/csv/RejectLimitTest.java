package io.crescendo.csv;

import static io.crescendo.csv.Publishing.HEADER;
import static io.crescendo.csv.Publishing.TWO_AT_A_TIME;
import static io.crescendo.csv.Publishing.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How many rows may break a rule before the file is refused. */
class RejectLimitTest {

  private static final PublishOptions STRICT =
      new PublishOptions(ReadingOptions.AUTOMATIC, false, 0, 0.3);

  private final Publishing publishing = new Publishing();

  @Test
  void publishesNothingOfAFileWithTooManyBadRows() {
    try (CsvPublisher publisher = publishing.publisher(TWO_AT_A_TIME)) {
      assertThatThrownBy(
              () -> publisher.publish(new TextSource(HEADER + rows(1) + "a2,Ben,[],x\n"), STRICT))
          .isInstanceOf(TooManyRejectsException.class)
          .hasMessage(
              "artists.csv: 1 of 2 rows break a rule (50.00%), at most 30.00% may; nothing was"
                  + " published; the first: artists.csv:3: column 'followers' must be a whole"
                  + " number, got 'x'");
      assertThat(publishing.producer().history()).isEmpty();
      assertThat(publisher.publish(new TextSource(HEADER + rows(9) + "b,B,[],x\n"), STRICT).rows())
          .isEqualTo(10);
    }
  }

  @Test
  void takesAFileOfWhichExactlyTheShareThatMayIsBad() {
    PublishOptions share = new PublishOptions(ReadingOptions.AUTOMATIC, false, 0, 0.29);
    Source worse = new TextSource(HEADER + rows(70) + "x,Ada,[],x\n".repeat(30));
    assertThatThrownBy(() -> publishing.publish(TWO_AT_A_TIME, worse, share))
        .isInstanceOf(TooManyRejectsException.class);
    Source bearable = new TextSource(HEADER + rows(71) + "x,Ada,[],x\n".repeat(29));
    assertThat(publishing.publish(TWO_AT_A_TIME, bearable, share).rejected()).isEqualTo(29);
  }

  @Test
  void stopsInTheMiddleOfAStreamWithTooManyBadRows() {
    byte[] text = (HEADER + rows(2) + "c,C,[],x\nd,D,[],x\n").getBytes(StandardCharsets.UTF_8);
    Source stream =
        new StandardInput(new ByteArrayInputStream(text), "stdin:1", TextSource.OBSERVED_AT);
    assertThatThrownBy(() -> publishing.publish(TWO_AT_A_TIME, stream, STRICT))
        .isInstanceOf(TooManyRejectsException.class)
        .hasMessageEndingWith("2 rows were published before");
    assertThat(publishing.sent()).containsExactly("artist-updates a1", "artist-updates a2");
  }
}
