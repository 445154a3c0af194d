package io.crescendo.csv;

import io.crescendo.schemas.Reason;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an artist file row by row, whatever its {@link Shape}. Each row is an artist or a
 * rejection; no row ends the reading.
 *
 * <p>Not thread-safe.
 */
final class ArtistFileReader implements Closeable {

  private static final char UNDECODABLE = '\uFFFD';

  private final String file;
  private final LiveStream live;
  private final InputStream in;
  private final CountedStream packed;
  private final Shape shape;
  private final RecordReader records;
  private final Cells cells;
  private final RowRules rules;
  private final int width;

  private ArtistRow artist;
  private Rejection rejection;

  /** As {@link #open(Source, ReadingOptions)}, with everything found out from the file. */
  static ArtistFileReader open(Source source) throws IOException {
    return open(source, ReadingOptions.AUTOMATIC);
  }

  /**
   * Opens a source, finds out its shape and reads its header.
   *
   * @throws UnusableSourceException if the source is not an artist file
   * @throws IOException if it cannot be read
   */
  static ArtistFileReader open(Source source, ReadingOptions options) throws IOException {
    LiveStream live = source.repeatable() ? null : new LiveStream(source.open());
    CountedStream packed = new CountedStream(live == null ? source.open() : live);
    try {
      return new ArtistFileReader(source, live, packed, options);
    } catch (IOException | RuntimeException e) {
      packed.close();
      throw e;
    }
  }

  private ArtistFileReader(
      Source source, LiveStream live, CountedStream packed, ReadingOptions options)
      throws IOException {
    this.file = source.name();
    this.live = live;
    this.packed = packed;
    Compression.Opened opened = Compression.open(file, packed);
    byte[] sample = Sample.read(opened.in(), !source.repeatable());
    Encoding encoding =
        options.charset() == null ? Encoding.detect(sample) : Encoding.stated(options.charset());
    byte[] utf8 = sample;
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(sample), opened.in());
    if (!encoding.isUtf8()) {
      utf8 = decode(sample, encoding);
      whole = new Utf8Stream(whole, encoding.charset());
    }
    boolean all = sample.length < Sample.BYTES && source.repeatable();
    this.in = whole;
    this.shape = Shape.of(file, utf8, all, encoding, opened.compression(), options);
    this.records = new RecordReader(whole, shape.separator());
    this.cells = new Cells(shape.separator());
    this.rules = new RowRules(shape.columns());
    this.width = shape.columns().width();
    if (records.next() && Sample.isSeparatorLine(records.bytes())) {
      records.next();
    }
  }

  /** How the file is written. */
  Shape shape() {
    return shape;
  }

  /**
   * From now on, runs a task again and again while {@link #next} waits for a source that has
   * nothing to read at the moment. Files never have.
   */
  void whileWaiting(Runnable task) {
    if (live != null) {
      live.whileWaiting(task);
    }
  }

  /** Says that its encoding was guessed, which may be wrong; empty if it was not. */
  Optional<String> guess(ReadingOptions options) {
    Encoding encoding = shape.encoding();
    return options.charset() != null || encoding.isUtf8()
        ? Optional.empty()
        : Optional.of(
            "%s: read as %s (%s); --charset says otherwise"
                .formatted(Excerpt.harmless(file), encoding.charset(), encoding.why()));
  }

  /** Goes to the next row; false at the end of the file. */
  boolean next() throws IOException {
    artist = null;
    rejection = null;
    if (!records.next()) {
      return false;
    }
    String[] row = null;
    try {
      row = row();
      artist = rules.apply(row);
    } catch (RuleBrokenException e) {
      String id = row == null ? null : rules.idIfKnown(row);
      rejection = new Rejection(where(), id, e, records.bytes());
    }
    return true;
  }

  /** The row as an artist; null if it was rejected. */
  ArtistRow artist() {
    return artist;
  }

  /** Why the row was rejected; null if it was not. */
  Rejection rejection() {
    return rejection;
  }

  /** File and line of the row, such as {@code artists.csv:118}. */
  String where() {
    return file + ":" + records.line();
  }

  /** Bytes of unpacked UTF-8 up to the end of the row: the same whenever the file is read. */
  long position() {
    return records.position();
  }

  /** Bytes of the source that have been read, of {@link Source#size()}. */
  long bytesRead() {
    boolean asStored = shape.compression() == Compression.NONE && shape.encoding().isUtf8();
    return asStored ? records.position() : packed.count();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private String[] row() throws RuleBrokenException {
    try {
      String[] row = cells.of(text(), records.ending());
      if (row.length != width) {
        throw RuleBrokenException.row(
            Reason.MALFORMED_ROW,
            "must have %d cells as the header has".formatted(width),
            Integer.toString(row.length));
      }
      return row;
    } catch (RuleBrokenException e) {
      if (records.spansLines()) {
        // A stray quote may have joined rows that were sound: give each line its own chance.
        records.keepFirstLine();
      }
      throw e;
    }
  }

  private String text() throws RuleBrokenException {
    byte[] bytes = records.bytes();
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(UNDECODABLE) >= 0) {
      requireDecoded(bytes, text);
    }
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw RuleBrokenException.row(
          Reason.MALFORMED_ROW, "must have no NUL byte", "one at character %d".formatted(nul + 1));
    }
    return text;
  }

  private void requireDecoded(byte[] bytes, String text) throws RuleBrokenException {
    if (!shape.encoding().isUtf8()) {
      throw RuleBrokenException.row(
          Reason.INVALID_UTF8,
          "must be " + shape.encoding().charset(),
          "something else at character %d".formatted(text.indexOf(UNDECODABLE) + 1));
    }
    ByteBuffer input = ByteBuffer.wrap(bytes);
    try {
      StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(input);
    } catch (CharacterCodingException e) {
      throw RuleBrokenException.row(
          Reason.INVALID_UTF8,
          "must be UTF-8",
          "byte 0x%02X at byte %d of the row"
              .formatted(bytes[input.position()], input.position() + 1));
    }
  }

  private static byte[] decode(byte[] sample, Encoding encoding) {
    try (InputStream in = new Utf8Stream(new ByteArrayInputStream(sample), encoding.charset())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e); // no I/O behind the array
    }
  }

  /** For {@code --show-mapping}: shape and the first artists as they would be published. */
  List<String> explain(int examples) throws IOException {
    List<String> lines = new ArrayList<>(shape.explain());
    for (int i = 0; i < examples && next(); i++) {
      lines.add(
          artist == null
              ? "row            " + rejection.message()
              : "row            %s, %s, genres %s, %d followers, popularity %s"
                  .formatted(
                      artist.id(),
                      Excerpt.of(artist.name()),
                      Excerpt.of(artist.genres().toString()),
                      artist.followers(),
                      artist.popularity()));
    }
    return lines;
  }
}
