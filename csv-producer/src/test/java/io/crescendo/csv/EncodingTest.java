package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingTest {

  private static final String ASCII = "a1,Ada,[],1\n".repeat(500);

  @Test
  void staysWithUtf8WhereOneRowOfManyInAsciiIsDamaged() {
    byte[] sample = (ASCII + "a2,Bj\u00f6rk,[],1\na3,Caf?,[],1\n").getBytes(StandardCharsets.UTF_8);
    sample[sample.length - 7] = (byte) 0xE9;
    Encoding encoding = Encoding.detect(sample);
    assertThat(encoding.charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(encoding.why())
        .isEqualTo("at its beginning, 1 bytes are not UTF-8, 1 characters can be nothing else");
  }

  @Test
  void takesWindowsWhereNothingBeyondAsciiIsUtf8() {
    byte[] sample = (ASCII + "a3,Caf\u00e9,[],1\n").getBytes(Charset.forName("windows-1252"));
    assertThat(Encoding.detect(sample).charset()).isEqualTo(Charset.forName("windows-1252"));
  }

  @Test
  void knowsWideTextByItsMarkAndByItsZeros() {
    String text = "id,name,genres,followers\na1,Bj\u00f6rk,[],1\na2,\ud83c\udfb5 \u591c,[],2\n";
    for (String name : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      Charset charset = Charset.forName(name);
      assertThat(Encoding.detect(text.getBytes(charset)).charset()).isEqualTo(charset);
      assertThat(Encoding.detect(("\uFEFF" + text).getBytes(charset)))
          .isEqualTo(new Encoding(charset, "byte order mark"));
    }
    for (String name : List.of("UTF-32LE", "UTF-32BE")) {
      Charset charset = Charset.forName(name);
      assertThat(Encoding.detect((text + "\u591c".repeat(60)).getBytes(charset)).charset())
          .isEqualTo(charset);
    }
    assertThat(Encoding.detect(new byte[64]).charset()).isEqualTo(StandardCharsets.UTF_8);
  }

  @Test
  void knowsTextOfTwoBytesWhoseOtherLettersStandInEverySecondPlace() {
    String text = "a\u0430".repeat(30) + "a1,2".repeat(20);
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertThat(Encoding.detect(text.getBytes(charset)).charset()).isEqualTo(charset);
    }
  }

  @Test
  void saysThatBytesAgreeOnlyWhereAllOfThemDo() {
    assertThat(Encoding.detect("Bj\u00f6rk".getBytes(StandardCharsets.UTF_8)).why())
        .isEqualTo("its bytes agree with it");
  }
}
