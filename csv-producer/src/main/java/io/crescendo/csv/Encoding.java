package io.crescendo.csv;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The encoding of a file.
 *
 * @param charset encoding
 * @param why how it is known, for a person
 */
record Encoding(Charset charset, String why) {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
  private static final int SEEN = 8192;

  /**
   * Guesses from the beginning of a file: UTF-32 and UTF-16 by their byte order marks or zero
   * bytes, UTF-8 where at least as many characters above 127 agree with it as do not (those are
   * damage, and their rows are rejected), else windows-1252, which reads everything that ISO-8859-1
   * writes.
   */
  static Encoding detect(byte[] sample) {
    // before UTF-16, whose mark it begins with
    if (startsWith(sample, 0xFF, 0xFE, 0, 0)) {
      return new Encoding(UTF_32LE, "byte order mark");
    }
    if (startsWith(sample, 0, 0, 0xFE, 0xFF)) {
      return new Encoding(UTF_32BE, "byte order mark");
    }
    if (startsWith(sample, 0xFF, 0xFE)) {
      return new Encoding(StandardCharsets.UTF_16LE, "byte order mark");
    }
    if (startsWith(sample, 0xFE, 0xFF)) {
      return new Encoding(StandardCharsets.UTF_16BE, "byte order mark");
    }
    if (startsWith(sample, 0xEF, 0xBB, 0xBF)) {
      return new Encoding(StandardCharsets.UTF_8, "byte order mark");
    }
    Encoding wide = wide(sample);
    return wide != null ? wide : narrow(sample);
  }

  static Encoding stated(Charset charset) {
    return new Encoding(charset, "as told");
  }

  boolean isUtf8() {
    return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
  }

  /**
   * Text that is mostly ASCII has a zero in every other byte in UTF-16; in UTF-32, nearly all text
   * has two in every four.
   */
  private static Encoding wide(byte[] sample) {
    int seen = Math.min(sample.length, SEEN) & ~1;
    if (seen < 8) {
      return null;
    }
    int[] zeros = new int[4];
    for (int i = 0; i < seen; i++) {
      zeros[i & 3] += sample[i] == 0 ? 1 : 0;
    }
    int many = seen / 4 * 3 / 5;
    int few = seen / 4 / 20;
    if (zeros[0] <= few && zeros[2] >= many && zeros[3] >= many) {
      return new Encoding(UTF_32LE, "the last two bytes of four are zero");
    }
    if (zeros[0] >= many && zeros[1] >= many && zeros[3] <= few) {
      return new Encoding(UTF_32BE, "the first two bytes of four are zero");
    }
    // Both characters of four bytes together: one of them alone has more letters than commas.
    int even = zeros[0] + zeros[2];
    int odd = zeros[1] + zeros[3];
    if (Math.max(even, odd) < seen / 2 * 3 / 5 || Math.min(even, odd) > seen / 2 / 20) {
      return null;
    }
    return odd > even
        ? new Encoding(StandardCharsets.UTF_16LE, "every second byte is zero")
        : new Encoding(StandardCharsets.UTF_16BE, "every first byte of two is zero");
  }

  private static Encoding narrow(byte[] sample) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(sample);
    CharBuffer text = CharBuffer.allocate(sample.length + 1);
    int wrong = 0;
    while (true) {
      CoderResult result = decoder.decode(bytes, text, false);
      if (!result.isError()) {
        break; // the sample may end within a character
      }
      wrong++;
      bytes.position(bytes.position() + result.length());
    }
    long right = text.flip().chars().filter(c -> c > 127).count();
    if (wrong == 0) {
      return new Encoding(StandardCharsets.UTF_8, "its bytes agree with it");
    }
    String finding = "at its beginning, %s bytes are not UTF-8".formatted(wrong);
    if (wrong <= right || wrong <= unknownToWindows(sample)) {
      return new Encoding(
          StandardCharsets.UTF_8,
          "%s, %s characters can be nothing else".formatted(finding, right));
    }
    return new Encoding(WINDOWS_1252, finding);
  }

  /** Bytes that windows-1252 does not know either: the file is damaged, not in that encoding. */
  private static int unknownToWindows(byte[] sample) {
    int unknown = 0;
    for (byte b : sample) {
      switch (b & 0xFF) {
        case 0x81, 0x8D, 0x8F, 0x90, 0x9D -> unknown++;
        default -> {}
      }
    }
    return unknown;
  }

  private static boolean startsWith(byte[] sample, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= sample.length || (sample[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
