package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class Utf8Test {

  @Property(tries = 5_000)
  void findsWhatTheDecoderOfTheJdkFinds(@ForAll("nearlyUtf8") byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(bytes.length), true);
    int invalid = result.isError() ? in.position() : Utf8.VALID;
    assertThat(Utf8.firstInvalid(bytes)).isEqualTo(invalid);
  }

  @Property
  void takesAllText(@ForAll String text) {
    // What getBytes cannot encode, half of a surrogate pair, it writes as a question mark.
    assertThat(Utf8.firstInvalid(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Utf8.VALID);
  }

  /** Bytes at the bounds of the table of well-formed sequences, so that they often fit together. */
  @Provide
  Arbitrary<byte[]> nearlyUtf8() {
    return Arbitraries.of(
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
            0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF)
        .map(Integer::byteValue)
        .array(Byte[].class)
        .ofMaxSize(8)
        .map(
            boxed -> {
              byte[] bytes = new byte[boxed.length];
              for (int i = 0; i < bytes.length; i++) {
                bytes[i] = boxed[i];
              }
              return bytes;
            });
  }
}
