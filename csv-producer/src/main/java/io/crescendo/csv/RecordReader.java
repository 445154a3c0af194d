package io.crescendo.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into CSV records, and these into cells, in one pass.
 *
 * <p>Works on bytes so that a rejected row can be passed on as it stood, and so that one broken row
 * cannot harm its neighbours: a quote that opens and never closes would make any CSV parser take
 * the rest of the file for one cell. Here a record ends after {@value #MAX_LINES} lines or {@value
 * #MAX_BYTES} bytes, or where the caller calls {@link #keepFirstLine}; reading then goes on at its
 * second line. That also bounds the memory.
 *
 * <p>The rules for quotes are those of <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC
 * 4180</a>: a quote opens a cell only as its first character, and is doubled inside. Lines end in
 * LF, CR LF or CR. Empty lines and a byte order mark are passed over.
 */
final class RecordReader {

  /** Lines that one record may span. */
  static final int MAX_LINES = 50;

  /**
   * Bytes that one record may have. JSON can blow it up sixfold, and has to stay below the megabyte
   * that a broker takes.
   */
  static final int MAX_BYTES = 128 * 1024;

  /** How a record ended. */
  enum Ending {
    /** At the end of a line or of the file. */
    WHOLE,
    /** In an open quote; only its first line is given. */
    OPEN_QUOTE,
    /** A single line beyond the limit; only its beginning is given. */
    TOO_LONG
  }

  private static final byte QUOTE = '"';
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final byte separator;

  // Whether something is to be done at a byte in a cell without quotes, and in one with them.
  private final boolean[] plainStops = new boolean[256];
  private final boolean[] quotedStops = new boolean[256];

  // The record is buffer[start, end); what follows it up to limit has been read but not cut yet.
  // A record never moves while it is cut: between records the buffer is shifted so that one fits.
  private final byte[] buffer = new byte[8 * MAX_BYTES];
  private int start;
  private int end;
  private int next;
  private int limit;
  private boolean endOfFile;

  private long line;
  private long nextLine = 1;
  private int firstLineEnd;
  private long bytesBefore;
  private boolean started;
  private Ending ending = Ending.WHOLE;

  private final Cells cells = new Cells(buffer);
  private int lines;
  private int allBits;
  private boolean nul;
  private boolean doubledQuotes;
  private boolean textBehindQuote;

  RecordReader(InputStream in, char separator) {
    this.in = in;
    this.separator = (byte) separator;
    for (char c : new char[] {'\n', '\r', '\0'}) {
      plainStops[c] = true;
      quotedStops[c] = true;
    }
    plainStops[separator] = true;
    quotedStops[QUOTE] = true;
  }

  /** Goes to the next record; false at the end of the file. */
  boolean next() throws IOException {
    if (!started) {
      started = true;
      passOverByteOrderMark();
    }
    do {
      makeRoom();
      start = next;
      line = nextLine;
      if (!available(start)) {
        return false;
      }
      cut();
    } while (end == start && ending == Ending.WHOLE);
    return true;
  }

  /** Line of the file on which the record starts, from 1. */
  long line() {
    return line;
  }

  /** How the record ended. */
  Ending ending() {
    return ending;
  }

  /** Whether the record has more than one line. */
  boolean spansLines() {
    return firstLineEnd < end;
  }

  /** Reduces the record to its first line; reading goes on at its second. */
  void keepFirstLine() {
    end = firstLineEnd;
    next = firstLineEnd + lineBreakAt(firstLineEnd);
    nextLine = line + 1;
  }

  /** The record's bytes without its line break. */
  byte[] bytes() {
    return Arrays.copyOfRange(buffer, start, end);
  }

  /** The record's bytes as text; what is not UTF-8 becomes U+FFFD. */
  String text() {
    return new String(buffer, start, end - start, StandardCharsets.UTF_8);
  }

  /** The cells of a record that is {@link Ending#WHOLE}, until the next is gone to. */
  Cells cells() {
    return cells;
  }

  /** Whether the record has text between a closing quote and the next separator. */
  boolean hasTextBehindQuote() {
    return textBehindQuote;
  }

  /** Whether every byte is one of ASCII for certain. */
  boolean isAscii() {
    return allBits >= 0;
  }

  /** Whether there may be a NUL byte: if not in the record, then in lines that it was cut from. */
  boolean hasNul() {
    return nul;
  }

  /** Bytes of the file up to the end of the record. */
  long position() {
    return bytesBefore + next;
  }

  private void cut() throws IOException {
    cells.clear();
    lines = 1;
    allBits = 0;
    nul = false;
    textBehindQuote = false;
    firstLineEnd = -1;
    int at = start;
    while (true) {
      if (at < limitAt(at) && buffer[at] == QUOTE) {
        int from = at;
        at = passQuoted(at + 1);
        if (at < 0) {
          return;
        }
        cells.add(from + 1, at - 1, doubledQuotes);
        if (at < limitAt(at) && !endsCell(buffer[at])) {
          textBehindQuote = true;
          at = passPlain(at);
        }
      } else {
        at = passPlain(at);
      }
      if (at - start >= MAX_BYTES && available(at)) {
        giveUp(at);
        return;
      }
      if (at >= limit || buffer[at] != separator) {
        break;
      }
      at++;
    }
    if (firstLineEnd < 0) {
      firstLineEnd = at;
    }
    cells.setAscii(allBits >= 0);
    finish(at, lines);
  }

  private boolean endsCell(byte b) {
    return b == separator || b == '\n' || b == '\r';
  }

  /**
   * Adds plain cells up to one that begins with a quote, or may do so; to the end of the line, or
   * to where no byte may follow.
   *
   * @return what ends the last of them
   */
  private int passPlain(int from) throws IOException {
    byte[] bytes = buffer;
    boolean[] stops = plainStops;
    int bits = 0;
    int cell = from;
    int at = from;
    int stop = limitAt(at);
    while (at < stop) {
      byte b = bytes[at];
      if (!stops[b & 0xFF]) {
        bits |= b;
        at++;
      } else if (b == 0) {
        nul = true;
        at++;
      } else if (b == separator && at + 1 < stop && bytes[at + 1] != QUOTE) {
        cells.add(cell, at, false);
        at++;
        cell = at;
      } else {
        break;
      }
      if (at == stop) {
        stop = limitAt(at);
      }
    }
    cells.add(cell, at, false);
    allBits |= bits;
    return at;
  }

  /**
   * The byte behind the quote that ends a cell; negative if there is none, and the record has been
   * ended without it.
   */
  private int passQuoted(int from) throws IOException {
    byte[] bytes = buffer;
    boolean[] stops = quotedStops;
    doubledQuotes = false;
    int bits = 0;
    int at = from;
    for (int stop = limitAt(at); at < stop && lines <= MAX_LINES; stop = limitAt(at)) {
      while (at < stop && !stops[bytes[at] & 0xFF]) {
        bits |= bytes[at++];
      }
      if (at == stop) {
        continue;
      }
      byte b = bytes[at];
      if (b == QUOTE) {
        if (at + 1 >= limitAt(at + 1) || bytes[at + 1] != QUOTE) {
          allBits |= bits;
          return at + 1;
        }
        doubledQuotes = true;
        at += 2;
      } else if (b == 0) {
        nul = true;
        at++;
      } else {
        if (firstLineEnd < 0) {
          firstLineEnd = at;
        }
        at += lineBreakFrom(at);
        lines++;
      }
    }
    allBits |= bits;
    endInQuote(at);
    return -1;
  }

  private void endInQuote(int at) throws IOException {
    if (at < limit || available(at)) {
      giveUp(at);
      return;
    }
    if (firstLineEnd < 0) {
      firstLineEnd = at;
    }
    ending = Ending.OPEN_QUOTE;
    end = at;
    keepFirstLine();
  }

  /** The end of what may be looked at from a byte on: of what has been read, or of a record. */
  private int limitAt(int at) throws IOException {
    if (at >= limit) {
      available(at);
    }
    return Math.min(limit, start + MAX_BYTES);
  }

  private void finish(int at, int lines) throws IOException {
    ending = Ending.WHOLE;
    end = at;
    next = at + lineBreakFrom(at);
    nextLine = line + lines;
  }

  private void giveUp(int at) throws IOException {
    end = at;
    if (firstLineEnd >= 0) {
      ending = Ending.OPEN_QUOTE;
      keepFirstLine();
      return;
    }
    ending = Ending.TOO_LONG;
    firstLineEnd = at;
    passOverRestOfLine(at);
  }

  /** Drops bytes without keeping them, so that a file without line breaks needs no memory. */
  private void passOverRestOfLine(int from) throws IOException {
    int at = from;
    while (available(at) && buffer[at] != '\n' && buffer[at] != '\r') {
      at++;
      if (at - from > MAX_BYTES) {
        System.arraycopy(buffer, at, buffer, from, limit - at);
        limit -= at - from;
        bytesBefore += at - from;
        at = from;
      }
    }
    next = at + lineBreakFrom(at);
    nextLine = line + 1;
  }

  /** As {@link #lineBreakAt}, where the bytes that follow may still have to be read. */
  private int lineBreakFrom(int at) throws IOException {
    if (at < limit && buffer[at] == '\r') {
      available(at + 1); // only a CR needs the byte after it: a live source may not have one yet
    }
    return lineBreakAt(at);
  }

  /** Length of the line break at a place: 2, 1, or 0 at the end of the file. */
  private int lineBreakAt(int at) {
    if (at >= limit) {
      return 0;
    }
    boolean two = buffer[at] == '\r' && at + 1 < limit && buffer[at + 1] == '\n';
    return two ? 2 : 1;
  }

  private void passOverByteOrderMark() throws IOException {
    available(BOM.length - 1);
    if (limit >= BOM.length && Arrays.equals(buffer, 0, BOM.length, BOM, 0, BOM.length)) {
      next = BOM.length;
    }
  }

  private void makeRoom() {
    if (buffer.length - next < 3 * MAX_BYTES) {
      System.arraycopy(buffer, next, buffer, 0, limit - next);
      bytesBefore += next;
      limit -= next;
      next = 0;
    }
  }

  /** Makes sure that the byte at an index has been read; false if the file ends before it. */
  private boolean available(int index) throws IOException {
    while (index >= limit && !endOfFile) {
      int read = in.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        endOfFile = true;
      } else {
        limit += read;
      }
    }
    return index < limit;
  }
}
