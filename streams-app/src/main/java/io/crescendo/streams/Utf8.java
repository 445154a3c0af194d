package io.crescendo.streams;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Strict UTF-8, which neither {@code new String} nor a JSON parser checks in full. */
final class Utf8 {

  /** Answer of {@link #firstInvalid} for valid bytes. */
  static final int VALID = -1;

  private static final char BYTE_ORDER_MARK = '\ufeff';

  private Utf8() {}

  /**
   * Reads a file from behind the byte order mark that some editors put in front.
   *
   * @throws IOException if it cannot be opened; the reader throws one for bytes that are not UTF-8
   */
  static BufferedReader reader(Path file) throws IOException {
    BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    try {
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /**
   * Index of the first character that is not valid UTF-8, or {@link #VALID}. By the table of
   * well-formed sequences in the <a
   * href="https://www.unicode.org/versions/Unicode15.0.0/ch03.pdf">Unicode standard</a>, 3-7.
   */
  static int firstInvalid(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int length = validLength(bytes, at);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return VALID;
  }

  /** Length of the character of several bytes that begins here; 0 where it is not valid. */
  private static int validLength(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first < 0xC2 || first > 0xF4 || at + length > bytes.length) {
      return 0;
    }
    // The second byte's bounds keep out overlong forms, surrogates, and what is past U+10FFFF.
    int second = bytes[at + 1] & 0xFF;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
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
