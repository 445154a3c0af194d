package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

class ObjectStreamTest {

  private static final String TEXT = "0123456789";

  private final MemoryS3 s3 = new MemoryS3();
  private final List<Long> pauses = new ArrayList<>();

  @Test
  void goesOnAtTheByteWhereAConnectionBroke() throws IOException {
    s3.breakOff(2, 4);
    try (ObjectStream in = open()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
    }
    assertThat(s3.ranges()).containsExactly(null, "bytes=4-", "bytes=8-");
    assertThat(pauses).containsExactly(200_000_000L, 200_000_000L);
  }

  @Test
  void asksForBytesInDigitsThatAStoreReads() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      s3.breakOff(1, 4);
      try (ObjectStream in = open()) {
        in.readAllBytes();
      }
      assertThat(s3.ranges()).containsExactly(null, "bytes=4-");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void givesUpOnAConnectionThatBreaksAgainAndAgain() throws IOException {
    s3.breakOff(100, 0);
    try (ObjectStream in = open()) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(SdkException.class)
          .hasMessageStartingWith("s3://staging/a.csv, at byte 0 of 10: Read timed out");
    }
    assertThat(pauses).hasSize(5).isSorted();
  }

  @Test
  void doesNotReadAgainWhatAStoreWithoutRangesSendsAgain() throws IOException {
    s3.servesRanges = false;
    s3.breakOff(1, 4);
    try (ObjectStream in = open()) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(SdkException.class)
          .hasMessageEndingWith("at byte 4 of 10: the store answers with the range 'null'");
    }
  }

  @Test
  void doesNotGoOnInAnObjectThatWasReplaced() throws IOException {
    s3.breakOff(1, 4);
    try (ObjectStream in = open()) {
      s3.put("a.csv", "abcdefghij", Map.of());
      assertThatThrownBy(in::readAllBytes).isInstanceOf(ChangedException.class);
    }
    assertThat(pauses).hasSize(1);
  }

  private ObjectStream open() throws IOException {
    s3.put("a.csv", TEXT, Map.of());
    S3Location location = S3Location.parse("s3://staging/a.csv");
    String etag = s3.headObject(r -> r.bucket("staging").key("a.csv")).eTag();
    return new ObjectStream(s3, location, etag, TEXT.length(), pauses::add);
  }
}
