package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
  void saysThatBytesAgreeOnlyWhereAllOfThemDo() {
    assertThat(Encoding.detect("Bj\u00f6rk".getBytes(StandardCharsets.UTF_8)).why())
        .isEqualTo("its bytes agree with it");
  }
}
