package io.crescendo.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Björk",
        "a",
        "exactly8",
        "longer than eight",
        "Σίγμα, 椎名林檎, 🎸",
        "\u07FF\uD7FF\uE000\uFFFF"
      })
  void takesText(String text) {
    assertThat(firstWrong(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "80, 0", // a continuation of nothing
    "61FF, 1",
    "C0AF, 0", // overlong
    "E080AF, 0",
    "F08080AF, 0",
    "EDA080, 0", // half of a surrogate pair
    "F4908080, 0", // past U+10FFFF
    "C3, 0", // cut off
    "6161616161616161E282, 8",
    "E28261, 0"
  })
  void findsWhereTextIsWrong(String hex, int wrong) {
    assertThat(firstWrong(HexFormat.of().parseHex(hex))).isEqualTo(wrong);
  }

  @Test
  void agreesWithJava() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      if (random.nextBoolean()) {
        // near the edges of what is allowed
        byte[] near = {
          (byte) 0xE0, (byte) 0xED, (byte) 0xF0, (byte) 0xF4, (byte) 0xC2, (byte) 0xA0
        };
        for (int j = 0; j < bytes.length; j++) {
          bytes[j] =
              random.nextInt(3) == 0
                  ? near[random.nextInt(near.length)]
                  : (byte) (0x80 | bytes[j] & 0x3F);
        }
      }
      assertThat(firstWrong(bytes) < 0)
          .as(HexFormat.of().formatHex(bytes))
          .isEqualTo(isText(bytes));
    }
  }

  private static boolean isText(byte[] bytes) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text != null;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static int firstWrong(byte[] bytes) {
    return Utf8.firstWrong(bytes, 0, bytes.length);
  }
}
