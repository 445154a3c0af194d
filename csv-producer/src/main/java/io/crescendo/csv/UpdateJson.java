package io.crescendo.csv;

import io.crescendo.schemas.UpdateFields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes artists as the JSON objects of {@code artist-updates}; see {@link UpdateFields}.
 *
 * <p>Every row passes here, and the shape is always the same: one buffer, names of fields ready to
 * be copied, and text straight into UTF-8. Escapes are those of <a
 * href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259</a>, the short ones where there
 * are any.
 *
 * <p>Not thread-safe.
 */
final class UpdateJson {

  private static final byte[] ID = ascii("{\"" + UpdateFields.ID + "\":");
  private static final byte[] NAME = field(UpdateFields.NAME);
  private static final byte[] GENRES = field(UpdateFields.GENRES);
  private static final byte[] FOLLOWERS = field(UpdateFields.FOLLOWERS);
  private static final byte[] POPULARITY = field(UpdateFields.POPULARITY);
  private static final byte[] OBSERVED_AT = field(UpdateFields.OBSERVED_AT);
  private static final byte[] SOURCE = field(UpdateFields.SOURCE);
  private static final byte[] HEX = ascii("0123456789ABCDEF");

  /** Digits of the largest number. */
  private static final int MOST_DIGITS = 20;

  /** Bytes of a character at most, as an escape. */
  private static final int MOST_BYTES = 6;

  /**
   * What follows the backslash; 0 where a character stands for itself, 'u' where it has no name.
   */
  private static final byte[] ESCAPES = new byte[128];

  static {
    Arrays.fill(ESCAPES, 0, ' ', (byte) 'u');
    String named = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (int i = 0; i < named.length(); i += 2) {
      ESCAPES[named.charAt(i)] = (byte) named.charAt(i + 1);
    }
  }

  private final long observedAt;
  private final byte[] source;
  private byte[] buffer = new byte[1024];
  private int size;

  /**
   * Writes the rows of one file.
   *
   * @param observedAt when those were true that do not say otherwise; all of them state it
   * @param file what the field {@code source} calls the file
   */
  UpdateJson(Instant observedAt, String file) {
    this.observedAt = observedAt.toEpochMilli();
    bytes(SOURCE);
    text(file + ":");
    this.source = Arrays.copyOf(buffer, size - 1); // the line goes before the closing quote
  }

  /**
   * One artist as a JSON object in UTF-8.
   *
   * @param line line of the file
   */
  byte[] write(ArtistRow artist, long line) {
    size = 0;
    bytes(ID);
    text(artist.id());
    bytes(NAME);
    text(artist.name());
    bytes(GENRES);
    char before = '[';
    for (String genre : artist.genres()) {
      one(before);
      text(genre);
      before = ',';
    }
    if (before == '[') {
      one('[');
    }
    one(']');
    bytes(FOLLOWERS);
    number(artist.followers());
    if (artist.popularity() != null) {
      bytes(POPULARITY);
      number(artist.popularity());
    }
    bytes(OBSERVED_AT);
    time(artist.observedAt() == null ? observedAt : artist.observedAt().toEpochMilli());
    bytes(source);
    number(line);
    one('"');
    one('}');
    return Arrays.copyOf(buffer, size);
  }

  /** In milliseconds, unless they could be taken for seconds. */
  private void time(long millis) {
    if (millis < UpdateFields.LEAST_MILLIS) {
      text(Instant.ofEpochMilli(millis).toString());
    } else {
      number(millis);
    }
  }

  private void one(char ascii) {
    reserve(1);
    buffer[size++] = (byte) ascii;
  }

  private void bytes(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void number(long number) {
    if (number < 0) {
      bytes(ascii(Long.toString(number)));
      return;
    }
    reserve(MOST_DIGITS);
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int at = size + digits - 1; at >= size; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  private void text(String text) {
    int length = text.length();
    reserve(length * MOST_BYTES + 2);
    byte[] to = buffer;
    int at = size;
    to[at++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 128) {
        byte escape = ESCAPES[c];
        if (escape == 0) {
          to[at++] = (byte) c;
        } else {
          at = escape(to, at, c, escape);
        }
      } else if (c < 0x800) {
        to[at++] = (byte) (0xC0 | c >> 6);
        to[at++] = (byte) (0x80 | c & 0x3F);
      } else if (Character.isSurrogate(c)) {
        at = pair(to, at, text.codePointAt(i));
        i += Character.charCount(text.codePointAt(i)) - 1;
      } else {
        to[at++] = (byte) (0xE0 | c >> 12);
        to[at++] = (byte) (0x80 | c >> 6 & 0x3F);
        to[at++] = (byte) (0x80 | c & 0x3F);
      }
    }
    to[at++] = '"';
    size = at;
  }

  private static int escape(byte[] to, int from, char c, byte escape) {
    int at = from;
    to[at++] = '\\';
    to[at++] = escape;
    if (escape == 'u') {
      to[at++] = '0';
      to[at++] = '0';
      to[at++] = HEX[c >> 4];
      to[at++] = HEX[c & 0xF];
    }
    return at;
  }

  private static int pair(byte[] to, int from, int code) {
    int at = from;
    if (code < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
      to[at++] = '?'; // half a pair, which UTF-8 cannot hold
      return at;
    }
    to[at++] = (byte) (0xF0 | code >> 18);
    to[at++] = (byte) (0x80 | code >> 12 & 0x3F);
    to[at++] = (byte) (0x80 | code >> 6 & 0x3F);
    to[at++] = (byte) (0x80 | code & 0x3F);
    return at;
  }

  private void reserve(int bytes) {
    if (buffer.length - size < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + bytes));
    }
  }

  private static byte[] field(String name) {
    return ascii(",\"" + name + "\":");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
