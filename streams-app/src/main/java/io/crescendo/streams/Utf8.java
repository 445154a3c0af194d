package io.crescendo.streams;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8, which neither {@code new String} nor a JSON parser checks in full. */
final class Utf8 {

  /** Answer of {@link #firstInvalid} for valid bytes. */
  static final int VALID = -1;

  private Utf8() {}

  /** Index of the first byte that does not belong to valid UTF-8, or {@link #VALID}. */
  static int firstInvalid(byte[] bytes) {
    int ascii = 0;
    while (ascii < bytes.length && bytes[ascii] >= 0) {
      ascii++;
    }
    if (ascii == bytes.length) {
      return VALID;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, ascii, bytes.length - ascii);
    CharBuffer out = CharBuffer.allocate(bytes.length - ascii);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(in, out, true);
    return result.isError() ? in.position() : VALID;
  }

  /** Whether a string has half of a surrogate pair, as the JSON escape {@code \ud800} makes. */
  static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
