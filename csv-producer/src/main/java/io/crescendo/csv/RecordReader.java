package io.crescendo.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into CSV records, without looking into them.
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

  private enum Place {
    CELL_START,
    PLAIN,
    QUOTED,
    AFTER_QUOTE
  }

  private static final byte QUOTE = '"';
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final byte separator;

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

  RecordReader(InputStream in, char separator) {
    this.in = in;
    this.separator = (byte) separator;
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

  /** Bytes of the file up to the end of the record. */
  long position() {
    return bytesBefore + next;
  }

  private void cut() throws IOException {
    Place place = Place.CELL_START;
    int lines = 1;
    int at = start;
    firstLineEnd = -1;
    while (at < limit || available(at)) {
      if (at - start >= MAX_BYTES || lines > MAX_LINES) {
        giveUp(at);
        return;
      }
      byte b = buffer[at];
      if (b == '\n' || b == '\r') {
        if (firstLineEnd < 0) {
          firstLineEnd = at;
        }
        if (place != Place.QUOTED) {
          finish(at, lines);
          return;
        }
        at += lineBreakFrom(at);
        lines++;
        continue;
      }
      place = after(place, b);
      at++;
    }
    if (firstLineEnd < 0) {
      firstLineEnd = at;
    }
    if (place == Place.QUOTED) {
      ending = Ending.OPEN_QUOTE;
      end = at;
      keepFirstLine();
    } else {
      finish(at, lines);
    }
  }

  private Place after(Place place, byte b) {
    return switch (place) {
      case QUOTED -> b == QUOTE ? Place.AFTER_QUOTE : Place.QUOTED;
      case CELL_START, AFTER_QUOTE ->
          b == QUOTE ? Place.QUOTED : b == separator ? Place.CELL_START : Place.PLAIN;
      case PLAIN -> b == separator ? Place.CELL_START : Place.PLAIN;
    };
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
